// Which of two policies is the more specific, for the oracle and for what is made of it. The engine's own is in
// `src/policies/specificity.rs`, and is told in `docs/resources.md`.

const ranks = (path) =>
  path.split("/").slice(1).filter(Boolean).map((segment) => (segment === "**" ? 0 : segment.includes("*") ? 1 : 2));

const textOf = ({ path, environment }) => `${path} ${environment}`;

const literals = (path) => path.replaceAll(/[*/]/g, "").length;

/** Above 0 when `one` is above `other`, as to the pattern and the actions that each is about. */
export function compareSpecificity(one, other) {
  const environments = Number(one.environment !== "*") - Number(other.environment !== "*");
  if (environments !== 0) return environments;
  const [these, those] = [ranks(one.path), ranks(other.path)];
  for (let place = 0; place < Math.max(these.length, those.length); place += 1) {
    const difference = (these[place] ?? 2) - (those[place] ?? 2); // the end of a path is literal
    if (difference !== 0) return difference;
  }
  const listed = Number(one.actions !== "all") - Number(other.actions !== "all");
  if (listed !== 0) return listed;
  const spelled = literals(one.path) - literals(other.path);
  if (spelled !== 0) return spelled;
  if (textOf(one) === textOf(other)) return 0;
  return textOf(one) < textOf(other) ? 1 : -1;
}
