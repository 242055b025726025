import { MultiSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useDemo } from "../state/demo.tsx";

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
  const groups = [...directory.groups.values()].map(({ id, name }) => ({ value: `group:${id}`, label: `${name} (group)` }));
  const people = [...directory.subjects.values()].map(({ id, name, disabled }) => ({
    value: `subject:${id}`,
    label: disabled ? `${name} (disabled)` : name,
  }));
  const data = [
    ...(withManager ? [{ group: "By relation", items: [{ value: "manager", label: "The requester’s manager" }] }] : []),
    { group: "Groups", items: groups },
    { group: "People", items: people },
  ];
  return (
    <MultiSelect
      label={label}
      error={error}
      description={description}
      placeholder={value.length === 0 ? "Name groups or people" : ""}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      limit={50}
      hidePickedOptions
      nothingFoundMessage="Nobody of that name"
      styles={{ inputField: { minWidth: 40 } }}
    />
  );
}
