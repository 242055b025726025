import type { AccessEngine, Actor, Duration, Explanation, RequestDraft, RequestId, Verdict } from "access-engine";
import { TICKETS } from "./company.ts";

/** What a scene of the past has to do with. */
export interface Past {
  readonly engine: AccessEngine;
  /** The requests by what the scenes call them. */
  readonly requests: Map<string, RequestId>;
}

/** What somebody did. */
export type Deed = (past: Past) => Promise<unknown>;

const as = (subject: string): Actor => ({ subject });

/** Somebody asks for something, and says why; by a name that the following scenes use. */
export function asks(who: string, name: string, draft: RequestDraft, why?: string, ticket?: string): Deed {
  return async ({ engine, requests }) => {
    const said = { ...(why !== undefined && { justification: why }), ...(ticket !== undefined && { ticketUrl: `${TICKETS}/${ticket}` }) };
    const { requestId } = await engine.requestAccess(as(who), { ...draft, ...said });
    requests.set(name, requestId);
  };
}

export function breaksGlass(who: string, name: string, draft: RequestDraft, why: string): Deed {
  return async ({ engine, requests }) => {
    const { requestId } = await engine.breakGlass(as(who), { draft: { ...draft, justification: why }, justification: why });
    requests.set(name, requestId);
  };
}

export const approves = (who: string, name: string, comment?: string): Deed => reviews(who, name, "approve", comment);
export const rejects = (who: string, name: string, comment: string): Deed => reviews(who, name, "reject", comment);

export function shortens(who: string, name: string, duration: Duration, note: string): Deed {
  return (past) => past.engine.editDuration(as(who), { ...shown(past, name), duration, note });
}

export function cancels(who: string, name: string): Deed {
  return (past) => past.engine.cancelRequest(as(who), { requestId: told(past, name).request.id });
}

export function acknowledges(who: string, name: string, comment: string): Deed {
  return (past) => past.engine.acknowledgeBreakGlass(as(who), { requestId: told(past, name).request.id, comment });
}

export function releases(who: string, name: string): Deed {
  return (past) => past.engine.releaseGrant(as(who), { grantId: grantOf(past, name) });
}

export function revokes(who: string, name: string, reason: string): Deed {
  return (past) => past.engine.revokeGrant(as(who), { grantId: grantOf(past, name), reason });
}

export function delegates(who: string, delegate: string, duration: Duration): Deed {
  return ({ engine }) => engine.createDelegation(as(who), { delegate: { subject: delegate }, duration });
}

function reviews(who: string, name: string, verdict: Verdict, comment?: string): Deed {
  return (past) => past.engine.reviewRequest(as(who), { ...shown(past, name), verdict, ...(comment !== undefined && { comment }) });
}

/** A request as whoever decides about it has seen it. */
function shown(past: Past, name: string): { requestId: RequestId; contentHash: string } {
  const { id, contentHash } = told(past, name).request;
  return { requestId: id, contentHash };
}

function grantOf(past: Past, name: string): string {
  const { grant } = told(past, name);
  if (grant === undefined) throw new Error(`the sample's request ${name} has no grant`);
  return grant.id;
}

function told({ engine, requests }: Past, name: string): Explanation {
  const requestId = requests.get(name);
  if (requestId === undefined) throw new Error(`the sample has no request ${name}`);
  return engine.explain("host", requestId);
}
