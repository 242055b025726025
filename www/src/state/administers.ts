import type { Ability } from "./ability.ts";
import { abilityOf, useAnswer } from "./ask.ts";

/** Whether the visitor administers: to try nothing on a copy is for those who do. */
export function useAdministers(): Ability {
  return abilityOf(useAnswer(["administers"], (engine, actor, now) => engine.simulate(actor, [], now)), () => ({ allowed: true }));
}
