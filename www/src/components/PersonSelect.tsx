import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/controls.tsx";

interface Props {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** What it says while nobody is chosen. */
  placeholder: string;
  /** Who cannot be chosen. */
  except?: string;
  withAsterisk?: boolean;
  error?: ReactNode;
  flex?: string;
}

/** One person of the directory, or nobody. */
export function PersonSelect({ value, onChange, except, ...props }: Props) {
  const { directory } = useDemo().demo;
  const people = [...directory.subjects.values()].filter(({ id }) => id !== except).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      {...props}
      data={people}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      clearable
      searchable
      nothingFoundMessage={words.nobodyByThatName}
    />
  );
}
