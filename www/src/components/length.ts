import type { DurationUnits } from "access-engine";
import { DAY, HOUR, MINUTE } from "../words/duration.ts";

export type Unit = "minutes" | "hours" | "days";
export const UNITS: Record<Unit, number> = { minutes: MINUTE, hours: HOUR, days: DAY };

/** A length of time as a form has it; the amount is what was typed. */
export interface Length {
  amount: number | string;
  unit: Unit;
}

/** The largest unit that says it in whole numbers. */
export function lengthOf(seconds: number): Length {
  const unit = (["days", "hours", "minutes"] as const).find((it) => seconds >= UNITS[it] && seconds % UNITS[it] === 0);
  return unit === undefined ? { amount: seconds / MINUTE, unit: "minutes" } : { amount: seconds / UNITS[unit], unit };
}

/** Whole seconds; of a field that is empty or half written 0, which the engine refuses. */
export function secondsOf({ amount, unit }: Length): number {
  return Math.round(Number(amount) * UNITS[unit]) || 0;
}

/** The same as the engine is told. */
export function durationOf(length: Length): DurationUnits {
  return { seconds: secondsOf(length) };
}
