import type { AccessEngine, RequestId } from "access-engine";
import type { Deed } from "./past.ts";
import { scenes } from "./scenes.ts";

/** A clock that stands where it is put. */
export interface StandingClock {
  now: number;
}

/** Gives an empty project a company and its past, by the same commands that a visitor sends. */
export async function seed(engine: AccessEngine, clock: StandingClock, present: number): Promise<void> {
  const past = { engine, requests: new Map<string, RequestId>() };
  const inOrder = scenes(present)
    .map(([time, deed]): [number, Deed] => [time(present), deed])
    .toSorted(([one], [other]) => one - other);
  for (const [time, deed] of inOrder) {
    // oxlint-disable no-await-in-loop -- one after the other, as time is
    await passUntil(time, engine, clock);
    await deed(past);
    // oxlint-enable no-await-in-loop
  }
  await passUntil(present, engine, clock);
}

/** Lets time pass; what falls due on the way happens when it is due. */
export async function passUntil(time: number, engine: AccessEngine, clock: StandingClock): Promise<void> {
  // What was told so far is sent at its time, not after it is over.
  await engine.deliver();
  for (let due = engine.nextWakeAt(); due !== undefined && due <= time; due = engine.nextWakeAt()) {
    clock.now = due;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await engine.tick({ now: due });
  }
  clock.now = time;
}
