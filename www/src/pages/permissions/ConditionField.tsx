import { Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { JsonField } from "../../components/JsonField.tsx";
import { useDemo } from "../../state/demo.tsx";
import { writtenJson } from "../../words/json.ts";
import * as words from "../../words/pages/permissions.tsx";
import type { Marks } from "../policies/marks.tsx";
import { type ConditionFields, conditionOf, CONDITIONS } from "./condition.ts";

interface Props {
  fields: ConditionFields;
  marks: Marks;
  change: (fields: ConditionFields) => void;
}

/** When a permission holds: the common conditions by their fields, all others in JSON. */
export function ConditionField({ fields, marks, change }: Props) {
  const { directory } = useDemo().demo;
  const groups = [...directory.groups.values()].map(({ id, name }) => ({ value: id, label: name }));
  const { kind, group, name, value, json } = fields;
  const { error } = marks("condition");
  const choose = (chosen: string | null) => {
    const next = CONDITIONS.find((it) => it.value === chosen)?.value ?? "none";
    const written = next === "json" && kind !== "none" ? { json: writtenJson(conditionOf(fields)) } : {};
    change({ ...fields, ...written, kind: next, group: group || (groups[0]?.value ?? "") });
  };
  const named = kind === "property" || kind === "owner" || kind === "context";
  return (
    <Stack gap="md">
      <Select label={words.itApplies} data={CONDITIONS} value={kind} onChange={choose} allowDeselect={false} />
      {kind === "group" && <Select label={words.group} data={groups} value={group} onChange={(id) => change({ ...fields, group: id ?? "" })} allowDeselect={false} error={error} />}
      {named && (
        <Group gap="sm" align="flex-start">
          <TextInput
            label={kind === "context" ? words.nameInTheContext : words.property}
            placeholder={{ property: "onCall", owner: "owner", context: "mfa" }[kind]}
            value={name}
            onChange={(event) => change({ ...fields, name: event.currentTarget.value })}
            error={error}
            flex="1 1 12rem"
          />
          {kind !== "owner" && (
            <TextInput label={words.is} placeholder="true" value={value} onChange={(event) => change({ ...fields, value: event.currentTarget.value })} flex="1 1 12rem" />
          )}
        </Group>
      )}
      {kind === "json" && (
        <JsonField
          label={words.condition}
          placeholder={'{ "context.country": { "$in": ["de", "fr"] } }'}
          value={json}
          onChange={(event) => change({ ...fields, json: event.currentTarget.value })}
          description={words.jsonHint}
          error={error}
        />
      )}
      {kind !== "none" && kind !== "json" && (
        <Text size="sm" c="dimmed">
          {words.inJson(<span className="code">{JSON.stringify(conditionOf(fields))}</span>)}
        </Text>
      )}
    </Stack>
  );
}
