import { Button, Progress, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRef, useState } from "react";
import { Dialog } from "../components/Dialog.tsx";
import { replaceOwn } from "../engine/open.ts";
import { emptyProject, largeProject } from "../engine/project.ts";
import { inSlices } from "../engine/slices.ts";
import { useDemo } from "../state/demo.tsx";

export function StartOver() {
  const { demo } = useDemo();
  return (
    <Start label="Start over" onStart={() => demo.startOver()}>
      Everything done in this browser is thrown away: requests, policies, mails, the record, and the time that was moved
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

/** Makes the large company, some seconds long; closing the dialog ends that, and nothing has happened. */
export function StartLarge() {
  const [asked, dialog] = useDisclosure();
  const [done, setDone] = useState<number>();
  const given = useRef<AbortController>(null);
  const close = () => {
    given.current?.abort();
    setDone(undefined);
    dialog.close();
  };
  const start = async () => {
    const { signal } = (given.current = new AbortController());
    const project = await largeProject(Date.now(), inSlices(signal, setDone)).catch(() => undefined);
    if (project === undefined || signal.aborted) return;
    location.hash = "#/policies";
    await replaceOwn(project, 0);
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={dialog.open}>
        Start large
      </Button>
      <Dialog opened={asked} onClose={close} title="Start large?" confirm="Throw away and start large" keep="Keep everything" busy={done !== undefined} onConfirm={start}>
        <Text>
          Everything done in this browser is thrown away. You begin with a company of 350 people, 9,900 policies and more
          than 10,000 requests: see that no page gets slower. It takes a while to make.
        </Text>
        {done !== undefined && <Progress value={100 * done} aria-label="How much is made" />}
      </Dialog>
    </>
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
