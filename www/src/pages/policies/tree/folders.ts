import type { Pattern, PolicyTargets } from "access-engine";
import * as words from "../../../words/pages/policies.tsx";

/** A folder of the tree, or an environment, which is the folder `/`. */
export interface Folder {
  readonly key: string;
  /** Absent for what belongs to no environment. */
  readonly environment?: string;
  readonly path: string;
  readonly name: string;
  readonly below: readonly Folder[];
}

const ANY = "*";

/** The environments and folders that these are about. What is about every environment is so in each of them. */
export function foldersOf(targets: readonly Pattern[]): Folder[] {
  const environments = [...new Set(targets.map(({ environment }) => environment))].toSorted(byName);
  return environments.map((environment) => {
    const isHere = (it: Pattern) => it.environment === environment || (it.environment === ANY && environment !== undefined);
    const paths = new Set(targets.filter(isHere).flatMap(({ path }) => ancestors(path)));
    return folder(environment, "/", byParent([...paths].toSorted()));
  });
}

/** What is asked about a folder: all that is in it. */
export function patternOf({ environment, path }: Pick<Folder, "environment" | "path">): Pattern {
  const below = path.endsWith("/**") ? path : `${path === "/" ? "" : path}/**`;
  return { ...(environment === undefined ? {} : { environment }), path: below };
}

/** Where the tree shows what a policy is about: its first path in its first environment. */
export function folderSearch({ environments: [environment = ""] = [], paths: [path = ""] }: PolicyTargets): { folder: string } {
  return { folder: `${environment}${ancestors(path).at(-1) ?? "/"}` };
}

function folder(environment: string | undefined, path: string, paths: ReadonlyMap<string, readonly string[]>): Folder {
  const below = (paths.get(path) ?? []).map((it) => folder(environment, it, paths));
  const name = path === "/" ? environmentName(environment) : path.slice(path.lastIndexOf("/"));
  return { key: `${environment ?? ""}${path}`, ...(environment === undefined ? {} : { environment }), path, name, below };
}

function environmentName(environment: string | undefined): string {
  if (environment === undefined) return words.noEnvironment;
  return environment === ANY ? words.everyEnvironment : environment;
}

/** The folders on the way to a path, and itself: `/a` and `/a/b` of `/a/b/**`. */
function ancestors(path: string): string[] {
  const names = path.replace(/\/(?:\*\*)?$/u, "").split("/").slice(1);
  return names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
}

function byParent(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const below = new Map<string, string[]>();
  for (const path of paths) {
    const parent = parentOf(path);
    const others = below.get(parent);
    if (others === undefined) below.set(parent, [path]);
    else others.push(path);
  }
  return below;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** Those with a name first, then every environment, then none. */
function byName(one: string | undefined, other: string | undefined): number {
  return rank(one) - rank(other) || (one ?? "").localeCompare(other ?? "");
}

function rank(environment: string | undefined): number {
  return environment === undefined ? 2 : Number(environment === ANY);
}
