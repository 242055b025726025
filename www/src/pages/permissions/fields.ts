import type { PermissionTerms } from "access-engine";
import { decodePrincipal, encodePrincipal } from "../../words/principal.ts";
import { type AboutFields, aboutFields } from "../policies/fields.ts";
import { aboutOf } from "../policies/terms.ts";
import { type ConditionFields, conditionFields, conditionOf } from "./condition.ts";

/** A permission as its form has it; holders as `subject:id` or `group:id`. */
export interface PermissionFields extends AboutFields {
  holders: string[];
  condition: ConditionFields;
}

export const NEW_PERMISSION: PermissionTerms = { name: "", holders: [], targets: { environments: ["staging"], paths: [] }, actions: ["read"] };

export function fieldsOf(terms: PermissionTerms): PermissionFields {
  return { ...aboutFields(terms), holders: terms.holders.map(encodePrincipal), condition: conditionFields(terms.condition) };
}

/** What the engine is told. It alone judges it. */
export function termsOf({ holders, condition, ...about }: PermissionFields, type: string | undefined): PermissionTerms {
  const when = conditionOf(condition);
  return { ...aboutOf(about, type), holders: holders.map(decodePrincipal), ...(when === undefined ? {} : { condition: when }) };
}
