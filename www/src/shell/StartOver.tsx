import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Dialog } from "../components/Dialog.tsx";
import { replaceOwn } from "../engine/open.ts";
import { emptyProject } from "../engine/project.ts";
import { useDemo } from "../state/demo.tsx";

export function StartOver() {
  const { demo } = useDemo();
  return (
    <Start label="Start over" onStart={() => demo.startOver()}>
      Everything done in this browser is thrown away: requests, policies, messages, the record, and the time that was moved
      forward. The company starts again with its first ten working days.
    </Start>
  );
}

async function startEmpty(): Promise<void> {
  location.hash = "#/policies";
  await replaceOwn(await emptyProject(), 0);
}

export function StartEmpty() {
  return (
    <Start label="Start empty" onStart={startEmpty}>
      Everything done in this browser is thrown away. You begin with one administrator and nothing else: no policies, no
      requests, no company. “Start over” brings the company back.
    </Start>
  );
}

function Start({ label, onStart, children }: { label: string; onStart: () => Promise<void>; children: string }) {
  const [asked, dialog] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    void onStart();
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={dialog.open}>
        {label}
      </Button>
      <Dialog opened={asked} onClose={dialog.close} title={`${label}?`} confirm={`Throw away and ${label.toLowerCase()}`} keep="Keep everything" busy={busy} onConfirm={start}>
        <Text>{children}</Text>
      </Dialog>
    </>
  );
}
