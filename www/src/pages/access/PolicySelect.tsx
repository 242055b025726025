import { Select } from "@mantine/core";
import { useState } from "react";
import { useAnswer } from "../../state/ask.ts";
import { usePolicy } from "../../state/policies.ts";
import * as words from "../../words/pages/access.tsx";

const MOST = 50;

/** One policy, or any; the engine looks for what is typed. */
export function PolicySelect({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const [text, setText] = useState("");
  const chosen = usePolicy(value);
  // The field holds the name of what is chosen, which is no search.
  const sought = text.trim() === "" || text === chosen?.name ? {} : { text: text.trim() };
  const found = useAnswer(["policies to choose", sought], (engine, actor, now) => engine.policies(actor, { ...sought, limit: MOST }, now).items).value ?? [];
  const policies = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  return (
    <Select
      label={words.givenUnder}
      placeholder={words.anyPolicy}
      data={policies.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      onSearchChange={setText}
      clearable
      searchable
      nothingFoundMessage={words.noSuchPolicy}
      flex="1 1 11rem"
    />
  );
}
