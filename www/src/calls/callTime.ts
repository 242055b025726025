import type { Call } from "../engine/calls.ts";
import * as words from "../words/calls.ts";

/** How long a call took. */
export function callTime({ milliseconds }: Pick<Call, "milliseconds">): string {
  return milliseconds < 0.1 ? words.lessThan01Ms : words.milliseconds(milliseconds.toFixed(1));
}
