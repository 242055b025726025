import { Box, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Callout } from "../components/Callout.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { leaveCopy, replaceOwn } from "../engine/open.ts";
import { useDemo } from "../state/demo.tsx";

/** Says that the project came by a link, and how to leave or to keep it. */
export function SharedCopy() {
  const { demo } = useDemo();
  const [asked, dialog] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    await replaceOwn({ commits: await demo.commits(), mails: demo.mailbox.mails }, demo.clock.ahead);
  };
  return (
    <Box mb="lg">
      <Callout tone="wait" icon="copy" title="This is a copy that was shared with you">
        <Text size="sm">What you do here stays in this tab. Your own project is untouched.</Text>
        <Group gap="xs" mt="xs">
          <Button size="xs" onClick={leaveCopy}>
            Back to my project
          </Button>
          <Button size="xs" variant="default" onClick={dialog.open}>
            Keep this copy
          </Button>
        </Group>
      </Callout>
      <Dialog opened={asked} onClose={dialog.close} title="Keep this copy?" confirm="Replace my project" keep="Keep my project" busy={busy} onConfirm={keep}>
        <Text>The copy becomes the project of this browser, as it is now. Your own project is thrown away.</Text>
      </Dialog>
    </Box>
  );
}
