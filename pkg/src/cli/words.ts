import type { Actor, Pattern, Person } from "../types.js";

/** A point in time, in UTC. */
export function time(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** A duration, such as `1 hour 30 minutes`. */
export function duration(seconds: number | "permanent"): string {
  if (seconds === "permanent") return "for good";
  const units = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;
  let left = seconds;
  const said = units.flatMap(([unit, length]) => {
    const count = Math.floor(left / length);
    left %= length;
    return count > 0 ? [counted(count, unit)] : [];
  });
  return `for ${said.join(" ")}`;
}

/** So many of something, which is called so when it is one. */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;
}

/** Bytes, in the largest unit of which there is one. */
export function size(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${(bytes / 1000 ** power).toLocaleString("en", { maximumFractionDigits: 1 })} ${units[power]}`;
}

/** Somebody: the name that people know, and the id. */
export function person({ id, name }: Person): string {
  return name === id ? id : `${name} (${id})`;
}

/** Some of so many people. */
export function people(some: readonly Person[], count = some.length): string {
  const more = count - some.length;
  return [...some.map(person), ...(more > 0 ? [`${more.toLocaleString("en")} more`] : [])].join(", ") || "nobody";
}

/** Who sent a command. */
export function actor(by: Actor, names: Record<string, string>): string {
  if (by === "clock") return "the passing of time";
  return by === "host" ? "the host" : person({ id: by.subject, name: names[by.subject] ?? by.subject });
}

/** Which resources. */
export function place({ type = "secret", environment, path }: Pattern): string {
  return `${type === "secret" ? "" : `${type} `}${path}${environment === undefined ? "" : ` in ${environment}`}`;
}

/** What somebody wrote, as theirs: each line behind a mark. */
export function quoted(text: string): string[] {
  return text.split("\n").map((line) => `  | ${line}`);
}

/** Rows of a name and what is to be said of it, the latter in one column. */
export function table(rows: readonly (readonly [name: string, said: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, said]) => `${name.padEnd(width)}  ${said}`).join("\n");
}
