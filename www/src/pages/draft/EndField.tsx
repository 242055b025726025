import { SegmentedControl, Stack, Switch } from "@mantine/core";
import { LengthField } from "../../components/LengthField.tsx";
import { lengthOf, secondsOf } from "../../components/length.ts";
import { errorAt } from "../../components/errors.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/draft.ts";
import type { Fault } from "../../words/refusals.ts";
import { clockField, dayField, momentOf } from "../../words/time.ts";
import type { DraftFields } from "./fields.ts";
import { MomentFields } from "./MomentFields.tsx";
import { Presets } from "./Presets.tsx";

const MINUTE_MS = 60_000;

interface Props {
  fields: DraftFields;
  change: (change: Partial<DraftFields>) => void;
  faults: readonly Fault[];
  /** The longest access that the policy gives. */
  most?: number | undefined;
}

/** How long access lasts: a length, an end, or for good. */
export function EndField({ fields, change, faults, most }: Props) {
  const { at } = useDemo();
  const { byEnd, endDay, endTime, length, permanent } = fields;
  // Fields know whole minutes.
  const start = (fields.later ? momentOf(fields.day, fields.time) : undefined) ?? at - (at % MINUTE_MS);
  const fault = errorAt(faults, "duration");
  const chosen = momentOf(endDay, endTime);
  const isOver = chosen !== undefined && chosen <= start;
  const toEnd = () => {
    const end = start + secondsOf(length) * 1000;
    change({ byEnd: true, endDay: dayField(end), endTime: clockField(end) });
  };
  const changeEnd = (day: string, time: string) => {
    const end = momentOf(day, time) ?? start;
    change({ endDay: day, endTime: time, ...(end > start ? { length: lengthOf((end - start) / 1000) } : {}) });
  };
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={words.lengthOrEnd}
        data={[
          { value: "length", label: words.howLong },
          { value: "end", label: words.untilWhen },
        ]}
        value={byEnd ? "end" : "length"}
        onChange={(value) => (value === "end" ? toEnd() : change({ byEnd: false }))}
        disabled={permanent}
        style={{ alignSelf: "flex-start" }}
      />
      {byEnd ? (
        <MomentFields
          dayLabel={words.untilTheDay}
          timeLabel={words.untilTheTime}
          day={endDay}
          time={endTime}
          onDay={(it) => changeEnd(it, endTime)}
          onTime={(it) => changeEnd(endDay, it)}
          disabled={permanent}
          error={permanent ? undefined : (errorAt(faults, "until") ?? (fault && isOver ? words.hasPassed : fault))}
        />
      ) : (
        <div>
          <LengthField label={words.forHowLong} value={length} onChange={(it) => change({ length: it })} disabled={permanent} error={permanent ? undefined : fault} />
          <Presets value={length} onChange={(it) => change({ length: it })} most={most} disabled={permanent} />
        </div>
      )}
      <Switch
        label={words.permanent}
        checked={permanent}
        onChange={(event) => change({ permanent: event.currentTarget.checked })}
        error={permanent ? fault : undefined}
      />
    </Stack>
  );
}
