import { Select, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useDemo } from "../../state/demo.tsx";
import { dayField, dayWords, momentOf } from "../../words/time.ts";

/** As many days as the list offers; how far ahead is too far says the engine. */
const OFFERED = 120;
const DAY_MS = 86_400_000;

interface Props {
  dayLabel: string;
  timeLabel: string;
  day: string;
  time: string;
  onDay: (day: string) => void;
  onTime: (time: string) => void;
  error: ReactNode;
  disabled?: boolean;
}

/** A day and a time of day in the visitor's time zone, written as everywhere on this page. */
export function MomentFields({ dayLabel, timeLabel, day, time, onDay, onTime, error, disabled = false }: Props) {
  const { at } = useDemo();
  const noon = new Date(at).setHours(12, 0, 0, 0);
  const days = new Map(Array.from({ length: OFFERED }, (_, index) => [dayField(noon + index * DAY_MS), dayWords(noon + index * DAY_MS)]));
  const chosen = momentOf(day, "12:00");
  if (chosen !== undefined && !days.has(day)) days.set(day, dayWords(chosen));
  return (
    <Stack gap="xs">
      <Select
        label={dayLabel}
        data={[...days].map(([value, label]) => ({ value, label }))}
        value={day}
        onChange={(value) => onDay(value ?? "")}
        searchable
        selectFirstOptionOnChange
        autoSelectOnBlur
        allowDeselect={false}
        disabled={disabled}
      />
      <TextInput
        label={timeLabel}
        placeholder="14:30"
        styles={{ wrapper: { maxWidth: "7rem" } }}
        value={time}
        onChange={(event) => onTime(event.currentTarget.value)}
        error={error}
        disabled={disabled}
      />
    </Stack>
  );
}
