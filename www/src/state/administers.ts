import type { Ability } from "./ability.ts";
import { abilityOf, useAnswer } from "./ask.ts";

/** Whether the visitor administers: whoever does may manage the policies. */
export function useAdministers(): Ability {
  return abilityOf(useAnswer(["manage"], (engine, actor, now) => engine.policies(actor, { limit: 1 }, now)), ({ manage }) => manage);
}
