import { useDemo } from "../state/demo.tsx";
import { useNow } from "../state/now.ts";
import * as words from "../words/decisions.tsx";
import { timeLeft } from "../words/duration.ts";
import { exactTime, fromNow, when } from "../words/time.ts";

/** A point in time: its date, how far it is from now, or both. */
export function When({ at: time, as = "both" }: { at: number; as?: "both" | "date" | "distance" }) {
  const { at } = useDemo();
  const said = { date: when(time), distance: fromNow(time, at), both: `${when(time)} (${fromNow(time, at)})` };
  return (
    <time dateTime={new Date(time).toISOString()} title={exactTime(time)}>
      {said[as]}
    </time>
  );
}

/** From when and until when something holds, behind a sentence about it. */
export function Period({ startsAt, endsAt }: { startsAt: number | undefined; endsAt: number | undefined }) {
  return (
    <>
      {startsAt !== undefined && (
        <>
          {words.from(<When at={startsAt} as="date" />)}
        </>
      )}
      {endsAt !== undefined && (
        <>
          {words.until(<When at={endsAt} as="date" />)}
        </>
      )}
    </>
  );
}

/** What is left until a point in time; runs, and is not read aloud with every second. */
export function Countdown({ until }: { until: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(until).toISOString()} title={exactTime(until)} aria-live="off">
      {timeLeft(until - now)}
    </time>
  );
}
