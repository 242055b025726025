import type { Preview, RequestDraft } from "access-engine";
import type { Answer } from "../../state/ask.ts";
import { collectFaults, type Faults } from "../../state/faults.ts";
import type { Refusal } from "../../words/refusals.ts";

const FIELD = /^(?:target(?:\.path|\.environment)?|actions(?:\[\d+\])?|duration|until|startsAt|justification|ticketUrl)$/u;

/** Says all that is wrong with a draft. */
export function judge(draft: RequestDraft, preview: (draft: RequestDraft) => Answer<Preview>): Faults {
  return collectFaults(draft, {
    isField: (place) => FIELD.test(place),
    ask: (tried, faults) => {
      const { value, error } = preview(tried);
      const refusal: Refusal | undefined = error ?? value?.request.refusal;
      if (refusal === undefined) return undefined;
      // What a policy says is about the target that was meant, and not about one that was put in its place.
      const made = faults.some(({ place }) => /^(?:target|actions)/u.test(place));
      return made && refusal.fault !== "input" ? undefined : refusal;
    },
    mend,
  });
}

/** The same draft, its target, duration or whatever else is at this place being one that the engine reads. */
function mend(draft: RequestDraft, place: string): RequestDraft {
  switch (place.split("[")[0]) {
    case "target.environment":
      return { ...draft, target: { ...draft.target, environment: undefined } };
    case "target":
    case "target.path":
      return { ...draft, target: { ...draft.target, path: "/x" } };
    case "actions":
      return { ...draft, actions: ["read"] };
    case "duration":
      return { ...draft, duration: { minutes: 1 }, until: undefined, permanent: undefined };
    case "until":
      return { ...draft, until: undefined, duration: { minutes: 1 } };
    case "startsAt":
      return { ...draft, startsAt: undefined };
    case "ticketUrl":
      return { ...draft, ticketUrl: undefined };
    default:
      return { ...draft, justification: "a reason" };
  }
}
