import type { AccessStore } from "../../host.js";
import type { OutboxState } from "../../stores/outbox.js";
import type { Commit, Subject } from "../../types.js";
import { type Command, readingHost, written } from "../run.js";
import { counted, size, table, time } from "../words.js";

export const stats: Command = {
  summary: "shows what is in the record, and what is left to deliver",
  details: "It reads the whole record: the size is that of its commits as NDJSON, without indexes, outbox and snapshots.",
  example: "",

  async run(run) {
    const { store } = await run.open();
    const progress = await run.progress("reading", store);
    const tally = new Tally();
    // Without its snapshot: of what is before it nothing would be read.
    const counting = {
      async load(afterVersion: number, limit: number) {
        const commits = await store.load(afterVersion, limit);
        for (const commit of commits) tally.add(commit);
        return commits;
      },
    };
    try {
      return await run.withEngine(readingHost(counting, run, progress), async (engine) => {
        const [requests, grants] = [engine.requests("host", { limit: 1 }).counts, engine.grants("host", { limit: 1 }).counts];
        const nextWakeAt = engine.nextWakeAt();
        const head = engine.head();
        const { bytes, accounts, people, last } = tally;
        const policies = engine.policies("host", { limit: 1 }).total;
        const permissions = engine.permissions("host", { limit: 1 }).total;
        const outbox = await messages(store);
        const counts = { accounts, people, policies, permissions, requests, grants };
        const data = {
          project: run.project,
          commits: engine.version,
          bytes,
          head,
          lastCommitAt: last,
          ...counts,
          ...outbox,
          ...(nextWakeAt === undefined ? {} : { nextWakeAt }),
        };
        const text = table([
          ["commits", `${engine.version.toLocaleString("en")}, ${size(bytes)}, the last at ${time(last)}`],
          ["head", written(head)],
          ["people", `${people.toLocaleString("en")} with ${counted(accounts, "account")}`],
          ["policies", `${policies}, and ${counted(permissions, "standing permission")}`],
          ["requests", `${requests.pending} open`],
          ["grants", `${grants.live} live, ${grants.scheduled} to begin`],
          ["messages", outbox ? `${outbox.undelivered} to be delivered, ${outbox.deadLetters} given up` : "the store keeps no outbox"],
          ["due", nextWakeAt === undefined ? "nothing" : `from ${time(nextWakeAt)}`],
        ]);
        return { data, text };
      });
    } finally {
      progress.end();
    }
  },
};

/** How many messages wait and how many were given up; nothing where the store does not say. */
async function messages(store: AccessStore): Promise<{ undelivered: number; deadLetters: number } | undefined> {
  const count = async (state: OutboxState): Promise<number> => (await store.outbox?.({ state, limit: Number.MAX_SAFE_INTEGER }))?.length ?? 0;
  return store.outbox && { undelivered: await count("waiting"), deadLetters: await count("failed") };
}

/** What is counted of commits. */
class Tally {
  bytes = 0;
  last = 0;
  readonly #subjects = new Map<string, Subject>();

  add(commit: Commit): void {
    this.bytes += Buffer.byteLength(JSON.stringify(commit)) + 1;
    this.last = commit.at;
    for (const event of commit.events) {
      if (event.type === "projectCreated") for (const subject of event.administrators) this.#subjects.set(subject.id, subject);
      if (event.type === "subjectUpserted") this.#subjects.set(event.subject.id, event.subject);
      if (event.type === "subjectRemoved") this.#subjects.delete(event.subjectId);
    }
  }

  get accounts(): number {
    return this.#subjects.size;
  }

  /** How many human beings these are the accounts of. */
  get people(): number {
    const users = [...this.#subjects.values()].filter(({ type }) => type === "user");
    return new Set(users.map(({ id, person }) => person ?? id)).size;
  }
}
