import type { Exclusion, Pattern, PolicyTargets } from "access-engine";

/** The path of all that there is. */
export const EVERYTHING = "/**";

/** A target as a sentence has it: `everything under /payments in production`. */
export function targetWords(target: Pattern): string {
  const where = placeWords(target.environment);
  if (target.path === EVERYTHING) {
    return target.environment === "*" ? "the whole project" : `everything ${where}`;
  }
  return `${pathWords(target.path)} ${where}`;
}

/** A path as people say it. */
export function pathWords(path: string): string {
  if (path === EVERYTHING) return "everything";
  const folder = path.endsWith("/**") ? path.slice(0, -3) : undefined;
  return folder && !folder.includes("*") ? `everything under ${folder}` : path;
}

/** An environment as a sentence has it. */
export function placeWords(environment: string | undefined): string {
  if (environment === undefined) return "outside every environment";
  return environment === "*" ? "in every environment" : `in ${environment}`;
}

/** What a policy is about. */
export function targetsWords(targets: PolicyTargets): string {
  const paths = targets.paths.map(pathWords).join(", ");
  const environments = targets.environments ?? [];
  const places = environments.length === 0 ? [undefined] : environments;
  return `${paths} ${places.map(placeWords).join(", ")}`;
}

/** What a request leaves out. */
export function exclusionWords(exclusion: Exclusion): string {
  return `${pathWords(exclusion.path)} ${placeWords(exclusion.environment)} (${exclusion.actions.join(", ")})`;
}
