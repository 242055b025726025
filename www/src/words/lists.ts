/** `read`, `read and write`, `read, write and delete`. */
export function inWords(items: readonly string[], last = "and"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** The names of the first of so many people, and how many more there are. */
export function namesOf(people: readonly { name: string }[], count: number): string[] {
  const more = count - people.length;
  return [...people.map(({ name }) => name), ...(more > 0 ? [`${more.toLocaleString("en")} more`] : [])];
}

/** `1 mail`, `2 mails`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The beginning of a text that is longer than so many letters. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).trimEnd()}…`;
}

/** The same with a capital letter at its beginning. */
export function capitalized(text: string): string {
  return /^[a-z]/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Makes a sentence of an engine's clause. */
export function sentence(clause: string): string {
  const start = capitalized(clause.trim());
  return /[.!?:]$/u.test(start) ? start : `${start}.`;
}
