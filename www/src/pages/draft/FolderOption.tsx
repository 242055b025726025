import { Text } from "@mantine/core";
import type { Preview } from "access-engine";
import { isAskable } from "../../state/askable.ts";

/** A folder to pick, with the policy that governs it. */
export function FolderOption({ path, governs }: { path: string; governs: ReadonlyMap<string, Preview | undefined> }) {
  return (
    <div>
      <Text size="sm">{path}</Text>
      <Text size="xs" c="dimmed">
        {wordsOf(governs.get(path))}
      </Text>
    </div>
  );
}

function wordsOf(preview: Preview | undefined): string {
  if (preview === undefined) return "choose an environment to see what governs it";
  if (preview.policy === undefined) return "no policy governs it: it cannot be asked for";
  return isAskable(preview) ? preview.policy.name : `${preview.policy.name}: not open to you now`;
}
