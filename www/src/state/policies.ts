import type { AccessEngine, Actor, PolicyFilter, PolicyId, PolicyView } from "access-engine";
import { type Answer, abilityOf, useAnswer } from "./ask.ts";
import type { Ability } from "./ability.ts";
import { useOnce } from "./once.ts";
import { every } from "./pages.ts";

/** A part of the live policies. */
export function policiesOf(engine: AccessEngine, actor: Actor, filter: PolicyFilter, options: { at: number }) {
  return engine.policies(actor, filter, options);
}

/** Whether the visitor may make, change and delete policies. */
export function useManage(): Ability {
  return abilityOf(useAnswer(["manage"], (engine, actor, now) => engine.policies(actor, { limit: 1 }, now)), ({ manage }) => manage);
}

/** All live policies. */
export function useEveryPolicy(): Answer<readonly PolicyView[]> {
  return useOnce("every policy", (engine, actor, now) => every<PolicyView, PolicyId>((part) => policiesOf(engine, actor, part, now)));
}

/** The names of the live policies by id, for what refers to them; of one that is gone, that it is. */
export function usePolicyName(): (policyId: string) => string {
  const policies = useEveryPolicy().value;
  return (policyId) => policies?.find(({ id }) => id === policyId)?.name ?? "a policy that is gone";
}
