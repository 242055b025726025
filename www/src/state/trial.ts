import type { AccessEngine, Actor, Command, Simulation } from "access-engine";
import { useMemo } from "react";
import type { Refusal } from "../words/refusals.ts";
import { answer } from "./ask.ts";
import { useDemo } from "./demo.tsx";

/** What a command would do, tried on a copy; or why it would be refused. */
export interface Trial {
  readonly simulation?: Simulation;
  readonly refusal?: Refusal;
}

export function tried(engine: AccessEngine, actor: Actor, at: number, command: Command): Trial {
  const { value: simulation, error } = answer(() => engine.simulate(actor, [{ actor, command }], { at }));
  const refusal = error ?? simulation?.outcomes[0]?.refusal;
  return refusal === undefined ? { ...(simulation && { simulation }) } : { refusal };
}

/** Tries a command as the visitor, while somebody wants to know; again when it is another one, or the project is. */
export function useTrial(wanted: boolean, command: Command): Trial | undefined {
  const { engine, actor, at, revision } = useDemo();
  // oxlint-disable-next-line react/exhaustive-deps -- what is asked depends on nothing else
  return useMemo(() => (wanted ? tried(engine, actor, at, command) : undefined), [engine, actor, revision, wanted, JSON.stringify(command)]);
}
