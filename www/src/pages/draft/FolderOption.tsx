import { Text } from "@mantine/core";
import type { Preview } from "access-engine";
import { useAnswer } from "../../state/ask.ts";
import { foreseen, isAskable } from "../../state/askable.ts";
import * as words from "../../words/pages/draft.ts";
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
  if (preview === undefined) return words.chooseOneToSee;
  if (preview.policy === undefined) return words.governedByNone;
  return isAskable(preview) ? preview.policy.name : words.notOpenToYouNow(preview.policy.name);
}
