import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Dialog } from "../components/Dialog.tsx";
import { replaceOwn } from "../engine/open.ts";
import { emptyProject } from "../engine/project.ts";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/shell.ts";

export function StartOver() {
  const { demo } = useDemo();
  return (
    <Start label={words.startOver} onStart={() => demo.startOver()}>
      {words.whatStartOverDoes}
    </Start>
  );
}

async function startEmpty(): Promise<void> {
  location.hash = "#/policies";
  await replaceOwn(await emptyProject(), 0);
}

export function StartEmpty() {
  return (
    <Start label={words.startEmpty} onStart={startEmpty}>
      {words.whatStartEmptyDoes}
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
      <Dialog opened={asked} onClose={dialog.close} title={`${label}?`} confirm={words.throwAwayAnd(label.toLowerCase())} keep={words.keepEverything} busy={busy} onConfirm={start}>
        <Text>{children}</Text>
      </Dialog>
    </>
  );
}
