import type { Preview } from "access-engine";
import { useAnswer } from "../../state/ask.ts";
import { foreseen } from "../../state/askable.ts";
import { useFolders } from "../../state/folders.ts";
import { type DraftFields, draftOf } from "./fields.ts";

/** What would become of the draft in each folder that is known. */
export function useGoverns(fields: DraftFields): ReadonlyMap<string, Preview | undefined> {
  const folders = useFolders();
  const { environment, noEnvironment, below, kept } = fields;
  const actions = fields.actions.length === 0 ? ["read"] : fields.actions;
  const { value } = useAnswer(["governs", folders, environment, noEnvironment, below, kept.type, actions], (engine, actor, now) => {
    const targetIn = (path: string) => draftOf({ ...fields, scope: "folder", path }).target;
    return new Map(folders.map((path) => [path, foreseen(engine, actor, targetIn(path), actions, now)]));
  });
  return value ?? new Map();
}
