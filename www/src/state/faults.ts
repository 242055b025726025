import { type Fault, faultOf, type Refusal } from "../words/refusals.ts";

export interface Faults {
  readonly faults: readonly Fault[];
  /** What is said against the whole, and against no field. */
  readonly rest?: Refusal;
}

interface Questions<T> {
  /** Whether a place has a field to say it; what is wrong elsewhere is said against the whole. */
  isField: (place: string) => boolean;
  /** What the engine says against it; the faults so far are put right on it. */
  ask: (input: T, faults: readonly Fault[]) => Refusal | undefined;
  /** Puts one place right with anything that is accepted there. */
  mend: (input: T, place: string) => T;
}

const MOST = 30;

/**
 * Everything that the engine says against the fields of a form. It names one thing at a time, so that is put right on a
 * copy and the engine is asked again.
 */
export function collectFaults<T>(input: T, { isField, ask, mend }: Questions<T>): Faults {
  const faults: Fault[] = [];
  let tried = input;
  while (faults.length < MOST) {
    const refusal = ask(tried, faults);
    if (refusal === undefined) break;
    const fault = faultOf(refusal);
    if (fault === undefined || !isField(fault.place) || faults.some(({ place }) => place === fault.place)) {
      return faults.length === 0 ? { faults, rest: refusal } : { faults };
    }
    faults.push(fault);
    tried = mend(tried, fault.place);
  }
  return { faults };
}
