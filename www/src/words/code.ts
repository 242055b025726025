const WIDTH = 66;

/** A call as one would write it. */
export function callCode(name: string, args: readonly unknown[], isAwaited: boolean): string {
  const given = args.slice(0, args.findLastIndex((it) => it !== undefined) + 1);
  return `${isAwaited ? "await " : ""}engine.${name}(${given.map((it) => literal(it, "")).join(", ")})`;
}

/** A value as JavaScript writes it, on one line where it fits. */
function literal(value: unknown, indent: string): string {
  const flat = flatLiteral(value);
  if (typeof value !== "object" || value === null || indent.length + flat.length <= WIDTH) return flat;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const lines = entries(value).map(([key, it]) => `${deeper}${key}${literal(it, deeper)},\n`);
  return `${open}\n${lines.join("")}${indent}${close}`;
}

function flatLiteral(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const parts = entries(value).map(([key, it]) => key + flatLiteral(it));
  if (Array.isArray(value)) return `[${parts.join(", ")}]`;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** What is in it, each behind its key as it is written. */
function entries(value: object): [string, unknown][] {
  if (Array.isArray(value)) return value.map((it) => ["", it]);
  return Object.entries(value)
    .filter(([, it]) => it !== undefined)
    .map(([key, it]) => [`${/^[\w$]+$/u.test(key) ? key : JSON.stringify(key)}: `, it]);
}
