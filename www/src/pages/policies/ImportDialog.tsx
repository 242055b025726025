import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import type { PolicyTerms } from "access-engine";
import { useState } from "react";
import { Form } from "../../components/Form.tsx";
import { Modal } from "../../components/Modal.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { type Answer, answer } from "../../state/ask.ts";
import { useCommand } from "../../state/command.tsx";
import { useDemo } from "../../state/demo.tsx";
import { counted } from "../../words/lists.ts";
import * as words from "../../words/pages/policies.tsx";
import { ImportedPolicies } from "./ImportedPolicies.tsx";
import classes from "./ImportDialog.module.css";
import example from "./infisical.json?raw";

/** Reads policies of Infisical, says what would become of them here, and makes them. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { engine, actor, at } = useDemo();
  const [text, setText] = useState("");
  const { run, busy, error, forgive } = useCommand("createPolicies");
  const parsed = parse(text);
  const report = parsed === undefined ? undefined : answer(() => engine.importPolicies(actor, parsed, { at }));
  const policies = report?.value?.policies.flatMap(({ terms }): PolicyTerms[] => (terms === undefined ? [] : [terms])) ?? [];
  const noJson = text.trim() !== "" && parsed === undefined;
  const close = () => {
    setText("");
    forgive();
    onClose();
  };
  const make = async () => {
    if (policies.length === 0) return;
    const receipt = await run({ policies }, { done: () => words.importedInForce(counted(policies.length, words.policyIs, words.policiesAre)) });
    if (receipt) close();
  };
  return (
    <Modal opened={opened} onClose={close} title={words.policiesFromInfisical} size="xl">
      <Form onSubmit={make} onEdit={forgive}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {words.importHint}
          </Text>
          <Textarea
            label={words.json}
            autosize
            minRows={4}
            maxRows={8}
            spellCheck={false}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.8rem" } }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={noJson ? words.notJson : undefined}
            data-autofocus
          />
          {report && <Report report={report} />}
          {error && <RefusalAlert error={error} />}
          <Group justify="space-between" className={classes.foot}>
            <Button type="submit" loading={busy} disabled={policies.length === 0}>
              {policies.length === 0 ? words.makeThePolicies : words.makeCount(counted(policies.length, "policy", "policies"))}
            </Button>
            <Button variant="default" onClick={() => setText(example)}>
              {words.fillInAnExample}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}

function Report({ report: { value, error } }: { report: Answer<Parameters<typeof ImportedPolicies>[0]["report"]> }) {
  return <div aria-live="polite">{error === undefined ? <ImportedPolicies report={value} /> : <RefusalAlert error={error} />}</div>;
}

/** The object that a text is; nothing where it is none. */
function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
