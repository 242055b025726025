import type { Duration, RequestView } from "access-engine";

/** What requests carry: seconds, or for ever. */
export type AccessDuration = RequestView["durationSeconds"];

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

/** The same as a length that something lasts: `for 4 hours`, `permanently`. */
export function forDuration(duration: AccessDuration): string {
  return duration === "permanent" ? "permanently" : `for ${durationWords(duration)}`;
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

const ISO_8601 = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u;

/** The seconds of a duration that a policy states: in ISO 8601 as the engine writes it, or as a form does. */
export function inSeconds(duration: Duration | undefined): number | undefined {
  if (typeof duration === "object") return duration.seconds;
  const counts = ISO_8601.exec(String(duration))?.slice(1);
  return counts?.reduce((sum, count, index) => sum + Number(count ?? 0) * UNITS[index]![1], 0);
}
