import { useAnswer } from "./ask.ts";

/** The names of the live policies by id, for what refers to them; of one that is gone, its id. */
export function usePolicyName(): (policyId: string) => string {
  const policies = useAnswer((engine, actor, now) => engine.policies(actor, { limit: 200 }, now)).value;
  return (policyId) => policies?.items.find(({ id }) => id === policyId)?.name ?? policyId;
}
