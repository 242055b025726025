import { Select, Stack, TextInput } from "@mantine/core";
import { JsonField } from "../../components/JsonField.tsx";
import type { Subject, SubjectType } from "access-engine";
import { useState } from "react";
import { Consequences } from "../../components/Consequences.tsx";
import { errorOf } from "../../components/errors.tsx";
import { Form } from "../../components/Form.tsx";
import { FormButtons } from "../../components/FormButtons.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useDemo } from "../../state/demo.tsx";
import { useSettled } from "../../state/settled.ts";
import { useTrial } from "../../state/trial.ts";
import { readJson, writtenJson } from "../../words/json.ts";
import { isAtField } from "../../words/refusals.ts";

const TYPES: { value: SubjectType; label: string }[] = [
  { value: "user", label: "A person" },
  { value: "service", label: "A program" },
];
const PLACE = "changes[0].upsertSubject";

/** Somebody of the directory, new or known, and what comes of the change. */
export function PersonForm({ subject, onClose }: { subject: Subject | undefined; onClose: () => void }) {
  const { directory } = useDemo().demo;
  const { run, busy, error, forgive } = useCommand("syncDirectory");
  const [fields, setFields] = useState(() => fieldsOf(subject));
  const [isTaken, setIsTaken] = useState(false);
  const [settled] = useSettled(fields);
  const trial = useTrial(true, { syncDirectory: { changes: [{ upsertSubject: subjectOf(settled, subject) }] } });
  const change = (changed: Partial<typeof fields>) => {
    setFields({ ...fields, ...changed });
    setIsTaken(false);
    forgive();
  };
  const save = async () => {
    // Whoever has the id would be replaced.
    const taken = subject === undefined && directory.subjects.has(fields.id);
    setIsTaken(taken);
    if (taken) return;
    const receipt = await run({ changes: [{ upsertSubject: subjectOf(fields, subject) }] }, {
      done: ({ events }) => (events.length === 0 ? `${fields.name} is as before.` : `${fields.name} is ${subject === undefined ? "added" : "changed"}.`),
    });
    if (receipt) onClose();
  };
  const fault = (field: string) => errorOf(error, `${PLACE}.${field}`);
  return (
    <Form onSubmit={save}>
      <Stack gap="md">
        {subject === undefined && (
          <>
            <TextInput
              label="Id"
              description="As your directory has it. It never changes."
              withAsterisk
              value={fields.id}
              onChange={(event) => change({ id: event.currentTarget.value })}
              error={isTaken ? "Somebody has this id: choose another." : fault("id")}
            />
            <Select label="What it is" data={TYPES} value={fields.type} onChange={(type) => type && change({ type })} allowDeselect={false} />
          </>
        )}
        <TextInput label="Name" withAsterisk value={fields.name} onChange={(event) => change({ name: event.currentTarget.value })} error={fault("name")} />
        <TextInput label="E-mail" description="Without one, no mail is sent." value={fields.email} onChange={(event) => change({ email: event.currentTarget.value })} error={fault("email")} />
        <PersonSelect label="Manager" placeholder="Nobody" value={fields.manager} onChange={(manager) => change({ manager })} error={fault("manager")} />
        <JsonField
          label="Properties"
          description="In JSON; conditions read them."
          placeholder={'{ "team": "payments", "onCall": true }'}
          value={fields.properties}
          onChange={(event) => change({ properties: event.currentTarget.value })}
          error={fault("properties")}
        />
        {!isAtField(trial?.refusal, PLACE) && <Consequences trial={trial} />}
        {error && !isAtField(error, PLACE) && <RefusalAlert error={error} />}
        <FormButtons confirm={subject === undefined ? "Add" : "Save"} busy={busy} onClose={onClose} />
      </Stack>
    </Form>
  );
}

function fieldsOf(subject: Subject | undefined) {
  const { id = "", type = "user", name = "", email = "", manager, properties } = subject ?? {};
  return { id, type, name, email, manager, properties: writtenJson(properties) };
}

/** What the engine is told; what the form does not show stays. */
function subjectOf({ email, manager, properties, ...fields }: ReturnType<typeof fieldsOf>, before: Subject | undefined): Subject {
  const { person, disabled } = before ?? {};
  return {
    ...fields,
    ...(person === undefined ? {} : { person }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(email.trim() === "" ? {} : { email: email.trim() }),
    ...(manager === undefined ? {} : { manager }),
    ...(properties.trim() === "" ? {} : { properties: readJson(properties) as NonNullable<Subject["properties"]> }),
  };
}
