import type { Call } from "../engine/calls.ts";

/** How long a call took. */
export function callTime({ milliseconds }: Pick<Call, "milliseconds">): string {
  return milliseconds < 0.1 ? "less than 0.1 ms" : `${milliseconds.toFixed(1)} ms`;
}
