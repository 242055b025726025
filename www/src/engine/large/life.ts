import type { AccessEngine, Actor, RequestDraft, RequestId } from "access-engine";
import { ADMINISTRATOR } from "../company.ts";
import { workday } from "../workdays.ts";
import { TEAMS } from "./company.ts";
import { Draw } from "./draw.ts";
import { ENVIRONMENTS, FOLDERS, REASONS, SERVICES } from "./words.ts";

const [MINUTE, HOUR] = [60_000, 3_600_000];
const DAYS = 20;
/** What is undecided was mostly asked for on so many of the last days. */
const LAST_DAYS = 4;
const TOGETHER = 5;

/** What becomes of what somebody asked for; the undecided expires if it is old. */
type Fate = "live" | "ended" | "released" | "revoked" | "rejected" | "cancelled" | "undecided" | "half";

const DECIDED: readonly Fate[] = [
  ...Array.from({ length: 31 }, (): Fate => "live"),
  ...Array.from({ length: 14 }, (): Fate => "ended"),
  ...(["released", "released", "revoked", "rejected", "cancelled", "undecided"] as const),
];
const WAITING: readonly Fate[] = ["undecided", "undecided", "half"];

/** What somebody does, and when. */
export type Deed = readonly [time: number, work: (engine: AccessEngine) => Promise<unknown>];

/** Some weeks of a large company, in order: so many requests that were decided, and so many that wait. */
export function life(present: number, decided: number, waiting: number): Deed[] {
  const draw = new Draw(11);
  const asked = new Set<string>();
  const deeds: Deed[] = [];
  const fill = (count: number, fates: readonly Fate[], days: number) => {
    for (let made = 0; made < count; ) {
      const day = workday(present, days - Math.floor((made / count) * days), "09:00");
      const { requester, items } = wish(draw, asked, Math.min(TOGETHER, count - made));
      deeds.push(...deedsOf(day + draw.below(8 * 60) * MINUTE, requester, items, draw.of(fates), draw));
      made += items.length;
    }
  };
  fill(decided, DECIDED, DAYS);
  fill(waiting, WAITING, LAST_DAYS);
  return deeds.toSorted(([one], [other]) => one - other);
}

interface Wish {
  readonly requester: Actor;
  readonly items: RequestDraft[];
}

/** What somebody needs of one service; nobody needs the same twice. */
function wish(draw: Draw, asked: Set<string>, most: number): Wish {
  const { domain, people } = draw.of(TEAMS);
  const { id } = draw.of(people);
  const environment = draw.of(ENVIRONMENTS);
  const service = draw.of(SERVICES);
  const start = draw.below(FOLDERS.length);
  const justification = `${draw.of(REASONS)} ${domain} ${service}.`;
  const actions = draw.below(3) === 0 ? ["read", "write"] : ["read"];
  const items = Array.from({ length: 1 + draw.below(most) }, (_, index) => `/${domain}/${service}/${FOLDERS[(start + index) % FOLDERS.length]}`)
    .filter((path) => !asked.has(`${id} ${environment}${path}`))
    .map((path) => ({ target: { environment, path }, actions, justification }));
  for (const { target } of items) asked.add(`${id} ${environment}${target.path}`);
  return items.length === 0 ? wish(draw, asked, most) : { requester: { subject: id }, items };
}

function deedsOf(at: number, requester: Actor, items: RequestDraft[], fate: Fate, draw: Draw): Deed[] {
  let requests: readonly RequestId[] = [];
  const length = fate === "ended" ? { until: new Date(at).setHours(20, 0, 0, 0) } : { duration: { days: 32 + draw.below(28) } };
  const each = (delay: number, work: (engine: AccessEngine, id: RequestId) => Promise<unknown>): Deed => [
    at + delay,
    async (engine) => {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      for (const id of requests) await work(engine, id);
    },
  ];
  const ask: Deed = [at, async (engine) => ({ requestIds: requests } = await engine.requestBundle(requester, { items: items.map((it) => ({ ...it, ...length })) }))];
  const approve = each(20 * MINUTE, (engine, id) => decide(engine, id, fate === "half" ? 1 : Infinity));
  switch (fate) {
    case "undecided":
      return [ask];
    case "cancelled":
      return [ask, each(HOUR, (engine, requestId) => engine.cancelRequest(requester, { requestId }))];
    case "rejected":
      return [ask, each(HOUR, (engine, id) => review(engine, id, "reject"))];
    case "released":
      return [ask, approve, each(3 * HOUR, (engine, id) => engine.releaseGrant(requester, { grantId: grantOf(engine, id) }))];
    case "revoked":
      return [ask, approve, each(2 * HOUR, (engine, id) => engine.revokeGrant({ subject: ADMINISTRATOR.id }, { grantId: grantOf(engine, id), reason: "The key was found in a log." }))];
    default:
      return [ask, approve];
  }
}

/** Whoever can approves, step after step, but for the last where only so many are asked for. */
async function decide(engine: AccessEngine, id: RequestId, most: number): Promise<void> {
  const { request } = engine.explain("host", id);
  const steps = Math.min(most, request.steps - 1) + (most === Infinity ? 1 : 0);
  // oxlint-disable-next-line no-await-in-loop -- one step after the other
  for (let step = 0; step < steps; step += 1) await review(engine, id, "approve");
}

/** Reviewed by one of those who can. */
async function review(engine: AccessEngine, requestId: RequestId, verdict: "approve" | "reject"): Promise<unknown> {
  const { request, steps } = engine.explain("host", requestId);
  const [reviewer] = steps[request.step - 1]?.canApprove ?? [];
  if (reviewer === undefined) throw new Error(`nobody can review ${requestId}`);
  const comment = verdict === "reject" ? { comment: "Please ask for the one folder you need." } : {};
  return engine.reviewRequest({ subject: reviewer.id }, { requestId, contentHash: request.contentHash, verdict, ...comment });
}

function grantOf(engine: AccessEngine, requestId: RequestId): string {
  const { grant } = engine.explain("host", requestId);
  if (grant === undefined) throw new Error(`${requestId} has no grant`);
  return grant.id;
}
