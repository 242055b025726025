import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Dialog } from "../components/Dialog.tsx";
import { Icon } from "../components/icons.tsx";
import { useDemo } from "../state/demo.tsx";

export function StartOver() {
  const { demo } = useDemo();
  const [asked, dialog] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    void demo.startOver();
  };
  return (
    <>
      <Button variant="default" fullWidth size="sm" leftSection={<Icon name="again" size={16} />} onClick={dialog.open}>
        Start over
      </Button>
      <Dialog opened={asked} onClose={dialog.close} title="Start over?" confirm="Throw away and start over" keep="Keep everything" busy={busy} onConfirm={start}>
        <Text>
          Everything done in this browser is thrown away: requests, policies, mails, the record, and the time that was
          moved forward. The company begins anew with its first three days.
        </Text>
      </Dialog>
    </>
  );
}
