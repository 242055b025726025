import { Autocomplete, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useRef } from "react";
import { Icon } from "../../components/icons.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { useEnvironments, useFolders } from "../../state/folders.ts";
import * as words from "../../words/pages/draft.ts";
import { refusalWords, type Refusal } from "../../words/refusals.ts";
import { type DraftFields, NOWHERE, type Place } from "./fields.ts";
import { FolderOption } from "./FolderOption.tsx";

interface Props {
  fields: DraftFields;
  onChange: (also: Place[]) => void;
  /** What the engine says against each of them. */
  refusals: readonly (Refusal | undefined)[];
}

/** Further targets of the same actions, asked for together; each is decided on its own. */
export function MoreTargets({ fields, onChange, refusals }: Props) {
  const { also } = fields;
  const add = useRef<HTMLButtonElement>(null);
  const remove = (index: number) => {
    onChange(also.toSpliced(index, 1));
    add.current?.focus();
  };
  return (
    <Stack gap="sm" align="stretch">
      {also.map((place, index) => (
        // Targets are told apart by their place alone.
        // oxlint-disable-next-line react/no-array-index-key
        <TargetRow key={index} number={index + 2} fields={fields} place={place} refusal={refusals[index]} onChange={(it) => onChange(also.with(index, it))} onRemove={() => remove(index)} />
      ))}
      <Button
        ref={add}
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon name="add" size={14} />}
        style={{ alignSelf: "flex-start" }}
        onClick={() => onChange([...also, { ...NOWHERE, environment: fields.environment }])}
      >
        {words.addATarget}
      </Button>
    </Stack>
  );
}

interface RowProps {
  number: number;
  fields: DraftFields;
  place: Place;
  refusal: Refusal | undefined;
  onChange: (place: Place) => void;
  onRemove: () => void;
}

function TargetRow({ number, fields, place, refusal, onChange, onRemove }: RowProps) {
  const folders = useFolders();
  const environments = useEnvironments();
  return (
    <Stack gap={6} component="fieldset" p={0} m={0} bd={0} aria-label={words.target(number)}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>{words.target(number)}</Text>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onRemove}>{words.removeTarget(number)}</Button>
      </Group>
      <Group gap="sm" align="flex-start">
        <Autocomplete label={words.environmentOf(number)} data={[...environments]} value={place.environment} onChange={(environment) => onChange({ ...place, environment })} flex="1 1 9rem" />
        <Autocomplete
          label={words.pathOf(number)}
          placeholder={words.chooseAFolder}
          data={folders}
          renderOption={({ option }) => <FolderOption fields={{ ...fields, ...place }} path={option.value} />}
          value={place.path}
          onChange={(path) => onChange({ ...place, path })}
          error={refusal && <Sentence clause={refusalWords(refusal)} />}
          flex="2 1 12rem"
        />
      </Group>
      <Checkbox label={words.andEverythingBelowPath(number)} checked={place.below} onChange={(event) => onChange({ ...place, below: event.currentTarget.checked })} />
    </Stack>
  );
}
