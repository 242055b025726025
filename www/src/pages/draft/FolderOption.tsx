import { Text } from "@mantine/core";
import type { Preview } from "access-engine";
import { useAnswer } from "../../state/ask.ts";
import { foreseen, isAskable } from "../../state/askable.ts";
import { type DraftFields, draftOf } from "./fields.ts";

/** A folder to pick for a draft, with the policy that would govern it. */
export function FolderOption({ fields, path }: { fields: DraftFields; path: string }) {
  const { target } = draftOf({ ...fields, scope: "folder", path });
  const actions = fields.actions.length === 0 ? ["read"] : fields.actions;
  const { value } = useAnswer(["governs", target, actions], (engine, actor, now) => foreseen(engine, actor, target, actions, now));
  return (
    <div>
      <Text size="sm">{path}</Text>
      <Text size="xs" c="dimmed">
        {wordsOf(value)}
      </Text>
    </div>
  );
}

function wordsOf(preview: Preview | undefined): string {
  if (preview === undefined) return "choose an environment to see what governs it";
  if (preview.policy === undefined) return "no policy governs it: it cannot be asked for";
  return isAskable(preview) ? preview.policy.name : `${preview.policy.name}: not open to you now`;
}
