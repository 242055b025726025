/** Noor, of Noor Haddad. */
export const firstName = (name: string) => name.replace(/ .*/, "");
