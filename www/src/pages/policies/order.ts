import { newList, type StepFields } from "./fields.ts";

/** A place of a quorum: in which list, and before how many others. */
export interface Place {
  readonly list: string;
  readonly index: number;
}

/** The steps with one of them at another place. */
export function withStepAt(steps: readonly StepFields[], key: string, to: number): StepFields[] {
  return steps.filter((it) => it.key !== key).toSpliced(to, 0, ...steps.filter((it) => it.key === key));
}

/** The steps with a quorum at another place. A list that it leaves empty goes, unless the step has no other. */
export function withQuorumAt(steps: readonly StepFields[], key: string, to: Place): StepFields[] {
  const moved = steps.flatMap(({ lists }) => lists.flatMap(({ quorums }) => quorums)).filter((it) => it.key === key);
  return steps.map((step) => {
    const lists = step.lists.map((list) => {
      const quorums = list.quorums.filter((it) => it.key !== key);
      return { ...list, quorums: list.key === to.list ? quorums.toSpliced(to.index, 0, ...moved) : quorums };
    });
    const filled = lists.filter(({ quorums }) => quorums.length > 0);
    return { ...step, lists: filled.length === 0 ? [newList()] : filled };
  });
}

/** Where a quorum comes one place up or down: in its list, or in the list next to it. */
export function placeBeside(steps: readonly StepFields[], key: string, by: -1 | 1): Place | undefined {
  const lists = steps.flatMap((step) => step.lists);
  const at = lists.findIndex(({ quorums }) => quorums.some((it) => it.key === key));
  const list = lists[at];
  if (list === undefined) return undefined;
  const index = list.quorums.findIndex((it) => it.key === key) + by;
  if (index >= 0 && index < list.quorums.length) return { list: list.key, index };
  const next = lists[at + by];
  return next && { list: next.key, index: by === 1 ? 0 : next.quorums.length };
}
