import type { AccessEvent, Actor, Commit, Pattern } from "../types.js";

/**
 * What people may report on, beside the record: a row a request and a row a grant, of ids, times and states. Nothing of it
 * is read again by the engine, and nothing of it can be erased: what people wrote or are called is in the commits alone.
 */
export interface Report {
  /** By table, what a commit states of some of its rows. */
  access_requests: Row[];
  access_grants: Row[];
}

/** A row as far as a commit states it. A column that is missing stays as it is. */
export interface Row extends Columns {
  id: string;
}

type Columns = Record<string, string | number | null>;

/** The columns that an amendment states anew, all of them; `path` is never null. */
const TARGET = ["type", "environment", "path", "actions", "policy_id", "policy_version", "duration_seconds"] as const;

/** The columns of each table beside `project` and `id`, by what they hold. */
export const COLUMNS = {
  access_requests: {
    text: ["requester", "status", "type", "environment", "path", "actions", "policy_id", "bundle_id", "closed_by", "origin", "reason", "grant_id"],
    number: ["policy_version", "duration_seconds"],
    time: ["made_at", "expires_at", "closed_at"],
  },
  access_grants: {
    text: ["request_id", "holder", "type", "environment", "path", "actions", "policy_id", "origin", "ended_by", "end_reason"],
    number: ["policy_version"],
    time: ["starts_at", "ends_at", "ended_at"],
  },
} as const;

/** The tables, by name. */
export const TABLES = Object.keys(COLUMNS) as (keyof Report)[];

/** How a column is kept when its row is stated again: as stated, else as it was. */
export function kept(table: keyof Report, column: string): string {
  const { isStated, before } = { isStated: `excluded.${column} is not null`, before: `${table}.${column}` };
  const isTarget = table === "access_requests" && (TARGET as readonly string[]).includes(column);
  return `case when ${isTarget ? `excluded.path is not null or ${isStated}` : isStated} then excluded.${column} else ${before} end`;
}

/** What a commit states of requests and grants, a row each. */
export function reportOf({ events }: Commit): Report {
  const requests = new Map<string, Row>();
  const grants = new Map<string, Row>();
  const state = (rows: Map<string, Row>, id: string, row: Columns): void => {
    rows.set(id, { ...rows.get(id), ...row, id });
  };
  for (const event of events) {
    const [request, grant] = [requestRow(event), grantRow(event)];
    if (request) state(requests, ...request);
    if (grant) state(grants, ...grant);
  }
  return { access_requests: [...requests.values()], access_grants: [...grants.values()] };
}

type Stated = [id: string, row: Columns] | undefined;

function requestRow(event: AccessEvent): Stated {
  switch (event.type) {
    case "requestMade": {
      const { requestId, content, bundleId = null, at, expiresAt } = event;
      const made = { requester: content.requester, status: "pending", bundle_id: bundleId, made_at: at, expires_at: expiresAt };
      return [requestId, { ...made, ...terms(content, content.durationSeconds) }];
    }
    case "requestAmended": {
      const { requestId, content, durationSeconds = content.durationSeconds, expiresAt } = event;
      return [requestId, { expires_at: expiresAt, ...terms(content, durationSeconds) }];
    }
    case "durationEdited":
      return [event.requestId, { duration_seconds: seconds(event.edit.afterSeconds) }];
    case "requestApproved":
      return [event.requestId, { ...closed("approved", event.closing.at, event.closing.by), origin: event.closing.origin ?? null }];
    case "requestRejected":
      return [event.requestId, closed("rejected", event.closing.at, event.closing.by)];
    case "requestCancelled":
      return [event.requestId, { ...closed("cancelled", event.closing.at, event.closing.by), reason: event.closing.reason ?? null }];
    case "requestExpired":
      return [event.requestId, closed("expired", event.at, "clock")];
    case "grantCreated": {
      const { id, requestId, origin, startsAt, endsAt } = event.grant;
      // Breaking the glass may shorten what was asked for.
      const isShort = origin === "break_glass" && endsAt !== undefined;
      return [requestId, { grant_id: id, ...(isShort ? { duration_seconds: Math.ceil((endsAt - startsAt) / 1000) } : {}) }];
    }
    default:
      return undefined;
  }
}

function grantRow(event: AccessEvent): Stated {
  switch (event.type) {
    case "grantCreated": {
      const { id, requestId, holder, target, actions, policyId, policyVersion, origin, startsAt, endsAt = null } = event.grant;
      const given = { request_id: requestId, holder, origin, policy_id: policyId, policy_version: policyVersion };
      return [id, { ...given, ...place(target, actions), starts_at: startsAt, ends_at: endsAt }];
    }
    case "grantEnded":
      return [event.grantId, { ended_at: event.end.at, end_reason: event.end.reason, ended_by: name(event.end.by) }];
    default:
      return undefined;
  }
}

function terms(
  content: { target: Pattern; actions: string[]; policyId: string; policyVersion: number },
  duration: number | "permanent",
): Columns {
  const { target, actions, policyId, policyVersion } = content;
  return { ...place(target, actions), policy_id: policyId, policy_version: policyVersion, duration_seconds: seconds(duration) };
}

function place({ type = "secret", environment, path }: Pattern, actions: string[]): Columns {
  return { type, environment: environment ?? null, path, actions: JSON.stringify(actions) };
}

function closed(status: string, at: number, by: Actor): Columns {
  return { status, closed_at: at, closed_by: name(by) };
}

/** Nothing of what is permanent. */
function seconds(duration: number | "permanent"): number | null {
  return duration === "permanent" ? null : duration;
}

/** The id of a subject; `host` and `system` are written so in the record, too, and a subject of that name is not told apart. */
function name(actor: Actor): string {
  return typeof actor === "string" ? actor : actor.subject;
}
