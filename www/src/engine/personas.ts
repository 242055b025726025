import { inWords } from "../words/lists.ts";
import { ADMINISTERS, ADMINISTRATOR, DIRECTORY, type Persona, PERSONAS } from "./company.ts";
import type { Demo } from "./demo.ts";

const MOST = 30;
const COMPANY_IDS = new Set([ADMINISTRATOR.id, ...DIRECTORY.flatMap((change) => ("upsertSubject" in change ? [change.upsertSubject.id] : []))]);

/** Whom the visitor can be: the cast of the sample, and whoever does not belong to it. */
export function personasOf({ isSample, directory }: Demo): readonly Persona[] {
  const others = [...directory.subjects.keys()].filter((id) => !isSample || !COMPANY_IDS.has(id));
  const cast = isSample ? PERSONAS.map((it) => (isAdministrator(it) === directory.administrators.includes(it.id) ? it : personaOf(it.id, directory))) : [];
  return [...cast, ...others.slice(0, MOST).map((id) => personaOf(id, directory))];
}

const isAdministrator = ({ role }: Persona): boolean => role === ADMINISTERS.role;

function personaOf(id: string, directory: Demo["directory"]): Persona {
  if (directory.administrators.includes(id)) return { id, ...ADMINISTERS };
  const groups = directory.groupsOf(id).map(({ name }) => name);
  return { id, role: groups[0] ?? "requester", part: groups.length === 0 ? "In no group" : `In ${inWords(groups)}` };
}
