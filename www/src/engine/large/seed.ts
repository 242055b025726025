import type { AccessEngine } from "access-engine";
import { ADMINISTRATOR } from "../company.ts";
import type { StandingClock } from "../seed.ts";
import { workday } from "../workdays.ts";
import { LARGE_DIRECTORY, LARGE_POLICIES } from "./company.ts";
import { deedsOf } from "./life.ts";

/** The most policies that one command makes. */
const AT_ONCE = 100;
const DAY = 86_400_000;
const ADA = { subject: ADMINISTRATOR.id };

/** When the large company begins, for a visitor who comes at that time. */
export const begins = (present: number): number => workday(present, 25, "09:00");

/** Gives an empty project a large company and its month; says in between how much of it is done, of 1. */
export async function seedLarge(engine: AccessEngine, clock: StandingClock, present: number, report: (done: number) => Promise<void>): Promise<void> {
  const policies = Array.from({ length: LARGE_POLICIES.length / AT_ONCE }, (_, lot) => LARGE_POLICIES.slice(lot * AT_ONCE, (lot + 1) * AT_ONCE));
  const deeds = [
    { at: clock.now, happens: () => engine.syncDirectory(ADA, { changes: [...LARGE_DIRECTORY] }) },
    ...policies.map((lot) => ({ at: clock.now, happens: () => engine.createPolicies(ADA, { policies: lot }) })),
    ...deedsOf(present),
  ];
  for (const [place, { at, happens }] of deeds.entries()) {
    // oxlint-disable no-await-in-loop -- one after the other, as time is
    await tickUntil(at, engine, clock);
    await happens(engine);
    await report((place + 1) / deeds.length);
    // oxlint-enable no-await-in-loop
  }
  await tickUntil(present, engine, clock);
}

/** Once a day what falls due happens; it counts as of when it was due. */
async function tickUntil(time: number, engine: AccessEngine, clock: StandingClock): Promise<void> {
  const isNextDay = Math.floor(time / DAY) > Math.floor(clock.now / DAY);
  clock.now = time;
  if (isNextDay) await engine.tick({ now: time });
}
