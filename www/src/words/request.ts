import type { RequestView } from "access-engine";
import { inWords } from "./lists.ts";
import { targetWords } from "./target.ts";

/** Who asks for what. */
export function requestWords({ requester, actions, target }: Pick<RequestView, "requester" | "actions" | "target">): string {
  return `${requester.name}: ${inWords(actions)} ${targetWords(target)}`;
}
