import type { HistoryEntry } from "access-engine";
import { actorName } from "../../words/outcome.ts";

/** The entries as CSV (RFC 4180): time, version, who, what, about. */
export function csvOf(entries: readonly HistoryEntry[], name: (id: string) => string): string {
  const rows = entries.map(({ at, version, actor, summary, event }) => [new Date(at).toISOString(), String(version), actorName(actor, name), summary, aboutOf(event)]);
  return [["time", "version", "who", "what", "about"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** The id of what an event is about: the first that it names. */
function aboutOf(event: HistoryEntry["event"]): string {
  const parts: unknown[] = [event, ...Object.values(event)];
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    const id = Object.entries(part).find(([key, value]) => /^(?:id|[a-z]+Id)$/u.test(key) && typeof value === "string");
    if (id !== undefined) return String(id[1]);
  }
  return "";
}

/** Quoted; what a spreadsheet would take for a formula is made a text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
