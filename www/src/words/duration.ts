import type { RequestView } from "access-engine";

/** What requests carry: seconds, or for ever. */
export type AccessDuration = RequestView["duration"];

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", 1],
] as const;

/** The largest units that say it exactly: `1 day 2 hours`. */
export function durationWords(duration: AccessDuration): string {
  if (duration === "permanent") return "permanent";
  return unitWords(duration, UNITS.length) || "0 seconds";
}

/** The same as a length that something lasts: `for 4 hours`, `for good`. */
export function forDuration(duration: AccessDuration): string {
  return duration === "permanent" ? "for good" : `for ${durationWords(duration)}`;
}

/** What is left of a time, in its two largest units; seconds only in the last minutes. */
export function timeLeft(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds === 0) return "no time";
  return unitWords(seconds >= 10 * MINUTE ? Math.ceil(seconds / MINUTE) * MINUTE : seconds, 2);
}

function unitWords(seconds: number, most: number): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return parts.slice(0, most).join(" ");
}

/** What a wire duration says in seconds; policies may carry ISO 8601 only on the way in. */
export function inSeconds(duration: number | string | undefined): number | undefined {
  return typeof duration === "number" ? duration : undefined;
}
