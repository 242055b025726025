// Patterns of the workload, for contestants: whole segments `*`, and `**` at the end only.

/** The segments of a path or a pattern. */
export const segmentsOf = (path) => path.split("/").filter(Boolean);

/** A regular expression that matches what the pattern does. */
export function regexOf(pattern) {
  const parts = segmentsOf(pattern).map((segment) => {
    if (segment === "**") return "(?:/.*)?";
    return segment === "*" ? "/[^/]+" : `/${segment}`; // names of the workload have nothing to escape
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** Whether some path is one of both patterns. */
export function overlap(one, other) {
  for (let place = 0; ; place += 1) {
    const [this_, that] = [one[place], other[place]];
    if (this_ === "**" || that === "**") return true;
    if (this_ === undefined || that === undefined) return this_ === that;
    if (this_ !== that && this_ !== "*" && that !== "*") return false;
  }
}
