import { FOLDERS } from "../../engine/company.ts";
import { useEveryPolicy } from "../../state/policies.ts";

/** The folders that the company has, and those that policies govern by name. */
export function useFolders(): string[] {
  const governed = (useEveryPolicy().value ?? []).flatMap(({ targets }) => targets.paths.map((path) => path.replace(/\/\*\*$/u, "")));
  return [...new Set([...FOLDERS, ...governed])].filter((path) => path !== "" && !path.includes("*")).toSorted();
}
