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
import * as words from "../../words/pages/people.tsx";

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
    const receipt = await run(input, { done: () => words.administerNow(inWords(ids.map((id) => directory.name(id)))) });
    if (receipt) onClose();
  };
  return (
    <Form onSubmit={save}>
      <Stack gap="md">
        <MultiSelect label={words.administrators} description={words.whatTheyDo} data={people} value={ids} onChange={change} searchable hidePickedOptions nothingFoundMessage={words.nobodyByThatName} />
        <Consequences trial={trial} />
        {error && !trial?.refusal && <RefusalAlert error={error} />}
        <FormButtons confirm={words.save} busy={busy} onClose={onClose} />
      </Stack>
    </Form>
  );
}
