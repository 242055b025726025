import type { Approver, Condition, PolicyTerms, Principal, Quorum, Step, UpdatePolicy } from "access-engine";
import { durationOf } from "../../components/length.ts";
import { readJson } from "../../words/json.ts";
import { decodePrincipal } from "../../words/principal.ts";
import { type AboutFields, MANAGER, type PolicyFields, type QuorumFields, type StepFields } from "./fields.ts";

/** What the engine is told. It alone judges it. */
export function termsOf(fields: PolicyFields, type: string | undefined): PolicyTerms {
  const bypassers = fields.bypassers.map(decode).filter((it): it is Principal => it !== MANAGER);
  return {
    ...aboutOf(fields, type),
    ...(fields.condition.trim() === "" ? {} : { condition: readJson(fields.condition) as Condition }),
    steps: fields.steps.map(stepOf),
    selfApproval: fields.selfApproval,
    distinctApprovers: fields.distinctApprovers,
    approverMayRevoke: fields.approverMayRevoke,
    justification: fields.justificationRequired ? "required" : "optional",
    requestTtl: durationOf(fields.requestLength),
    ...(fields.limited ? { maxDuration: durationOf(fields.maxLength) } : {}),
    ...(bypassers.length === 0 ? {} : { breakGlass: { bypassers, maxDuration: durationOf(fields.bypassLength) } }),
  };
}

export function aboutOf({ name, noEnvironment, environments, paths, allActions, actions }: AboutFields, type: string | undefined): Pick<PolicyTerms, "name" | "targets" | "actions"> {
  return {
    name,
    targets: { ...(type === undefined ? {} : { type }), environments: noEnvironment ? [] : environments, paths },
    actions: allActions ? "all" : actions,
  };
}

/** The same as a change: what the form has emptied is taken away. */
export function changesOf(terms: PolicyTerms): Omit<UpdatePolicy, "policyId" | "version"> {
  return { ...terms, condition: terms.condition ?? null, maxDuration: terms.maxDuration ?? null, breakGlass: terms.breakGlass ?? null };
}

function stepOf(step: StepFields): Step {
  const lists = step.lists.map(({ quorums }) => quorums.map(quorumOf));
  return {
    ...(step.name.trim() === "" ? {} : { name: step.name }),
    ...(lists.length === 1 ? { quorums: lists[0] } : { anyOf: lists }),
    rejectionsRequired: Number(step.rejectionsRequired),
    ...(step.reminds ? { remindEvery: durationOf(step.remindLength) } : {}),
    ...(step.escalates ? { escalate: { after: durationOf(step.escalateLength), approvers: step.escalateTo.map(decode) } } : {}),
  };
}

function quorumOf({ approvers, everybody, required }: QuorumFields): Quorum {
  return { approvers: approvers.map(decode), required: everybody ? "all" : Number(required) };
}

function decode(value: string): Approver {
  return value === MANAGER ? MANAGER : decodePrincipal(value);
}
