import { type AccessEngine, type AccessError, type Actor, isAccessError } from "access-engine";
import type { Ability } from "./ability.ts";
import { useDemo } from "./demo.tsx";

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

/** Asks as the visitor, for the time that the page shows; again after every change. */
export function useAnswer<T>(question: (engine: AccessEngine, actor: Actor, options: { at: number }) => T): Answer<T> {
  const { engine, actor, at } = useDemo();
  return answer(() => question(engine, actor, { at }));
}

/** An ability out of an answer; a question that the engine would not answer allows nothing, for its reason. */
export function abilityOf<T>({ value, error }: Answer<T>, pick: (value: T) => Ability): Ability {
  if (error === undefined) return pick(value);
  return { allowed: false, refusal: error };
}
