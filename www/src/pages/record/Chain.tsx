import { Button, Group, Stack, Text } from "@mantine/core";
import { type AccessError, isAccessError, type Head, type Verification } from "access-engine";
import { useState } from "react";
import { Callout } from "../../components/Callout.tsx";
import { Panel } from "../../components/Panel.tsx";
import { forge, undoForgery } from "../../engine/forgery.ts";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { keepFocus } from "../../state/focus.ts";
import { useDemo } from "../../state/demo.tsx";
import { Tampering } from "./Tampering.tsx";
import { counted, sentence } from "../../words/lists.ts";
import * as words from "../../words/pages/record.tsx";

/** The head of the chain, and whether the stored commits still fit it. */
export function Chain() {
  const { demo, engine } = useDemo();
  const { cabinet } = demo;
  const forgery = cabinet.recall("forgery");
  const head = engine.head();
  const [checked, setChecked] = useState<{ head: Head; verification: Verification }>();
  const [error, setError] = useState<AccessError>();
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setChecked({ head, verification: await engine.verify({ head }) });
    } catch (caught) {
      if (!isAccessError(caught)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const tamper = async (change: typeof forge) => {
    setBusy(true);
    setChecked(undefined);
    setError(undefined);
    const giveFocusBack = keepFocus();
    await change(cabinet);
    setBusy(false);
    demo.changed();
    giveFocusBack();
  };
  return (
    <Panel
      title={words.hashChain}
      hint={words.chainHint}
      aside={
        <Group gap="xs">
          <Button loading={busy} onClick={() => void verify()}>
            {words.verify}
          </Button>
          {cabinet.lasts && (
            <Button variant="outline" color="red" disabled={busy || forgery !== undefined} onClick={() => void tamper(forge)}>
              {words.tamperWithIt}
            </Button>
          )}
        </Group>
      }
    >
      <Stack gap="md">
        <dl className="facts">
          <dt>{words.commits}</dt>
          <dd>{head.version}</dd>
          <dt>{words.head}</dt>
          <dd className="code">{head.hash}</dd>
        </dl>
        <div aria-live="polite">{forgery && <Tampering forgery={forgery} busy={busy} onUndo={() => void tamper(undoForgery)} />}</div>
        <div aria-live="polite">
          {error && <RefusalAlert error={error} />}
          {checked && <Result {...checked} />}
        </div>
      </Stack>
    </Panel>
  );
}

function Result({ verification, head }: { verification: Verification; head: Head }) {
  const { demo } = useDemo();
  if (verification.intact) {
    return (
      <Callout tone="yes" icon="check" title={words.theRecordIsIntact}>
        <Text size="sm">{words.wereRead(counted(verification.commits, "commit"), demo.cabinet.lasts ? words.indexedDb : words.memory, head.version)}</Text>
      </Callout>
    );
  }
  return (
    <Callout tone="no" icon="cross" title={words.recordIsNot}>
      <Group gap="xs">
        {verification.firstBadVersion !== undefined && <Text size="sm">{words.firstBad(verification.firstBadVersion)}</Text>}
        {verification.problem !== undefined && <Text size="sm">{sentence(verification.problem)}</Text>}
      </Group>
    </Callout>
  );
}
