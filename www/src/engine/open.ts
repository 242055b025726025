import { AccessEngine, init } from "access-engine";
import { Cabinet } from "./cabinet.ts";
import { Calls } from "./calls.ts";
import { Clock } from "./clock.ts";
import { ADMINISTRATOR } from "./company.ts";
import { followAddress, keepInTab, pack, packedHere, unpack } from "./copy.ts";
import { Demo } from "./demo.ts";
import { Directory } from "./directory.ts";
import { DemoHost } from "./host.ts";
import { undoForgery } from "./forgery.ts";
import { Mailbox } from "./mailbox.ts";
import { alone, keep, putInPlace } from "./place.ts";
import { Progress } from "./progress.ts";
import { filledStore, type Project, projectOf, readProject, sampleProject } from "./project.ts";
import { type CommitStore, openStore, removeStore } from "./store.ts";
import { forgetTab } from "./tab.ts";

let opening: Promise<Demo> | undefined;

/** Opens the engine on the project of the address, or on this browser's record; on the first visit founds the company. */
export function openDemo(): Promise<Demo> {
  opening ??= open();
  return opening;
}

function open(): Promise<Demo> {
  // Whoever needs the engine waits for it, and says why it has not come.
  init().catch(() => {});
  followAddress();
  const here = packedHere();
  return here === undefined ? alone(openOwn) : openCopy(here);
}

async function openOwn(): Promise<Demo> {
  const cabinet = await Cabinet.open();
  // One that was interrupted, as by a closed tab, is founded again.
  const founded = cabinet.recall("seededVersion") === undefined ? await sampleProject(Date.now()) : undefined;
  if (founded !== undefined) await keep(founded, cabinet, 0);
  return connect(cabinet, cabinet.lasts ? await openStore() : await filledStore(founded?.commits ?? []));
}

/** Opens a project beside that of this browser, for this tab alone. */
async function openCopy(text: string): Promise<Demo> {
  const { at, file } = await unpack(text);
  const { commits, mails } = await readProject(file);
  const cabinet = Cabinet.inMemory();
  await cabinet.replace(mails, { ahead: at - Date.now(), seededVersion: commits.length, storyHidden: true });
  const demo = await connect(cabinet, await filledStore(commits), true);
  // What is done with it is there after a reload.
  demo.subscribe(() => void demo.commits().then((all) => pack(all, demo.clock.now())).then(keepInTab));
  return demo;
}

async function connect(cabinet: Cabinet, store: CommitStore, isCopy = false): Promise<Demo> {
  const clock = new Clock(cabinet);
  const directory = new Directory();
  const progress = new Progress();
  const calls = new Calls();
  progress.since(cabinet.recall("seededVersion") ?? 0);
  const mailbox = new Mailbox(cabinet);
  const host = new DemoHost(store, clock, mailbox, [directory, progress, calls]);
  const project = projectOf(await store.load(0, 1));
  const engine = await AccessEngine.open({ project, host, administrators: [ADMINISTRATOR] });
  await engine.tick({ now: clock.now() });
  await engine.deliver();
  return new Demo({ project, engine, calls, clock, directory, mailbox, progress, cabinet, store, isCopy });
}

/** Goes back from a copy to the project of this browser. */
export function leaveCopy(): void {
  keepInTab(undefined);
  location.hash = "";
  location.reload();
}

/** Puts a project in place of the one of this browser, and opens it. */
export async function replaceOwn(project: Project, ahead: number): Promise<void> {
  await putInPlace(project, ahead);
  forgetTab();
  location.reload();
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
