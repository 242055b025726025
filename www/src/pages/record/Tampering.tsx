import { Button, Stack, Text } from "@mantine/core";
import type { Forgery } from "../../engine/forgery.ts";
import { Callout } from "../../components/Callout.tsx";
import { useDemo } from "../../state/demo.tsx";
import { sentence } from "../../words/lists.ts";
import * as words from "../../words/pages/record.tsx";

/** What was tampered with, and the way back. */
export function Tampering({ forgery, busy, onUndo }: { forgery: Forgery; busy: boolean; onUndo: () => void }) {
  return (
    <Callout tone="ember" icon="pencil" title={words.versionWasChanged(forgery.original.version)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {words.behindTheEnginesBack(<Change forgery={forgery} />)}
        </Text>
        <Button variant="default" size="xs" loading={busy} onClick={onUndo}>
          {words.undo}
        </Button>
      </Stack>
    </Callout>
  );
}

function Change({ forgery: { original, forged } }: { forgery: Forgery }) {
  const { demo } = useDemo();
  for (const [index, event] of original.events.entries()) {
    const after = forged.events[index];
    if (event.type !== "requestReviewed" || after?.type !== "requestReviewed") continue;
    const who = demo.directory.name(event.review.reviewer);
    return sentence(words.verdictChanged(who, event.review.verdict, after.review.verdict));
  }
  return words.timeChanged;
}
