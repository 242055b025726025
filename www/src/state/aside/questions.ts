import type { AccessEngine, Actor, Finding } from "access-engine";
import { type Foreseen, type Foresight, foresee } from "../../pages/policies/foresee.ts";
import { answer } from "../ask.ts";

/** What takes an engine so long in a large project that no page should wait for it. */
export type Question =
  | { readonly analyze: { readonly actor: Actor; readonly at: number } }
  | { readonly foresee: Foreseen };

export interface Answers {
  readonly findings?: readonly Finding[] | undefined;
  readonly foresight?: Foresight | undefined;
}

/** An engine, and how to have another one to try things on. */
export interface Asked {
  readonly engine: AccessEngine;
  readonly copy: () => Promise<AccessEngine>;
}

export async function answered(asked: Asked, question: Question): Promise<Answers> {
  if ("foresee" in question) return { foresight: await foresee(asked, question.foresee) };
  const { actor, at } = question.analyze;
  return { findings: answer(() => asked.engine.analyze(actor, { at })).value };
}
