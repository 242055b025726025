import type { Command, PolicyTerms, Step } from "access-engine";
import { collectFaults } from "../../state/faults.ts";
import * as words from "../../words/pages/policies.tsx";
import type { Fault, Refusal } from "../../words/refusals.ts";
import type { AboutFields, PolicyFields } from "./fields.ts";

const SOMEBODY: Step["quorums"] = [{ approvers: ["manager"], required: 1 }];

const FIELD = /^(?:name|actions|condition|targets\.(?:environments|paths)|maxDuration|requestTtl|breakGlass\.(?:bypassers|maxDuration))(?:\[\d+\])?$/u;
const FIELD_OF_STEP = /^steps\[\d+\]\.(?:name|approvers|rejectionsRequired|remindEvery|escalate\.(?:after|approvers(?:\[\d+\])?)|(?:quorums|anyOf\[\d+\])(?:\[\d+\])\.(?:required|approvers(?:\[\d+\])?))$/u;

interface Questions {
  /** What is sent of the terms. */
  command: (terms: PolicyTerms) => Command;
  /** What the engine would say against a command. */
  refusalOf: (command: Command) => Refusal | undefined;
}

/** Says all that is wrong with the fields of a policy. */
export function judge(fields: PolicyFields, terms: PolicyTerms, { command, refusalOf }: Questions): readonly Fault[] {
  const { faults } = collectFaults(terms, {
    isField: (place) => FIELD.test(place) || FIELD_OF_STEP.test(place),
    ask: (tried, found) => {
      const refusal = refusalOf(command(tried));
      // Whether another policy governs the same is asked of the targets that were meant.
      const made = found.some(({ place }) => place.startsWith("targets"));
      return made && refusal?.details.code === "policy_conflict" ? undefined : refusal;
    },
    mend,
  });
  return [...environmentFaults(fields), ...faults];
}

/** The engine reads an empty list as "no environment": a field that was emptied does not say so. */
export function environmentFaults({ noEnvironment, environments }: AboutFields): readonly Fault[] {
  if (noEnvironment || environments.length > 0) return [];
  return [{ place: "targets.environments", words: words.nameAnEnvironment }];
}

/** The same terms, whatever is at this place being something that the engine accepts. */
function mend(terms: PolicyTerms, place: string): PolicyTerms {
  const { targets } = terms;
  const [, index] = /\[(\d+)\]/u.exec(place) ?? [];
  const mended = (list: readonly string[] = [], entry: string) => list.map((it, at) => (at === Number(index) ? `${entry}${at}` : it));
  switch (place.split("[")[0]) {
    case "name":
      return { ...terms, name: words.aPolicy };
    case "targets.environments":
      return { ...terms, targets: { ...targets, environments: mended(targets.environments, "x") } };
    case "targets.paths":
      return { ...terms, targets: { ...targets, paths: index === undefined ? ["/x"] : mended(targets.paths, "/x") } };
    case "actions":
      return { ...terms, actions: "all" };
    case "condition":
      return { ...terms, condition: undefined };
    case "maxDuration":
      return { ...terms, maxDuration: "P1D" };
    case "requestTtl":
      return { ...terms, requestTtl: "P1D" };
    case "breakGlass":
    case "breakGlass.maxDuration":
    case "breakGlass.bypassers":
      return { ...terms, breakGlass: undefined };
    case "steps":
      return { ...terms, steps: terms.steps.map((step, at) => (at === Number(index) ? mendedStep(step, place) : step)) };
    default:
      return terms;
  }
}

function mendedStep(step: Step, place: string): Step {
  const [, field = ""] = place.split(".");
  if (field === "rejectionsRequired") return { ...step, rejectionsRequired: 1 };
  if (field === "name" || field === "remindEvery" || field === "escalate") return { ...step, [field]: undefined };
  return { ...step, anyOf: undefined, quorums: SOMEBODY, escalate: undefined };
}

/** Whether the field of a place, which is part of one, was written in. */
export function isTouched(place: string, fields: PolicyFields, start: PolicyFields): boolean {
  const parts = FIELDS_OF[place.split("[")[0] ?? ""] ?? [];
  return parts.some((it) => JSON.stringify(fields[it]) !== JSON.stringify(start[it]));
}

const FIELDS_OF: Readonly<Record<string, readonly (keyof PolicyFields)[]>> = {
  name: ["name"],
  "targets.environments": ["environments", "noEnvironment"],
  "targets.paths": ["paths"],
  actions: ["actions"],
  condition: ["condition"],
  steps: ["steps"],
  maxDuration: ["maxLength"],
  requestTtl: ["requestLength"],
  "breakGlass.bypassers": ["bypassers"],
  "breakGlass.maxDuration": ["bypassers", "bypassLength"],
};
