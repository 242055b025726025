import { Stack, TextInput } from "@mantine/core";
import type { Group } from "access-engine";
import { useState } from "react";
import { Consequences } from "../../components/Consequences.tsx";
import { errorOf } from "../../components/errors.tsx";
import { Form } from "../../components/Form.tsx";
import { FormButtons } from "../../components/FormButtons.tsx";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useDemo } from "../../state/demo.tsx";
import { useSettled } from "../../state/settled.ts";
import { useTrial } from "../../state/trial.ts";
import { decodePrincipal, encodePrincipal } from "../../words/principal.ts";
import { isAtField } from "../../words/refusals.ts";

const PLACE = "changes[0].upsertGroup";

/** A group, new or known: its name and who belongs to it, directly. */
export function GroupForm({ group, onClose }: { group: Group | undefined; onClose: () => void }) {
  const { directory } = useDemo().demo;
  const { run, busy, error, forgive } = useCommand("syncDirectory");
  const [fields, setFields] = useState({ id: group?.id ?? "", name: group?.name ?? "", members: (group?.members ?? []).map(encodePrincipal) });
  const [isTaken, setIsTaken] = useState(false);
  const [settled] = useSettled(fields);
  const changesOf = (it: typeof fields) => [{ upsertGroup: { ...it, members: it.members.map(decodePrincipal) } }];
  const trial = useTrial(true, { syncDirectory: { changes: changesOf(settled) } });
  const change = (changed: Partial<typeof fields>) => {
    setFields({ ...fields, ...changed });
    setIsTaken(false);
    forgive();
  };
  const save = async () => {
    // The group that has the id would be replaced.
    const taken = group === undefined && directory.groups.has(fields.id);
    setIsTaken(taken);
    if (taken) return;
    const receipt = await run({ changes: changesOf(fields) }, {
      done: ({ events }) => (events.length === 0 ? `${fields.name} is as before.` : `${fields.name} is ${group === undefined ? "added" : "changed"}.`),
    });
    if (receipt) onClose();
  };
  const fault = (field: string) => errorOf(error, `${PLACE}.${field}`);
  return (
    <Form onSubmit={save}>
      <Stack gap="md">
        {group === undefined && (
          <TextInput
            label="Id"
            description="As your directory has it. It never changes."
            withAsterisk
            value={fields.id}
            onChange={(event) => change({ id: event.currentTarget.value })}
            error={isTaken ? "A group has this id: choose another." : fault("id")}
          />
        )}
        <TextInput label="Name" withAsterisk value={fields.name} onChange={(event) => change({ name: event.currentTarget.value })} error={fault("name")} />
        <PrincipalSelect label="Members" value={fields.members} onChange={(members) => change({ members })} error={fault("members")} />
        {!isAtField(trial?.refusal, PLACE) && <Consequences trial={trial} />}
        {error && !isAtField(error, PLACE) && <RefusalAlert error={error} />}
        <FormButtons confirm={group === undefined ? "Add" : "Save"} busy={busy} onClose={onClose} />
      </Stack>
    </Form>
  );
}
