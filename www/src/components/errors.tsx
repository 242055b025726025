import type { ReactNode } from "react";
import { type Fault, faultOf, type Refusal } from "../words/refusals.ts";
import { Sentence } from "./Sentence.tsx";

/** What stands at a field: all that is wrong there, or in one of its entries. */
export function errorAt(faults: readonly Fault[], place: string): ReactNode {
  const here = faults.filter((it) => it.place === place || it.place.startsWith(`${place}[`));
  if (here.length === 0) return undefined;
  return here.map(({ words }, index) => (
    // Faults of one field are told apart by their place alone.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={index}>
      <Sentence clause={words} />{" "}
    </span>
  ));
}

/** The same of a form with a field or two, which the engine has refused. */
export function errorOf(refusal: Refusal | undefined, place: string): ReactNode {
  const fault = refusal && faultOf(refusal);
  return fault === undefined ? undefined : errorAt([fault], place);
}
