import { type AccessEngine, type AccessError, type Actor, isAccessError } from "access-engine";
import { useQuestion } from "access-engine/react";
import type { Ability } from "./ability.ts";

/** The answer to a question, or why there is none. */
export type Answer<T> = { readonly value: T; readonly error?: never } | { readonly value?: never; readonly error: AccessError };

/** Asks the engine a question; its own errors are answers, all others are thrown. */
export function answer<T>(question: () => T): Answer<T> {
  try {
    return { value: question() };
  } catch (error) {
    if (isAccessError(error)) return { error };
    throw error;
  }
}

/** The same of what takes time. */
export async function answering<T>(question: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await question };
  } catch (error) {
    if (isAccessError(error)) return { error };
    throw error;
  }
}

/** A question of the visitor, about the time that the page shows. */
export type Question<T> = (engine: AccessEngine, actor: Actor, options: { at: number }) => T;

/** Asks as the visitor; the key names the question. What the engine refuses is an answer, too. */
export function useAnswer<T>(key: readonly unknown[], question: Question<T>): Answer<T> {
  return useQuestion<Answer<T>>(key, (...asked) => answer(() => question(...asked)));
}

/** An ability out of an answer; a question that the engine would not answer allows nothing, for its reason. */
export function abilityOf<T>({ value, error }: Answer<T>, pick: (value: T) => Ability): Ability {
  if (error === undefined) return pick(value);
  return { allowed: false, refusal: error };
}
