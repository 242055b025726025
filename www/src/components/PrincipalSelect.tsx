import { MultiSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/controls.tsx";

interface Props {
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
  /** Whether the requester's manager may be named. */
  withManager?: boolean;
  description?: ReactNode;
  error?: ReactNode;
}

/** Groups, people, and where it makes sense the requester's manager. */
export function PrincipalSelect({ label, value, onChange, withManager = false, description, error }: Props) {
  const { directory } = useDemo().demo;
  const groups = [...directory.groups.values()].map(({ id, name }) => ({ value: `group:${id}`, label: words.aGroup(name) }));
  const people = [...directory.subjects.values()].map(({ id, name, disabled }) => ({
    value: `subject:${id}`,
    label: disabled ? words.disabledName(name) : name,
  }));
  const data = [
    ...(withManager ? [{ group: words.byRelation, items: [{ value: "manager", label: words.theRequestersManager }] }] : []),
    { group: words.groups, items: groups },
    { group: words.people, items: people },
  ];
  return (
    <MultiSelect
      label={label}
      error={error}
      description={description}
      placeholder={value.length === 0 ? words.nameGroupsOrPeople : ""}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      hidePickedOptions
      nothingFoundMessage={words.nobodyByThatName}
      styles={{ inputField: { minWidth: 40 } }}
    />
  );
}
