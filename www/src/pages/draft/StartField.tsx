import { Radio, Select, Stack, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useDemo } from "../../state/demo.tsx";
import { dayField, dayWords, fromNow, momentOf, when } from "../../words/time.ts";
import type { DraftFields } from "./fields.ts";

/** As many days as the list offers; how far ahead is too far says the engine. */
const OFFERED = 120;
const DAY_MS = 86_400_000;

interface Props {
  fields: Pick<DraftFields, "later" | "day" | "time">;
  change: (change: Partial<DraftFields>) => void;
  error: ReactNode;
}

/** When access starts: at approval, or on a day, written as everywhere on this page. */
export function StartField({ fields: { later, day, time }, change, error }: Props) {
  const { at } = useDemo();
  const noon = new Date(at).setHours(12, 0, 0, 0);
  const days = new Map(Array.from({ length: OFFERED }, (_, index) => [dayField(noon + index * DAY_MS), dayWords(noon + index * DAY_MS)]));
  const chosen = momentOf(day, "12:00");
  if (chosen !== undefined && !days.has(day)) days.set(day, dayWords(chosen));
  const start = momentOf(day, time);
  return (
    <Radio.Group
      label="Starting"
      value={later ? "later" : "approval"}
      onChange={(value) => change(value === "later" ? { later: true, day: day || dayField(at), time } : { later: false })}
    >
      <Stack gap={6} mt={6}>
        <Radio value="approval" label="as soon as it is approved" />
        <Radio value="later" label="on a day" />
        {later && (
          <Stack gap="xs" pl={30}>
            <Select
              label="Day"
              data={[...days].map(([value, label]) => ({ value, label }))}
              value={day}
              onChange={(value) => change({ day: value ?? "" })}
              searchable
              allowDeselect={false}
            />
            <TextInput
              label="Time"
              placeholder="14:30"
              styles={{ input: { maxWidth: "7rem" } }}
              value={time}
              onChange={(event) => change({ time: event.currentTarget.value })}
              error={error}
            />
            {start !== undefined && (
              <Text size="sm" c="dimmed">
                {start > at ? `${when(start)}, ${fromNow(start, at)}, in your time zone.` : "This time is over: access starts when it is approved."}
              </Text>
            )}
          </Stack>
        )}
      </Stack>
    </Radio.Group>
  );
}
