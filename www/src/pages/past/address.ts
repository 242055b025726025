/** The version that the address says. */
export function momentIn({ version }: Record<string, unknown>): { version?: number } {
  return typeof version === "number" ? { version } : {};
}
