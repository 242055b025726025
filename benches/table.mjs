/** A table in Markdown, for a terminal and for a page: the first column leads, all others are aligned to the right. */
export function table(head, rows) {
  const lines = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(3, ...lines.map((line) => line[column].length)));
  const padded = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
  const text = (line) => `| ${line.map(padded).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [text(lines[0]), text(rule), ...lines.slice(1).map(text)].join("\n");
}

/** A figure with three digits that count. */
export const figure = (value) =>
  value.toLocaleString("en", { maximumSignificantDigits: Math.max(3, Math.trunc(value).toString().length) });

/** A ratio, with its spread. */
export const ratio = ({ median, min, max }) => `${figure(median)} (${figure(min)}–${figure(max)})`;
