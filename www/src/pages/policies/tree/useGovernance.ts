import type { Preview } from "access-engine";
import { useOnce } from "../../../state/once.ts";
import { counted } from "../../../words/lists.ts";
import * as words from "../../../words/pages/policies.tsx";
import { type Folder, patternOf } from "./folders.ts";

/** Which policy governs all of a folder for an action, and which others have to do with it: what a requester is told. */
export function useGovernance(folder: Folder, action: string): Preview | undefined {
  const draft = { target: patternOf(folder), actions: [action], duration: { hours: 1 }, justification: "…" };
  return useOnce(`governs ${JSON.stringify(draft)}`, (engine, actor, now) => engine.preview(actor, draft, now)).value;
}

/** How many other policies govern a part of the folder, in words; nothing where none does. */
export function splitWords({ policy, exclusions, rivals }: Preview): string | undefined {
  const others = policy === undefined ? rivals.map((it) => it.policy.id) : exclusions.map(({ policyId }) => policyId);
  const { size } = new Set(others);
  return size === 0 ? undefined : words.countInside(counted(size, words.otherPolicy, words.otherPolicies));
}
