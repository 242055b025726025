import type { Finding, FindingCode } from "../../types.js";
import { type Command, readingHost } from "../run.js";
import { counted, people } from "../words.js";

export const analyze: Command = {
  summary: "finds what is wrong with policies, people and requests",
  details: `Each finding comes with what to do about it. The exit code is 1 when there is one. It reads and changes nothing.`,
  example: "",

  async run(run) {
    const { store } = await run.open();
    const progress = await run.progress("reading", store);
    const findings = await run.withEngine(readingHost(store, run, progress), (engine) => engine.analyze("host")).finally(() => progress.end());
    const data = findings.map((finding) => ({ ...finding, problem: problem(finding), advice: ADVICE[finding.code] }));
    const told = data.map(({ code, problem: said, advice }, place) => `${place + 1}. ${code}: ${said}\n   ${advice}`);
    const text = [...told, `${counted(findings.length, "finding")} in the project ${run.project}`].join("\n\n");
    return { data, text, isWrong: findings.length > 0 };
  },
};

function problem(finding: Finding): string {
  const { policy, policies = [], more, permissionId, part, step, list, quorum, requesters, groupId, subject, accounts, grantId, requestId } = finding;
  const under = policy && `policy ${policy.name} (${policy.id})`;
  const requests = requesters ? ` on requests of ${people(requesters)}` : "";
  const place = [`step ${step}`, list && `list ${list}`, quorum && `quorum ${quorum}`].filter(Boolean).join(", ");
  switch (finding.code) {
    case "quorum_unmeetable":
      return `${under}, ${place}: there are too few people for it${requests}`;
    case "nobody_distinct_left":
      return `${under}, ${place}: since everybody counts once, there are too few people left for it${requests}`;
    case "requesters_not_tried":
      return `${under} and those after it name so many people that not every requester was tried`;
    case "empty_group":
      return `${under} names the group ${groupId}, which has no active member`;
    case "bypassers_nobody":
      return `${under} lets the glass be broken, and nobody is there who may`;
    case "never_governs":
      return `${under} governs nothing: others are more specific wherever it could`;
    case "approver_without_email":
      return `${subject && people([subject])} may be asked to approve and has no e-mail address`;
    case "stale_reference":
      return `${under ?? `permission ${permissionId}`} names ${subject ? people([subject]) : `the group ${groupId}`} in its ${part}, who is gone, or whose id somebody else has since`;
    case "permission_opens_governed":
      return `permission ${permissionId} opens what policies govern, so that nobody need ask there: ${policies.map(({ name, id }) => `${name} (${id})`).join(", ")}${more ? " and more" : ""}`;
    case "permissions_not_compared":
      return `permission ${permissionId} and those after it were not compared with the policies: too many paths are alike`;
    case "shared_email":
      return `accounts of different persons have one address: ${people(accounts ?? [])}`;
    case "condition_not_met":
      return `${subject && people([subject])} holds grant ${grantId} and does not meet the condition of the ${under} any more`;
    case "request_stuck":
      return `request ${requestId}: ${finding.message}`;
  }
}

const ADVICE: Record<FindingCode, string> = {
  quorum_unmeetable: "Name more approvers, require fewer approvals, or sync in who is missing.",
  nobody_distinct_left: "Name other people in one of the steps, or require fewer approvals.",
  requesters_not_tried: "Nothing is known to be wrong: name smaller groups to have everybody tried.",
  empty_group: "Sync its members in, or name somebody else.",
  bypassers_nobody: "Name bypassers who are there, or take breakGlass away from the policy.",
  never_governs: "Delete it, or narrow the targets of the others.",
  approver_without_email: "Sync the address in, or name somebody else.",
  stale_reference: "State that part of it anew, with who is meant today.",
  permission_opens_governed: "Narrow the permission, or delete the policies if nobody is to ask.",
  permissions_not_compared: "Nothing is known to be wrong: begin paths with more than a wildcard to have them compared.",
  shared_email: "Say with `person` that they are one person, or give them addresses of their own.",
  condition_not_met: "Revoke the grant, or let it end.",
  request_stuck: "Do what the sentence says, or cancel the request.",
};
