import type { Approver, PolicyTerms, Principal, Quorum, Step, UpdatePolicy } from "access-engine";
import { durationOf, type Length, lengthOf } from "../../components/length.ts";
import { DAY, HOUR, inSeconds } from "../../words/duration.ts";

/** A quorum as the form has it; approvers as `subject:id`, `group:id` or `manager`. */
export interface QuorumFields {
  key: string;
  approvers: string[];
  everybody: boolean;
  required: number | string;
}

export interface StepFields {
  key: string;
  quorums: QuorumFields[];
  rejectionsRequired: number | string;
  /** What the form does not show and keeps: its name, lists of which one must be met, reminders and escalation. */
  kept: Omit<Step, "quorums" | "rejectionsRequired">;
}

/** A policy as its form has it. */
export interface PolicyFields {
  name: string;
  environments: string[];
  /** Whether it is for what belongs to no environment: an empty list alone means nothing. */
  noEnvironment: boolean;
  paths: string[];
  allActions: boolean;
  actions: string[];
  steps: StepFields[];
  selfApproval: boolean;
  distinctApprovers: boolean;
  approverMayRevoke: boolean;
  justificationRequired: boolean;
  limited: boolean;
  maxLength: Length;
  requestLength: Length;
  bypassers: string[];
  bypassLength: Length;
}

export const MANAGER = "manager";
// Fields that were kept over a reload have keys already.
let keys = Date.now();
const freshKey = (): string => `k${(keys += 1)}`;

export function newQuorum(): QuorumFields {
  return { key: freshKey(), approvers: [], everybody: false, required: 1 };
}

export function newStep(): StepFields {
  return { key: freshKey(), quorums: [newQuorum()], rejectionsRequired: 1, kept: {} };
}

export function newPolicy(): PolicyFields {
  return fieldsOfTerms({ name: "", targets: { environments: ["production"], paths: [] }, actions: "all", steps: [], maxDuration: "PT8H" });
}

export function fieldsOfTerms(terms: PolicyTerms): PolicyFields {
  const limit = inSeconds(terms.maxDuration);
  const environments = terms.targets.environments ?? [];
  return {
    name: terms.name,
    environments: [...environments],
    noEnvironment: environments.length === 0,
    paths: [...terms.targets.paths],
    allActions: terms.actions === "all",
    actions: terms.actions === "all" ? ["read"] : [...terms.actions],
    steps: terms.steps.length === 0 ? [newStep()] : terms.steps.map(stepFields),
    selfApproval: terms.selfApproval ?? false,
    distinctApprovers: terms.distinctApprovers ?? true,
    approverMayRevoke: terms.approverMayRevoke ?? true,
    justificationRequired: terms.justification === "required",
    limited: limit !== undefined,
    maxLength: lengthOf(limit ?? 8 * HOUR),
    requestLength: lengthOf(inSeconds(terms.requestTtl) ?? 7 * DAY),
    bypassers: (terms.breakGlass?.bypassers ?? []).map(encode),
    bypassLength: lengthOf(inSeconds(terms.breakGlass?.maxDuration) ?? HOUR),
  };
}

function stepFields({ quorums = [], rejectionsRequired = 1, ...kept }: Step): StepFields {
  const fields = quorums.map(({ approvers, required }) => ({
    key: freshKey(),
    approvers: approvers.map(encode),
    everybody: required === "all",
    required: required === "all" ? 1 : required,
  }));
  return { key: freshKey(), quorums: fields, rejectionsRequired, kept };
}

/** What the engine is told. It alone judges it. */
export function termsOf(fields: PolicyFields, type: string | undefined): PolicyTerms {
  const bypassers = fields.bypassers.map(decode).filter((it): it is Principal => it !== MANAGER);
  return {
    name: fields.name,
    targets: { ...(type === undefined ? {} : { type }), environments: fields.noEnvironment ? [] : fields.environments, paths: fields.paths },
    actions: fields.allActions ? "all" : fields.actions,
    steps: fields.steps.map(({ quorums, rejectionsRequired, kept }) => ({
      ...kept,
      ...(kept.anyOf === undefined ? { quorums: quorums.map(quorumOf) } : {}),
      rejectionsRequired: Number(rejectionsRequired),
    })),
    selfApproval: fields.selfApproval,
    distinctApprovers: fields.distinctApprovers,
    approverMayRevoke: fields.approverMayRevoke,
    justification: fields.justificationRequired ? "required" : "optional",
    requestTtl: durationOf(fields.requestLength),
    ...(fields.limited ? { maxDuration: durationOf(fields.maxLength) } : {}),
    ...(bypassers.length === 0 ? {} : { breakGlass: { bypassers, maxDuration: durationOf(fields.bypassLength) } }),
  };
}

/** The same as a change: what the form has emptied is taken away. */
export function changesOf(terms: PolicyTerms): Omit<UpdatePolicy, "policyId" | "version"> {
  return { ...terms, maxDuration: terms.maxDuration ?? null, breakGlass: terms.breakGlass ?? null };
}

function quorumOf({ approvers, everybody, required }: QuorumFields): Quorum {
  return { approvers: approvers.map(decode), required: everybody ? "all" : Number(required) };
}

function encode(approver: Approver): string {
  if (approver === MANAGER) return MANAGER;
  return "subject" in approver ? `subject:${approver.subject}` : `group:${approver.group}`;
}

function decode(value: string): Approver {
  if (value === MANAGER) return MANAGER;
  const [kind, ...parts] = value.split(":");
  const id = parts.join(":");
  return kind === "group" ? { group: id } : { subject: id };
}
