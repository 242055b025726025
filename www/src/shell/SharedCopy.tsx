import { Box, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Callout } from "../components/Callout.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { leaveCopy, replaceOwn } from "../engine/open.ts";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/shell.ts";

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
      <Callout tone="wait" icon="copy" title={words.sharedCopy}>
        <Text size="sm">{words.staysInThisTab}</Text>
        <Group gap="xs" mt="xs">
          <Button size="xs" onClick={leaveCopy}>
            {words.backToMyProject}
          </Button>
          <Button size="xs" variant="default" onClick={dialog.open}>
            {words.keepThisCopy}
          </Button>
        </Group>
      </Callout>
      <Dialog opened={asked} onClose={dialog.close} title={words.keepQuestion} confirm={words.replaceMyProject} keep={words.keepMyProject} busy={busy} onConfirm={keep}>
        <Text>{words.whatKeepingDoes}</Text>
      </Dialog>
    </Box>
  );
}
