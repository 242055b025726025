import { MultiSelect, Stack } from "@mantine/core";
import { useState } from "react";
import { Consequences } from "../../components/Consequences.tsx";
import { Form } from "../../components/Form.tsx";
import { FormButtons } from "../../components/FormButtons.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useDemo } from "../../state/demo.tsx";
import { useTrial } from "../../state/trial.ts";
import { inWords } from "../../words/lists.ts";

/** Who administers: all of them, since the command names all. */
export function AdministratorsForm({ onClose }: { onClose: () => void }) {
  const { directory } = useDemo().demo;
  const { run, busy, error, forgive } = useCommand("setAdministrators");
  const [ids, setIds] = useState([...directory.administrators]);
  const input = { administrators: ids.map((subject) => ({ subject })) };
  const trial = useTrial(true, { setAdministrators: input });
  const people = [...directory.subjects.values()].map(({ id, name }) => ({ value: id, label: name }));
  const change = (chosen: string[]) => {
    setIds(chosen);
    forgive();
  };
  const save = async () => {
    const receipt = await run(input, { done: () => `${inWords(ids.map((id) => directory.name(id)))} ${ids.length === 1 ? "administers" : "administer"} now.` });
    if (receipt) onClose();
  };
  return (
    <Form onSubmit={save}>
      <Stack gap="md">
        <MultiSelect label="Administrators" description="They make policies, keep the directory and revoke access." data={people} value={ids} onChange={change} limit={50} searchable hidePickedOptions nothingFoundMessage="Nobody of that name" />
        <Consequences trial={trial} />
        {error && !trial?.refusal && <RefusalAlert error={error} />}
        <FormButtons confirm="Save" busy={busy} onClose={onClose} />
      </Stack>
    </Form>
  );
}
