import { Button, Group } from "@mantine/core";
import { type Length, lengthOf, secondsOf } from "../../components/length.ts";
import { DAY, durationWords, HOUR } from "../../words/duration.ts";
import * as words from "../../words/pages/draft.ts";

const OFFERED = [HOUR, 4 * HOUR, 8 * HOUR, DAY, 7 * DAY];

interface Props {
  value: Length;
  onChange: (value: Length) => void;
  /** The longest that the policy gives; nothing longer is offered. */
  most: number | undefined;
  disabled: boolean;
}

/** Lengths that people often ask for. */
export function Presets({ value, onChange, most, disabled }: Props) {
  const offered = OFFERED.filter((seconds) => most === undefined || seconds <= most);
  if (offered.length === 0) return null;
  return (
    <Group component="fieldset" bd={0} p={0} m={0} mt="xs" gap={6} aria-label={words.usualLengths}>
      {offered.map((seconds) => (
        <Button
          key={seconds}
          size="compact-sm"
          variant={secondsOf(value) === seconds ? "light" : "default"}
          aria-pressed={secondsOf(value) === seconds}
          disabled={disabled}
          onClick={() => onChange(lengthOf(seconds))}
        >
          {durationWords(seconds)}
        </Button>
      ))}
    </Group>
  );
}
