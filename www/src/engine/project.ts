import { AccessEngine, type Claim, type Claimed, type Commit, createHost, type Message } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";
import { ADMINISTRATOR, PROJECT } from "./company.ts";
import { seed, type StandingClock } from "./seed.ts";
import { ALL, type CommitStore } from "./store.ts";
import { workday } from "./workdays.ts";

/** What a project without a company is called. */
const EMPTY = "my-project";

/** Of so many of the last commits of a file the mails are made anew. */
const RETOLD = 1000;

/** A project as it is carried about: its record, and the mails that came of it. */
export interface Project {
  readonly commits: readonly Commit[];
  readonly mails: readonly Message[];
}

/** The company and its last ten working days, for a visitor who comes at that time. */
export function sampleProject(present: number): Promise<Project> {
  const clock = { now: workday(present, 10, "09:00") };
  return inMemory(PROJECT, memoryStore(), clock, (engine) => seed(engine, clock, present));
}

/** An administrator, and nothing else. */
export function emptyProject(): Promise<Project> {
  return inMemory(EMPTY, memoryStore(), { now: Date.now() });
}

/** A project as a file has it, a commit a line. */
export function linesOf(commits: readonly Commit[]): string {
  return commits.map((commit) => `${JSON.stringify(commit)}\n`).join("");
}

/** Has an engine read such a file; it refuses what is no record. */
export async function readProject(file: string): Promise<Project> {
  const commits = commitsIn(file);
  const mails: Message[] = [];
  let shown = commits.length;
  let outbox: Claimed[] = [];
  const host = {
    load: async (after: number, limit: number) => commits.slice(after, Math.min(after + limit, shown)),
    append: nothing,
    send: async (mail: Message) => void mails.push(mail),
    claim: async ({ limit }: Claim) => outbox.splice(0, limit),
    settle: nothing,
    now: () => commits[shown - 1]?.at ?? 0,
  };
  const project = projectOf(commits);
  (await AccessEngine.open({ project, host })).free();
  // The mails of each commit go out as it comes: of what is over by the last, nobody would be told.
  shown = Math.max(1, commits.length - RETOLD);
  using engine = await AccessEngine.open({ project, host, pollSeconds: 0 });
  for (const { notices } of commits.slice(shown)) {
    shown += 1;
    outbox = notices.flatMap(({ id, to }) => to.map((recipientId) => ({ noticeId: id, recipientId, attempt: 1 })));
    // oxlint-disable no-await-in-loop -- one commit after the other
    await engine.refresh();
    await engine.deliver();
    // oxlint-enable no-await-in-loop
  }
  return { commits, mails };
}

/** The lines of a file, up to the first that is none of JSON: what is no commit is for the engine to say. */
function commitsIn(file: string): Commit[] {
  const commits: Commit[] = [];
  for (const line of file.trim().split("\n")) {
    try {
      commits.push(JSON.parse(line));
    } catch {
      // The engine is given it all the same, and refuses it.
      return [...commits, line as unknown as Commit];
    }
  }
  return commits;
}

/** Whose record it is. */
export function projectOf([first]: readonly Commit[]): string {
  return typeof first?.project === "string" ? first.project : PROJECT;
}

/** A record in memory that begins with these commits. */
export async function filledStore(commits: readonly Commit[]): Promise<CommitStore> {
  const store = memoryStore();
  // oxlint-disable-next-line no-await-in-loop -- one commit after the other
  for (const commit of commits) await store.append(commit, { version: commit.version - 1, hash: commit.previousHash });
  return store;
}

const nothing = async (): Promise<void> => {};

async function inMemory(project: string, store: CommitStore, clock: StandingClock, work?: (engine: AccessEngine) => Promise<void>): Promise<Project> {
  const mails: Message[] = [];
  const mailer = { send: async (message: Message) => void mails.push(message) };
  const host = createHost({ store, mailer, now: () => clock.now });
  await using engine = await AccessEngine.open({ project, host, administrators: [ADMINISTRATOR] });
  await work?.(engine);
  await engine.deliver();
  return { commits: await store.load(0, ALL), mails };
}
