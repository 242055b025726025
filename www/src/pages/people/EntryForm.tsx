import { Stack, TextInput } from "@mantine/core";
import type { DirectoryChange } from "access-engine";
import { type ReactNode, useState } from "react";
import { Consequences } from "../../components/Consequences.tsx";
import { errorOf } from "../../components/errors.tsx";
import { Form } from "../../components/Form.tsx";
import { FormButtons } from "../../components/FormButtons.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useSettled } from "../../state/settled.ts";
import { useTrial } from "../../state/trial.ts";
import * as words from "../../words/pages/people.tsx";
import { isAtField } from "../../words/refusals.ts";

interface Entry<T> {
  fields: T;
  change: (changed: Partial<T>) => void;
  fault: (field: string) => ReactNode;
}

interface Props<T> {
  start: T;
  isNew: boolean;
  /** What has an id already: it would be replaced. */
  known: ReadonlyMap<string, unknown>;
  taken: string;
  /** Where the engine finds a fault in it. */
  place: string;
  changeOf: (fields: T) => DirectoryChange;
  onClose: () => void;
  children: (entry: Entry<T>) => ReactNode;
}

/** An entry of the directory, new or known, and what comes of the change. */
export function EntryForm<T extends { id: string; name: string }>({ start, isNew, known, taken, place, changeOf, onClose, children }: Props<T>) {
  const { run, busy, error, forgive } = useCommand("syncDirectory");
  const [fields, setFields] = useState(start);
  const [isTaken, setIsTaken] = useState(false);
  const [settled] = useSettled(fields);
  const trial = useTrial(true, { syncDirectory: { changes: [changeOf(settled)] } });
  const change = (changed: Partial<T>) => {
    setFields({ ...fields, ...changed });
    setIsTaken(false);
    forgive();
  };
  const save = async () => {
    const replaces = isNew && known.has(fields.id);
    setIsTaken(replaces);
    if (replaces) return;
    const receipt = await run({ changes: [changeOf(fields)] }, {
      done: ({ events }) => {
        if (events.length === 0) return words.isUnchanged(fields.name);
        return isNew ? words.isAdded(fields.name) : words.isChanged(fields.name);
      },
    });
    if (receipt) onClose();
  };
  const fault = (field: string) => errorOf(error, `${place}.${field}`);
  const changeText = (field: "id" | "name", text: string) => change({ [field]: text } as Partial<T>);
  return (
    <Form onSubmit={save}>
      <Stack gap="md">
        {isNew && (
          <TextInput
            label={words.id}
            description={words.idHint}
            withAsterisk
            value={fields.id}
            onChange={(event) => changeText("id", event.currentTarget.value)}
            error={isTaken ? taken : fault("id")}
          />
        )}
        <TextInput label={words.name} withAsterisk value={fields.name} onChange={(event) => changeText("name", event.currentTarget.value)} error={fault("name")} />
        {children({ fields, change, fault })}
        {!isAtField(trial?.refusal, place) && <Consequences trial={trial} />}
        {error && !isAtField(error, place) && <RefusalAlert error={error} />}
        <FormButtons confirm={isNew ? words.add : words.save} busy={busy} onClose={onClose} />
      </Stack>
    </Form>
  );
}
