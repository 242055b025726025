import type { Pattern, Person } from "access-engine";
import { inWords } from "./lists.ts";
import { targetWords } from "./target.ts";

interface Asked {
  readonly requester: Person;
  readonly actions: readonly string[];
  readonly target: Pattern;
}

/** Who asks for what. */
export function requestWords({ requester, actions, target }: Asked): string {
  return `${requester.name}: ${inWords(actions)} ${targetWords(target)}`;
}
