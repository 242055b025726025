import type { Refused } from "access-engine";
import { quorumPlace } from "./steps.ts";

/** What the engine says against something, as its answers and its errors have it. */
export type Refusal = Pick<Refused, "code" | "message" | "fault" | "details">;

/** One thing that is wrong with a form: where, by the name that the engine's input has for the field, and what. */
export interface Fault {
  readonly place: string;
  readonly words: string;
}

/** What is refused, in people's words. The place in the engine's input is left out: what is wrong stands at its field. */
export function refusalWords({ message, details }: Pick<Refusal, "message" | "details">): string {
  switch (details.code) {
    case "invalid_duration":
      return "this is too short, too long or missing: give a length such as 4 hours";
    case "invalid_time":
      return "this is not a day and time: choose a day, and write the time as 14:30";
    case "not_found":
      return "this does not exist, or you may not see it";
    case "corrupt_record":
      return message;
    case "not_a_bypasser":
      return "you may not break the glass under this policy";
    case "actor_disabled":
      return "your account is disabled: an administrator can enable it under People";
    case "reason_required":
      return "a reason is missing or blank: say why";
    case "required_out_of_range":
    case "rejections_out_of_range":
      if (details.required === 0) return "enter a number";
      break;
    default:
  }
  const words = "problem" in details ? details.problem : message;
  if (words.startsWith("``")) return "this is empty: fill it in";
  return words.replaceAll("`startsAt`", "the start");
}

/** The fault that a refusal is, where it is about one field. */
export function faultOf(refusal: Refusal): Fault | undefined {
  const place = placeOf(refusal.details);
  return place === undefined ? undefined : { place, words: refusalWords(refusal) };
}

/** Whether a refusal is about a field of this part of a form, which says it then. */
export function isAtField(refusal: Refusal | undefined, part: string): boolean {
  return refusal !== undefined && faultOf(refusal)?.place.startsWith(`${part}.`) === true;
}

function placeOf(details: Refusal["details"]): string | undefined {
  switch (details.code) {
    case "justification_required":
    case "justification_too_short":
      return "justification";
    case "duration_too_long":
    case "duration_not_shorter":
      return "duration";
    case "start_out_of_range":
      return "startsAt";
    case "no_policy":
    case "split_request":
      return "target";
    case "break_glass_out_of_range":
      return "breakGlass.maxDuration";
    case "policy_conflict":
      return "targets.paths";
    case "self_delegation":
    case "duplicate_delegation":
      return "delegate";
    case "no_holders":
      return "holders";
    case "no_approvers":
      return `steps[${details.step - 1}].approvers`;
    case "required_out_of_range":
      return `steps[${details.step - 1}].${quorumPlace(details.list, details.quorum)}.required`;
    case "reminder_out_of_range":
      return `steps[${details.step - 1}].remindEvery`;
    case "escalation_out_of_range":
      return `steps[${details.step - 1}].escalate.after`;
    case "rejections_out_of_range":
      return `steps[${details.step - 1}].rejectionsRequired`;
    default:
      return "field" in details && details.field !== undefined ? withoutCommand(details.field) : undefined;
  }
}

/**
 * `createPolicy.targets.paths[1]`, the same behind `commands[0].command.`, or behind the name of a question's argument, as
 * in `draft.target.path`: the field without what it is part of.
 */
function withoutCommand(field: string): string {
  const argument = /^(?:draft|query)\./u;
  const command = /^(?:(?:commands)?\[\d+\]\.command\.)?[a-z]+[A-Z]\w*\.(?:draft\.)?/u;
  const place = field.replace(argument.test(field) ? argument : command, "");
  if (place.startsWith("condition.")) return "condition";
  return place === "targets" ? "targets.paths" : place;
}
