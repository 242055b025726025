import type { Finding } from "access-engine";
import { findingWords, placeOf } from "../../words/findings.ts";
import type { Fault } from "../../words/refusals.ts";
import { quorumPlace } from "../../words/steps.ts";
import type { PolicyFields } from "./fields.ts";

/** Findings at the fields that they are about. */
export function notesOf(findings: readonly Finding[], fields: PolicyFields, groupName: (id: string) => string): Fault[] {
  return findings.flatMap((finding) => {
    const words = findingWords(finding, groupName);
    const places = finding.code === "empty_group" ? placesNaming(`group:${finding.groupId}`, fields) : [placeOf(finding)];
    return places.map((place) => ({ place, words }));
  });
}

function placesNaming(principal: string, { steps, bypassers }: PolicyFields): string[] {
  const ofSteps = steps.flatMap(({ lists, escalates, escalateTo }, index) => {
    const quorums = lists.flatMap((list, at) =>
      list.quorums.map(({ approvers }, place) => ({ approvers, place: `${quorumPlace(lists.length > 1 ? at + 1 : undefined, place + 1)}.approvers` })),
    );
    const called = { approvers: escalates ? escalateTo : [], place: "escalate.approvers" };
    return [...quorums, called].filter(({ approvers }) => approvers.includes(principal)).map(({ place }) => `steps[${index}].${place}`);
  });
  return bypassers.includes(principal) ? [...ofSteps, "breakGlass.bypassers"] : ofSteps;
}
