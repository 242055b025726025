import { Group, NumberInput, Select } from "@mantine/core";
import type { ReactNode } from "react";
import * as words from "../words/controls.tsx";
import { type Length, type Unit, UNITS } from "./length.ts";

const NAMES = Object.keys(UNITS) as Unit[];

interface Props {
  label: string;
  value: Length;
  onChange: (value: Length) => void;
  disabled?: boolean;
  error?: ReactNode;
}

/** How long: a number and its unit. */
export function LengthField({ label, value, onChange, disabled = false, error }: Props) {
  const unit = (
    <Select
      aria-label={words.unit(label)}
      data={NAMES}
      value={value.unit}
      allowDeselect={false}
      onChange={(name) => onChange({ ...value, unit: NAMES.find((it) => it === name) ?? value.unit })}
      disabled={disabled}
      w={116}
      flex="none"
    />
  );
  return (
    <NumberInput
      label={label}
      value={value.amount}
      onChange={(amount) => onChange({ ...value, amount })}
      min={0}
      allowNegative={false}
      hideControls
      disabled={disabled}
      error={error}
      // It is called, and is no component.
      // oxlint-disable-next-line react/no-unstable-nested-components
      inputContainer={(input) => (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <div style={{ flex: "1 1 6rem", minWidth: 0 }}>{input}</div>
          {unit}
        </Group>
      )}
    />
  );
}
