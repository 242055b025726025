import { Button, Stack, Text } from "@mantine/core";
import type { Forgery } from "../../engine/forgery.ts";
import { Callout } from "../../components/Callout.tsx";
import { useDemo } from "../../state/demo.tsx";
import { sentence } from "../../words/lists.ts";

/** What was tampered with, and the way back. */
export function Tampering({ forgery, busy, onUndo }: { forgery: Forgery; busy: boolean; onUndo: () => void }) {
  return (
    <Callout tone="ember" icon="pencil" title={`Version ${forgery.original.version} was changed in the stored record`}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          <Change forgery={forgery} /> It was done behind the engine’s back, in the database of this browser. Press Verify.
        </Text>
        <Button variant="default" size="xs" loading={busy} onClick={onUndo}>
          Undo
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
    return sentence(`where ${who} said “${event.review.verdict}”, the record now says “${after.review.verdict}”`);
  }
  return "Its time was changed.";
}
