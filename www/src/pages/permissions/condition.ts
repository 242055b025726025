import type { Condition } from "access-engine";
import { readJson, writtenJson } from "../../words/json.ts";

/** The conditions that have a form of their own; all others are written in JSON. */
export const CONDITIONS = [
  { value: "none", label: "Always" },
  { value: "group", label: "If the holder is in a group" },
  { value: "property", label: "If a property of the holder matches" },
  { value: "owner", label: "If a property of the resource names the holder" },
  { value: "context", label: "If the context of the question matches" },
  { value: "json", label: "If a condition in JSON is met" },
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
