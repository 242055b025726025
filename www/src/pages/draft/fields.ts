import type { RequestDraft, RequestView } from "access-engine";
import { durationOf, type Length, lengthOf } from "../../components/length.ts";
import { HOUR } from "../../words/duration.ts";
import { clockField, dayField, momentOf } from "../../words/time.ts";
import type { Prefill } from "../../state/prefill.ts";
import * as words from "../../words/pages/draft.ts";

export type Scope = "folder" | "environment" | "project";

const BELOW = "/**";

/** What the form calls the fields of a draft. */
export const LABEL: Readonly<Record<string, string>> = {
  "target.environment": words.environment,
  "target.path": words.path,
  actions: words.actions,
  duration: words.forHowLong,
  until: words.until,
  startsAt: words.starting,
  ticketUrl: words.ticket,
};

/** A draft as its form has it. */
export interface DraftFields {
  /** Further folders that are asked for together with the first. */
  also: Place[];
  scope: Scope;
  environment: string;
  /** Whether what belongs to no environment is meant: an empty field alone means nothing. */
  noEnvironment: boolean;
  path: string;
  /** Whether everything under the path is asked for too. */
  below: boolean;
  actions: string[];
  permanent: boolean;
  length: Length;
  /** Whether it lasts until a day and time of the visitor's time zone, in place of for a length. */
  byEnd: boolean;
  endDay: string;
  endTime: string;
  /** Whether it starts at a day and time of the visitor's time zone, in place of at approval. */
  later: boolean;
  day: string;
  time: string;
  justification: string;
  ticketUrl: string;
  /** What the form does not show and keeps. */
  kept: Pick<RequestDraft, "renews" | "until"> & Pick<RequestDraft["target"], "type">;
}

export type Place = Pick<DraftFields, "scope" | "environment" | "noEnvironment" | "path" | "below">;

export const NOWHERE: Place = { scope: "folder", environment: "", noEnvironment: false, path: "", below: false };

const NO_END = { byEnd: false, endDay: "", endTime: "" };

export function startingFields({ environment, path, actions = [], renews }: Prefill): DraftFields {
  return {
    also: [],
    ...(path === undefined ? NOWHERE : placeFields(environment, path)),
    actions,
    permanent: false,
    length: lengthOf(4 * HOUR),
    ...NO_END,
    later: false,
    day: "",
    time: "",
    justification: "",
    ticketUrl: "",
    kept: renews === undefined ? {} : { renews },
  };
}

/** The fields that say what a request says already. */
export function fieldsOf(request: RequestView): DraftFields {
  const { target, actions, askedDurationSeconds, startsAt, justification, ticketUrl, renews, until } = request;
  return {
    also: [],
    ...placeFields(target.environment, target.path),
    actions: [...actions],
    permanent: askedDurationSeconds === "permanent",
    length: lengthOf(askedDurationSeconds === "permanent" ? 4 * HOUR : askedDurationSeconds),
    ...NO_END,
    later: startsAt !== undefined,
    day: startsAt === undefined ? "" : dayField(startsAt),
    time: startsAt === undefined ? "" : clockField(startsAt),
    justification: justification ?? "",
    ticketUrl: ticketUrl ?? "",
    kept: {
      ...(target.type === undefined ? {} : { type: target.type }),
      ...(renews === undefined ? {} : { renews }),
      ...(until === undefined ? {} : { until }),
    },
  };
}

/** What the engine is asked about. It alone judges it: nothing is repaired here, and nothing left out that was begun. */
export function draftOf(fields: DraftFields): RequestDraft {
  const { renews } = fields.kept;
  return {
    target: targetOf(fields),
    actions: fields.actions,
    ...endOf(fields),
    ...(fields.later ? { startsAt: momentOf(fields.day, fields.time) ?? `${fields.day} ${fields.time}` } : {}),
    ...(fields.justification.trim() === "" ? {} : { justification: fields.justification }),
    ...(fields.ticketUrl.trim() === "" ? {} : { ticketUrl: fields.ticketUrl.trim() }),
    ...(renews === undefined ? {} : { renews }),
  };
}

function endOf({ permanent, byEnd, endDay, endTime, length, kept: { until } }: DraftFields): Pick<RequestDraft, "permanent" | "duration" | "until"> {
  if (permanent) return { permanent };
  if (byEnd) return { until: momentOf(endDay, endTime) ?? `${endDay} ${endTime}` };
  return { duration: durationOf(length), ...(until === undefined ? {} : { until }) };
}

function targetOf({ scope, environment, noEnvironment, path, below, kept: { type } }: DraftFields): RequestDraft["target"] {
  const kind = type === undefined ? {} : { type };
  if (scope === "project") return { ...kind, environment: "*", path: BELOW };
  const place = { ...kind, ...(noEnvironment ? {} : { environment: environment.trim() }) };
  if (scope === "environment") return { ...place, path: BELOW };
  const folder = path.trim();
  // Without a path "everything below it" is nothing yet.
  if (!below || folder === "") return { ...place, path: folder };
  return { ...place, path: folder === "/" ? BELOW : `${folder}${BELOW}` };
}

function placeFields(environment: string | undefined, path: string): Place {
  const below = path.endsWith(BELOW);
  const folder = below ? path.slice(0, -BELOW.length) || "/" : path;
  const place = { environment: environment ?? "", noEnvironment: environment === undefined };
  if (path !== BELOW) return { ...place, scope: "folder", path: folder, below };
  if (environment === "*") return { scope: "project", environment: "production", noEnvironment: false, path: "/", below };
  return { ...place, scope: "environment", path: "/", below };
}
