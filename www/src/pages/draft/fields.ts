import type { RequestDraft, RequestView } from "access-engine";
import { type Length, lengthOf, secondsOf } from "../../components/length.ts";
import { HOUR } from "../../words/duration.ts";
import type { Prefill } from "./prefill.ts";

export type Scope = "folder" | "environment" | "project";

const BELOW = "/**";

/** A draft as its form has it. */
export interface DraftFields {
  scope: Scope;
  environment: string;
  path: string;
  /** Whether everything under the path is asked for too. */
  below: boolean;
  actions: string[];
  permanent: boolean;
  length: Length;
  /** As the browser's field has it, in the visitor's time zone; empty: at approval. */
  startsAt: string;
  justification: string;
  ticketUrl: string;
}

export function startingFields({ environment = "production", path = "/web/**", actions = ["read"] }: Prefill): DraftFields {
  return {
    ...placeFields(environment, path),
    actions,
    permanent: false,
    length: lengthOf(4 * HOUR),
    startsAt: "",
    justification: "",
    ticketUrl: "",
  };
}

/** The fields that say what a request says already. */
export function fieldsOf(request: RequestView): DraftFields {
  const { target, actions, askedDuration, startsAt, justification, ticketUrl } = request;
  return {
    ...placeFields(target.environment ?? "", target.path),
    actions: [...actions],
    permanent: askedDuration === "permanent",
    length: lengthOf(askedDuration === "permanent" ? 4 * HOUR : askedDuration),
    startsAt: startsAt === undefined ? "" : localField(startsAt),
    justification: justification ?? "",
    ticketUrl: ticketUrl ?? "",
  };
}

/** What the engine is asked about. It alone judges it: nothing is repaired here. */
export function draftOf(fields: DraftFields): RequestDraft {
  const seconds = secondsOf(fields.length);
  return {
    target: targetOf(fields),
    actions: fields.actions,
    ...(fields.permanent ? { permanent: true } : { duration: seconds }),
    ...(fields.startsAt === "" ? {} : { startsAt: new Date(fields.startsAt).getTime() }),
    ...(fields.justification.trim() === "" ? {} : { justification: fields.justification }),
    ...(fields.ticketUrl.trim() === "" ? {} : { ticketUrl: fields.ticketUrl.trim() }),
  };
}

function targetOf({ scope, environment, path, below }: DraftFields): RequestDraft["target"] {
  if (scope === "project") return { environment: "*", path: BELOW };
  const place = environment.trim() === "" ? {} : { environment: environment.trim() };
  if (scope === "environment") return { ...place, path: BELOW };
  const folder = path.trim();
  if (!below) return { ...place, path: folder };
  return { ...place, path: folder === "/" ? BELOW : `${folder}${BELOW}` };
}

function placeFields(environment: string, path: string): Pick<DraftFields, "scope" | "environment" | "path" | "below"> {
  const below = path.endsWith(BELOW);
  const folder = below ? path.slice(0, -BELOW.length) || "/" : path;
  if (path !== BELOW) return { scope: "folder", environment, path: folder, below };
  const scope = environment === "*" ? "project" : "environment";
  return { scope, environment: environment === "*" ? "production" : environment, path: "/", below };
}

function localField(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
