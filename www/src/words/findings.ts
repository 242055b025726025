import type { Finding, Person, ReferencePart } from "access-engine";
import { inWords, namesOf } from "./lists.ts";
import { quorumPlace } from "./steps.ts";

const NAMED = 3;
const PART: Record<ReferencePart, string> = {
  approvers: "among its approvers",
  escalation: "among those it escalates to",
  bypassers: "among those who may break the glass",
  condition: "in its condition",
};

/** What a finding says; which policy it is about stands beside it. */
export function findingWords(finding: Finding, groupName: (id: string) => string): string {
  const { step, part, groupId = "", requesters = [], accounts = [], subject, policies = [], message } = finding;
  const theirs = requesters.length === 0 ? "" : ` of requests by ${people(requesters)}`;
  switch (finding.code) {
    case "quorum_unmeetable":
      return `too few people can approve step ${step}${theirs}`;
    case "nobody_distinct_left":
      return `too few people are left for step ${step}${theirs}: each person counts in one step only`;
    case "requesters_not_tried":
      return "there are too many people to check this for every requester";
    case "empty_group":
      return `${groupName(groupId)} has no active members`;
    case "bypassers_nobody":
      return "nobody is left who may break the glass";
    case "never_governs":
      return "it never governs: more specific policies cover everything it targets";
    case "approver_without_email":
      return `${subject?.name} may be asked to approve but has no email address`;
    case "stale_reference":
      return `somebody who is gone is still named ${part === undefined ? "" : PART[part]}: choose somebody else`;
    case "permission_opens_governed":
      return `a standing permission allows what people would have to ask for under ${inWords(policies.map(({ name }) => `“${name}”`))}`;
    case "permissions_not_compared":
      return "there are too many standing permissions to compare them all with the policies";
    case "shared_email":
      return `${people(accounts)} share an email address: say that they are one person, or give each their own`;
    case "condition_not_met":
      return "access is still live although its policy would no longer let its holder ask";
    case "request_stuck":
      return message ?? "a request is stuck: too few people are left who can approve it";
  }
}

function people(of: readonly Person[]): string {
  return inWords(namesOf(of.slice(0, NAMED), of.length));
}

/** The field of its policy that a finding is about, as the engine's input calls it. */
export function placeOf({ code, step, list, quorum, part }: Finding): string {
  if (code === "never_governs") return "targets.paths";
  if (code === "bypassers_nobody" || part === "bypassers") return "breakGlass.bypassers";
  if (part === "condition") return "condition";
  if (step === undefined) return "steps";
  if (quorum === undefined) return `steps[${step - 1}]`;
  return `steps[${step - 1}].${quorumPlace(list, quorum)}.approvers`;
}
