import { Button, Group, Stack, TextInput } from "@mantine/core";
import type { CreateDelegation } from "access-engine";
import { useState } from "react";
import { errorOf } from "../../components/errors.tsx";
import { Form } from "../../components/Form.tsx";
import { durationOf, type Length } from "../../components/length.ts";
import { LengthField } from "../../components/LengthField.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/delegations.tsx";
import { momentOf } from "../../words/time.ts";

interface Fields {
  delegate: string | undefined;
  /** Day and time as a browser writes them, `2025-11-03T14:05`; empty for at once. */
  from: string;
  length: Length;
}

const EMPTY: Fields = { delegate: undefined, from: "", length: { amount: 7, unit: "days" } };

/** Lets somebody review in the visitor's place. */
export function DelegationForm() {
  const { demo, me } = useDemo();
  const { run, busy, error, forgive } = useCommand("createDelegation");
  const [fields, setFields] = useState(EMPTY);
  const change = (changed: Partial<Fields>) => {
    setFields({ ...fields, ...changed });
    forgive();
  };
  const create = async () => {
    const receipt = await run(delegationOf(fields), {
      done: () => words.mayReviewInYourPlace(demo.directory.name(fields.delegate ?? "")),
    });
    if (receipt) setFields(EMPTY);
  };
  const faults = {
    delegate: errorOf(error, "delegate") ?? errorOf(error, "delegate.subject"),
    from: errorOf(error, "startsAt"),
    length: errorOf(error, "duration"),
  };
  return (
    <Panel title={words.onBehalfOf(demo.directory.name(me.id))} hint={words.onlyForYourself}>
      <Form onSubmit={create}>
        <Stack gap="md">
          <Group gap="sm" align="flex-start">
            <PersonSelect label={words.delegate} placeholder={words.nameSomebody} except={me.id} withAsterisk value={fields.delegate} onChange={(delegate) => change({ delegate })} error={faults.delegate} flex="1 1 14rem" />
            <TextInput
              type="datetime-local"
              label={words.from}
              value={fields.from}
              onChange={(event) => change({ from: event.currentTarget.value })}
              inputWrapperOrder={["label", "input", "description", "error"]}
              description={words.leaveEmptyToStart}
              error={faults.from}
              flex="1 1 12rem"
            />
            <div style={{ flex: "1 1 14rem" }}>
              <LengthField label={words.forIt} value={fields.length} onChange={(length) => change({ length })} error={faults.length} />
            </div>
          </Group>
          {error && !(faults.delegate ?? faults.from ?? faults.length) && <RefusalAlert error={error} />}
          <Button type="submit" loading={busy} style={{ alignSelf: "flex-start" }}>
            {words.delegate}
          </Button>
        </Stack>
      </Form>
    </Panel>
  );
}

function delegationOf({ delegate = "", from, length }: Fields): CreateDelegation {
  const startsAt = momentOf(from.slice(0, 10), from.slice(11, 16));
  return { delegate: { subject: delegate }, duration: durationOf(length), ...(startsAt === undefined ? {} : { startsAt }) };
}
