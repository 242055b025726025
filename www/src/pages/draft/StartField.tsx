import { Radio, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/draft.ts";
import { dayField, fromNow, momentOf, when } from "../../words/time.ts";
import type { DraftFields } from "./fields.ts";
import { MomentFields } from "./MomentFields.tsx";

interface Props {
  fields: Pick<DraftFields, "later" | "day" | "time">;
  change: (change: Partial<DraftFields>) => void;
  error: ReactNode;
  /** Whether it goes on from access that is live. */
  renews: boolean;
}

/** When access starts: at approval, or on a day. */
export function StartField({ fields: { later, day, time }, change, error, renews }: Props) {
  const { at } = useDemo();
  const start = momentOf(day, time);
  return (
    <Radio.Group
      label={words.starting}
      value={later ? "later" : "approval"}
      onChange={(value) => change(value === "later" ? { later: true, day: day || dayField(at), time } : { later: false })}
    >
      <Stack gap={6} mt={6}>
        <Radio value="approval" label={renews ? words.whenTheOldEnds : words.onceApproved} />
        <Radio value="later" label={words.onADay} />
        {later && (
          <Stack gap="xs" pl={30}>
            <MomentFields dayLabel={words.day} timeLabel={words.time} day={day} time={time} onDay={(it) => change({ day: it })} onTime={(it) => change({ time: it })} error={error} />
            {start !== undefined && (
              <Text size="sm" c="dimmed">
                {start > at ? words.inYourTimeZone(when(start), fromNow(start, at)) : words.startHasPassed}
              </Text>
            )}
          </Stack>
        )}
      </Stack>
    </Radio.Group>
  );
}
