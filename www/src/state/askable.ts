import type { AccessEngine, Actor, Pattern, Preview } from "access-engine";
import { faultOf } from "../words/refusals.ts";
import { answer } from "./ask.ts";

/** What would become of the shortest request for this. */
export function foreseen(engine: AccessEngine, actor: Actor, target: Pattern, actions: string[], options: { at: number }): Preview | undefined {
  return answer(() => engine.preview(actor, { target, actions, duration: { minutes: 1 } }, options)).value;
}

/** Whether nothing but a reason is missing. */
export function isAskable({ request: { allowed, refusal } }: Preview): boolean {
  return allowed || (refusal !== undefined && faultOf(refusal)?.place === "justification");
}
