import { AccessEngine } from "access-engine";
import { Cabinet } from "./cabinet.ts";
import { Calls } from "./calls.ts";
import { Clock } from "./clock.ts";
import { ADMINISTRATOR, PROJECT } from "./company.ts";
import { Demo } from "./demo.ts";
import { Directory } from "./directory.ts";
import { DemoHost } from "./host.ts";
import { undoForgery } from "./forgery.ts";
import { Mailbox } from "./mailbox.ts";
import { Progress } from "./progress.ts";
import { HISTORY_SECONDS, seed } from "./seed.ts";
import { openStore, removeStore } from "./store.ts";

let opening: Promise<Demo> | undefined;

/** Opens the engine on this browser's record; on the first visit founds the company. */
export function openDemo(): Promise<Demo> {
  opening ??= alone(open);
  return opening;
}

/** Two tabs that open at once must not both found the company. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request(Cabinet.NAME, work) : work();
}

async function open(): Promise<Demo> {
  const cabinet = await Cabinet.open();
  const seeded = cabinet.recall("seededVersion");
  // A seed that was interrupted, as by a closed tab, starts again from nothing.
  if (seeded === undefined && cabinet.lasts) await removeStore();
  const clock = new Clock(cabinet);
  const present = Date.now();
  if (seeded === undefined) clock.hold(present - HISTORY_SECONDS * 1000);
  const directory = new Directory();
  const progress = new Progress();
  const calls = new Calls();
  progress.since(seeded ?? Number.MAX_SAFE_INTEGER);
  const mailbox = new Mailbox(cabinet);
  const store = await openStore(cabinet.lasts);
  const host = new DemoHost(store, clock, mailbox, [directory, progress, calls]);
  const engine = await AccessEngine.open({ project: PROJECT, host, administrators: [ADMINISTRATOR] });
  if (seeded === undefined) {
    await seed(engine, clock, present);
    clock.run();
    progress.since(engine.head().version);
    const { version } = engine.head();
    await cabinet.change("seededVersion", () => version);
  }
  await engine.tick({ now: clock.now() });
  await engine.deliver();
  return new Demo({ engine, calls, clock, directory, mailbox, progress, cabinet, store });
}

/** Whether the record was tampered with on its page. */
export async function isTampered(): Promise<boolean> {
  return inCabinet(async (cabinet) => cabinet.recall("forgery") !== undefined);
}

export async function undoTampering(): Promise<void> {
  await inCabinet(undoForgery);
}

async function inCabinet<T>(work: (cabinet: Cabinet) => Promise<T>): Promise<T> {
  const cabinet = await Cabinet.open();
  try {
    return await work(cabinet);
  } finally {
    cabinet.close();
  }
}

/** Throws away the record, the mails and the settings of this browser. */
export async function eraseEverything(): Promise<void> {
  await Promise.all([removeStore(), Cabinet.remove()]);
}
