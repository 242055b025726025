import { inWords } from "../words/lists.ts";
import { ADMINISTRATOR, DIRECTORY, type Persona, PERSONAS } from "./company.ts";
import type { Demo } from "./demo.ts";

const MOST = 30;
const COMPANY_IDS = new Set([ADMINISTRATOR.id, ...DIRECTORY.flatMap((change) => ("upsertSubject" in change ? [change.upsertSubject.id] : []))]);

/** Whom the visitor can be: the cast of the sample, and whoever does not belong to it. */
export function personasOf({ isSample, directory }: Demo): readonly Persona[] {
  const others = [...directory.subjects.keys()].filter((id) => !isSample || !COMPANY_IDS.has(id));
  return [...(isSample ? PERSONAS : []), ...others.slice(0, MOST).map((id) => personaOf(id, directory))];
}

function personaOf(id: string, directory: Demo["directory"]): Persona {
  if (directory.administrators.includes(id)) return { id, role: "administrator", part: "Makes policies and keeps the directory" };
  const groups = directory.groupsOf(id).map(({ name }) => name);
  return { id, role: groups[0] ?? "requester", part: groups.length === 0 ? "In no group" : `In ${inWords(groups)}` };
}
