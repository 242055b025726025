import type { Condition } from "access-engine";
import { readJson, writtenJson } from "../../words/json.ts";
import * as words from "../../words/pages/permissions.tsx";

/** The conditions that have a form of their own; all others are written in JSON. */
export const CONDITIONS = [
  { value: "none", label: words.always },
  { value: "group", label: words.ifTheHolderIsInAGroup },
  { value: "property", label: words.ifASubjectPropertyMatches },
  { value: "owner", label: words.ifAResourcePropertyNamesTheHolder },
  { value: "context", label: words.ifTheContextMatches },
  { value: "json", label: words.ifAJsonConditionIsMet },
] as const;

export type ConditionKind = (typeof CONDITIONS)[number]["value"];

export interface ConditionFields {
  kind: ConditionKind;
  group: string;
  name: string;
  value: string;
  json: string;
}

export function conditionFields(condition: Condition | undefined): ConditionFields {
  return { kind: condition === undefined ? "none" : "json", group: "", name: "", value: "", json: writtenJson(condition) };
}

/** What the engine is told. It alone judges it. */
export function conditionOf({ kind, group, name, value, json }: ConditionFields): Condition | undefined {
  switch (kind) {
    case "none":
      return undefined;
    case "group":
      return { "subject.groups": group };
    case "property":
      return { [`subject.properties.${name}`]: plain(value) };
    case "owner":
      return { [`resource.properties.${name}`]: { $ref: "subject.id" } };
    case "context":
      return { [`context.${name}`]: plain(value) };
    case "json":
      return readJson(json) as Condition;
  }
}

/** A flag or a whole number where one is written, else the text. */
function plain(value: string): boolean | number | string {
  return /^(?:true|false|-?\d+)$/u.test(value) ? (JSON.parse(value) as boolean | number) : value;
}
