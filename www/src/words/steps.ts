/** A step as the engine has it: one list of quorums, all of which must be met, or several, of which one must be. */
interface Step<Q> {
  quorums?: readonly Q[];
  anyOf?: readonly (readonly Q[])[];
}

/** The lists of quorums of which one must be met. */
export function listsOf<Q>({ quorums = [], anyOf }: Step<Q>): readonly (readonly Q[])[] {
  return anyOf ?? [quorums];
}

/** Who must agree in a step, in words: `2 of Mira, Sam or Inês, and Theo; or Ada`. */
export function stepWords<Q>(step: Step<Q>, words: (quorum: Q) => string): string {
  return listsOf(step)
    .map((list) => list.map(words).join(", and "))
    .join("; or ");
}

/** What a step is called: its number, and its name where it has one. */
export function stepName(number: number, name: string | undefined): string {
  return name === undefined ? `Step ${number}` : `Step ${number}: ${name}`;
}

/** A quorum of a step, in the list that it stands in where there are several; both counted from 1. */
export function quorumPlace(list: number | undefined, quorum: number): string {
  return list === undefined ? `quorums[${quorum - 1}]` : `anyOf[${list - 1}][${quorum - 1}]`;
}
