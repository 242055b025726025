import type { Approver, PolicyTerms, Quorum, Step } from "access-engine";
import { type Length, lengthOf } from "../../components/length.ts";
import { DAY, HOUR, inSeconds } from "../../words/duration.ts";
import { writtenJson } from "../../words/json.ts";
import { encodePrincipal } from "../../words/principal.ts";
import { listsOf } from "../../words/steps.ts";

/** A quorum as the form has it; approvers as `subject:id`, `group:id` or `manager`. */
export interface QuorumFields {
  key: string;
  approvers: string[];
  everybody: boolean;
  required: number | string;
}

/** Quorums that must all be met. */
export interface ListFields {
  key: string;
  quorums: QuorumFields[];
}

export interface StepFields {
  key: string;
  name: string;
  /** Of several one must be met. */
  lists: ListFields[];
  rejectionsRequired: number | string;
  reminds: boolean;
  remindLength: Length;
  escalates: boolean;
  escalateLength: Length;
  escalateTo: string[];
}

/** A name and what it is about, as the forms of policies and permissions have it. */
export interface AboutFields {
  name: string;
  environments: string[];
  /** Whether it is for what belongs to no environment: an empty list alone means nothing. */
  noEnvironment: boolean;
  paths: string[];
  allActions: boolean;
  actions: string[];
}

/** A policy as its form has it. */
export interface PolicyFields extends AboutFields {
  /** Who may ask, as JSON; empty for everybody. */
  condition: string;
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

export function newList(): ListFields {
  return { key: freshKey(), quorums: [newQuorum()] };
}

export function newStep(): StepFields {
  return { ...stepFields({}), lists: [newList()] };
}

/** A policy for everything in a folder, or for nothing yet. */
export function newPolicy({ environment, path }: { environment?: string; path?: string }): PolicyFields {
  const targets = path === undefined ? { environments: ["production"], paths: [] } : { environments: environment === undefined ? [] : [environment], paths: [path] };
  return fieldsOfTerms({ name: "", targets, actions: "all", steps: [], maxDuration: "PT8H" });
}

export function aboutFields({ name, targets: { environments = [], paths }, actions }: Pick<PolicyTerms, "name" | "targets" | "actions">): AboutFields {
  return {
    name,
    environments: [...environments],
    noEnvironment: environments.length === 0,
    paths: [...paths],
    allActions: actions === "all",
    actions: actions === "all" ? ["read"] : [...actions],
  };
}

export function fieldsOfTerms(terms: PolicyTerms): PolicyFields {
  const limit = inSeconds(terms.maxDuration);
  return {
    ...aboutFields(terms),
    condition: writtenJson(terms.condition),
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

function stepFields(step: Step): StepFields {
  const { name = "", rejectionsRequired = 1, remindEvery, escalate } = step;
  return {
    key: freshKey(),
    name,
    lists: listsOf(step).map((quorums) => ({ key: freshKey(), quorums: quorums.map(quorumFields) })),
    rejectionsRequired,
    reminds: remindEvery !== undefined,
    remindLength: lengthOf(inSeconds(remindEvery) ?? DAY),
    escalates: escalate !== undefined,
    escalateLength: lengthOf(inSeconds(escalate?.after) ?? DAY),
    escalateTo: (escalate?.approvers ?? []).map(encode),
  };
}

function quorumFields({ approvers, required }: Quorum): QuorumFields {
  const everybody = required === "all";
  return { key: freshKey(), approvers: approvers.map(encode), everybody, required: everybody ? 1 : required };
}

function encode(approver: Approver): string {
  return approver === MANAGER ? MANAGER : encodePrincipal(approver);
}
