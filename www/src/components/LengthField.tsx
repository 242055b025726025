import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useId } from "react";
import { type Length, type Unit, UNITS } from "./length.ts";

const NAMES = Object.keys(UNITS) as Unit[];

interface Props {
  label: string;
  value: Length;
  onChange: (value: Length) => void;
  disabled?: boolean;
}

/** How long: a number and its unit. */
export function LengthField({ label, value, onChange, disabled = false }: Props) {
  const id = useId();
  return (
    <Input.Wrapper label={label} id={id} labelProps={{ htmlFor: id }}>
      <Group gap="xs" wrap="nowrap">
        <NumberInput
          id={id}
          value={value.amount}
          onChange={(amount) => onChange({ ...value, amount })}
          min={0}
          allowNegative={false}
          hideControls
          disabled={disabled}
          flex="1 1 6rem"
          miw={0}
        />
        <Select
          aria-label={`${label}: unit`}
          data={NAMES}
          value={value.unit}
          allowDeselect={false}
          onChange={(name) => onChange({ ...value, unit: NAMES.find((it) => it === name) ?? value.unit })}
          disabled={disabled}
          w={116}
          flex="none"
        />
      </Group>
    </Input.Wrapper>
  );
}
