import { AccessEngine, type Commit, type Message } from "access-engine";
import { ADMINISTRATOR } from "../company.ts";
import type { Project } from "../project.ts";
import { passUntil, type StandingClock } from "../seed.ts";
import { workday } from "../workdays.ts";
import { LARGE_DIRECTORY, LARGE_POLICIES } from "./company.ts";
import { life } from "./life.ts";

const NAME = "fernwood-group";
const ADA = { subject: ADMINISTRATOR.id };
const POLICIES_AT_ONCE = 100;
/** Nobody keeps all mails of a month. */
const MAILS = 1000;

/** How many requests are asked for: about 19 of 20 that are decided give access. */
export interface Size {
  readonly decided: number;
  readonly waiting: number;
}

export const LARGE: Size = { decided: 10_800, waiting: 3_000 };

/** The part of the work that the policies are. */
const POLICIES_SHARE = 0.4;

/** A company with a policy for every folder and weeks of requests; says how much of it is done, from 0 to 1. */
export async function largeProject(present: number, { decided, waiting }: Size, tell: (done: number) => void): Promise<Project> {
  const clock: StandingClock = { now: workday(present, 21, "09:00") };
  const commits: Commit[] = [];
  const mails: Message[] = [];
  const host = {
    now: () => clock.now,
    load: async (after: number, limit: number) => commits.slice(after, after + limit),
    append: async (commit: Commit) => void commits.push(commit),
    send: async (mail: Message) => void mails.push(mail),
  };
  await using engine = await AccessEngine.open({ project: NAME, host, administrators: [ADMINISTRATOR], pollSeconds: 0 });
  await engine.syncDirectory(ADA, { changes: [...LARGE_DIRECTORY] });
  for (let made = 0; made < LARGE_POLICIES.length; made += POLICIES_AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- one commit after the other
    await engine.createPolicies(ADA, { policies: LARGE_POLICIES.slice(made, made + POLICIES_AT_ONCE) });
    tell((POLICIES_SHARE * made) / LARGE_POLICIES.length);
  }
  const deeds = life(present, decided, waiting);
  for (const [index, [time, work]] of deeds.entries()) {
    // oxlint-disable no-await-in-loop -- one after the other, as time is
    await passUntil(time, engine, clock);
    await work(engine);
    // oxlint-enable no-await-in-loop
    tell(POLICIES_SHARE + ((1 - POLICIES_SHARE) * index) / deeds.length);
  }
  await passUntil(present, engine, clock);
  tell(1);
  return { commits, mails: mails.slice(-MAILS) };
}
