import type { AccessEngine, Actor, Duration, Pattern, RequestDraft } from "access-engine";
import { workday } from "../workdays.ts";
import { SECURITY, TEAMS, type Team } from "./company.ts";
import { Draw } from "./draw.ts";
import { ENVIRONMENTS, FOLDERS, REASONS, SERVICES } from "./words.ts";

/** Something that happens at an instant. */
export interface Deed {
  readonly at: number;
  readonly happens: (engine: AccessEngine) => Promise<unknown>;
}

type End = "ended" | "live" | "revoked" | "rejected" | "cancelled" | "waiting";

/** What becomes of what one person asks for, one time after the other; and how much that is. */
const ROUNDS: readonly { end: End; daysAgo: number; items: number }[] = [
  { end: "ended", daysAgo: 19, items: 10 },
  { end: "live", daysAgo: 14, items: 10 },
  { end: "live", daysAgo: 9, items: 10 },
  { end: "waiting", daysAgo: 1, items: 4 },
];
/** How often access that would end by itself comes to something else. */
const ONE_IN = 10;
const ELSE: readonly End[] = ["rejected", "cancelled", "revoked"];
const HOUR = 3_600_000;

/** A month of a large company: everybody asks for what thirty folders hold, and for four that nobody has looked at. */
export function deedsOf(present: number): readonly Deed[] {
  const draw = new Draw(11);
  const deeds = TEAMS.flatMap((team) => team.people.flatMap(({ id }) => monthOf(id, team, present, draw)));
  return deeds.toSorted((one, other) => one.at - other.at);
}

function monthOf(subject: string, team: Team, present: number, draw: Draw): Deed[] {
  const folders = foldersOf(team, draw);
  return ROUNDS.flatMap(({ end: usual, daysAgo, items }) => {
    const end = usual === "ended" && draw.below(ONE_IN) === 0 ? draw.of(ELSE) : usual;
    const at = workday(present, daysAgo + draw.below(4), "09:00") + draw.below(7 * HOUR);
    const drafts = folders.splice(0, items).map((target): RequestDraft => ({
      target,
      actions: draw.below(3) === 0 ? ["read", "write"] : ["read"],
      duration: durationOf(end, draw),
      justification: `${draw.of(REASONS)} the ${target.path.split("/")[2]} of ${team.domain}.`,
    }));
    return asks({ subject }, drafts, end, at, team, draw);
  });
}

/** Some folders of a team, none of them twice. */
function foldersOf({ domain }: Team, draw: Draw): Pattern[] {
  const all = ENVIRONMENTS.flatMap((environment) => SERVICES.flatMap((service) => FOLDERS.map((folder) => ({ environment, path: `/${domain}/${service}/${folder}` }))));
  return ROUNDS.flatMap(({ items }) => Array.from({ length: items }, () => all.splice(draw.below(all.length), 1))).flat();
}

function durationOf(end: End, draw: Draw): Duration {
  return end === "live" || end === "waiting" ? { days: 30 + draw.below(20) } : { hours: 1 + draw.below(12) };
}

/** Somebody asks for several things at once; whoever leads the team decides within two hours. */
function asks(requester: Actor & object, items: RequestDraft[], end: End, at: number, team: Team, draw: Draw): Deed[] {
  const lead: Actor = { subject: team.people.slice(0, 2).map(({ id }) => id).find((id) => id !== requester.subject) ?? "" };
  const guard: Actor = { subject: draw.of(SECURITY).id };
  let bundleId = "";
  const requests = (engine: AccessEngine) => engine.bundle("host", bundleId).requests;
  const ask = async (engine: AccessEngine) => {
    ({ bundleId = "" } = await engine.requestBundle(requester, { items }));
  };
  const decide = async (engine: AccessEngine) => {
    if (end === "cancelled") return engine.cancelBundle(requester, { bundleId });
    if (end === "rejected") return review(engine, lead, "reject");
    await review(engine, lead, "approve");
    await review(engine, guard, "approve");
  };
  const review = async (engine: AccessEngine, actor: Actor, verdict: "approve" | "reject") => {
    for (const { id, status, contentHash } of requests(engine)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      if (status === "pending") await engine.reviewRequest(actor, { requestId: id, verdict, contentHash });
    }
  };
  const revoke = async (engine: AccessEngine) => {
    for (const { grantId } of requests(engine)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      if (grantId !== undefined) await engine.revokeGrant(lead, { grantId, reason: "It was meant for another service." });
    }
  };
  const decidedAt = at + HOUR / 2 + draw.below(HOUR);
  return [
    { at, happens: ask },
    ...(end === "waiting" ? [] : [{ at: decidedAt, happens: decide }]),
    ...(end === "revoked" ? [{ at: decidedAt + HOUR / 4, happens: revoke }] : []),
  ];
}
