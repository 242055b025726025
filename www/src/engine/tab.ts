const PREFIX = "access-engine-demo:";

/** Where the browser keeps nothing for a tab, its page does, until it is reloaded. */
const unkept = new Map<string, string>();

/** What belongs to this tab alone: who one is, what is half written. It survives a reload. */
export function recallInTab(name: string): string | undefined {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return unkept.get(name);
  }
}

export function rememberInTab(name: string, value: string | undefined): void {
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, value);
  } catch {
    if (value === undefined) unkept.delete(name);
    else unkept.set(name, value);
  }
}

export function forgetTab(): void {
  unkept.clear();
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  } catch {}
}
