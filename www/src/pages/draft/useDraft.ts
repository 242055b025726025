import type { Preview, RequestDraft, RequestId } from "access-engine";
import { useState } from "react";
import type { Ability } from "../../state/ability.ts";
import { answer, type Answer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { useKept } from "../../state/kept.ts";
import type { Fault, Refusal } from "../../words/refusals.ts";
import { type DraftFields, draftOf } from "./fields.ts";
import { judge } from "./judge.ts";

/** A further target: what would become of it. */
export interface Other {
  readonly draft: RequestDraft;
  readonly preview: Preview | undefined;
  readonly refusal: Refusal | undefined;
}

interface DraftState {
  fields: DraftFields;
  change: (change: Partial<DraftFields>) => void;
  draft: RequestDraft;
  preview: Answer<Preview>;
  /** The same for each further target. */
  others: readonly Other[];
  /** What the fields say is wrong; nothing before the first attempt to send. */
  faults: readonly Fault[];
  attempted: boolean;
  /** Whether it can be sent once its fields are right. */
  ability: Ability;
  /** Sends the draft, or shows what is wrong with it. */
  attempt: (send: () => unknown) => unknown;
  written: boolean;
  forget: () => void;
}

/** A request while it is being written, or what takes the place of one, judged by the engine with every key. */
export function useDraft(form: string, start: () => DraftFields, amends?: RequestId): DraftState {
  const { engine, actor, at } = useDemo();
  const { value: fields, written, change, forget } = useKept(form, start);
  const [attempted, setAttempted] = useState(false);
  const draft = draftOf(fields);
  const ask = (it: RequestDraft) =>
    answer(() => (amends === undefined ? engine.preview(actor, it, { at }) : engine.previewAmendment(actor, { requestId: amends, draft: it }, { at })));
  const { faults, rest } = judge(draft, ask);
  const preview = ask(draft);
  const others = fields.also.map((place) => {
    const other = draftOf({ ...fields, ...place });
    const { value, error } = ask(other);
    return { draft: other, preview: value, refusal: error ?? value.request.refusal };
  });
  const attempt = (send: () => unknown) => {
    setAttempted(true);
    return faults.length === 0 && others.every(({ refusal }) => refusal === undefined) ? send() : undefined;
  };
  return {
    fields,
    change,
    draft,
    preview,
    others,
    attempted,
    faults: attempted ? faults : [],
    ability: rest === undefined ? { allowed: true, warning: preview.value?.request.warning } : { allowed: false, refusal: rest },
    attempt,
    written,
    forget,
  };
}
