import type { Explanation, InboxItem } from "access-engine";
import { useAnswer } from "../../state/ask.ts";

/** Those that can be approved unread: the engine allows it without a word, and nobody has changed or left out anything. */
export function useQuick(items: readonly InboxItem[]): ReadonlySet<string> {
  const ids = items.map(({ request }) => request.id);
  const { value } = useAnswer(["quick", ids], (engine, actor, now) => ids.map((id) => engine.explain(actor, id, now)).filter(isQuick).map(({ request }) => request.id));
  return new Set(value);
}

function isQuick({ request, you }: Explanation): boolean {
  return you?.approve.allowed === true && you.approve.warning === undefined && request.exclusions.length === 0 && request.edits.length === 0;
}
