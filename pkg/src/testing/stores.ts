import type { AccessStore } from "../host.js";
import type { Claimed, Commit, Settlement, Sought } from "../types.js";
import { equal, rejectsWithConflict } from "./expect.js";
import { commit, head, notice, snapshot, story } from "./samples.js";

/** A store to be tried: one record, empty at first. */
export interface StoreUnderTest {
  /** Connects to the record; called again, it connects again, as another server or another tab would. */
  connect(): Promise<AccessStore>;
}

/** One thing that every store does. It throws where this one does not. */
export interface StoreCase {
  /** What the store does, as a sentence. */
  name: string;
  /** Tries it on an empty record. */
  run(record: StoreUnderTest): Promise<void>;
}

/** More than any record here has. */
const ALL = 100;

/** What every store does: run each case on an empty record of its own, against the real thing. */
export const storeCases: readonly StoreCase[] = [
  {
    name: "an empty record has no commits",
    async run(record) {
      const store = await record.connect();
      equal(await store.load(0, ALL), []);
    },
  },
  {
    name: "commits come back in order, exactly as they were appended",
    async run(record) {
      const store = await record.connect();
      await appendAll(store, 12);
      equal(await store.load(0, ALL), upTo(12));
    },
  },
  {
    name: "only commits after a version are loaded",
    async run(record) {
      const store = await record.connect();
      await appendAll(store, 3);
      equal(await store.load(2, ALL), [commit(3)]);
      equal(await store.load(3, ALL), []);
      equal(await store.load(99, ALL), []);
    },
  },
  {
    name: "no more commits are loaded than asked for",
    async run(record) {
      const store = await record.connect();
      await appendAll(store, 5);
      equal(await store.load(0, 2), upTo(2));
      equal(await store.load(2, 2), [commit(3), commit(4)]);
      equal(await store.load(4, 2), [commit(5)]);
      equal(await store.load(0, 5), upTo(5));
    },
  },
  {
    name: "an append that expects an older version is a conflict and writes nothing",
    async run(record) {
      const store = await record.connect();
      await appendAll(store, 2);
      await rejectsWithConflict(store.append(commit(2), head(1)));
      await rejectsWithConflict(store.append(commit(1), head(0)));
      equal(await store.load(0, ALL), upTo(2));
    },
  },
  {
    name: "an append that expects a newer version is a conflict and writes nothing",
    async run(record) {
      const store = await record.connect();
      await rejectsWithConflict(store.append(commit(2), head(1)));
      equal(await store.load(0, ALL), []);
      await store.append(commit(1), head(0));
      equal(await store.load(0, ALL), upTo(1));
    },
  },
  {
    name: "an append that expects another commit of the right version is a conflict and writes nothing",
    async run(record) {
      const store = await record.connect();
      await appendAll(store, 2);
      await rejectsWithConflict(store.append(commit(3), { ...head(2), hash: "f".repeat(64) }));
      equal(await store.load(0, ALL), upTo(2));
      await store.append(commit(3), head(2));
      equal(await store.load(0, ALL), upTo(3));
    },
  },
  {
    name: "of racing appends exactly one wins",
    async run(record) {
      const stores = await Promise.all(Array.from({ length: 8 }, () => record.connect()));
      for (let version = 1; version <= 5; version += 1) {
        const races = stores.map((store) => store.append(commit(version), head(version - 1)));
        // oxlint-disable-next-line no-await-in-loop -- one race after the other
        const results = await Promise.allSettled(races);
        const lost = results.filter((result) => result.status === "rejected");
        equal(lost.length, stores.length - 1);
        // oxlint-disable-next-line no-await-in-loop
        await Promise.all(lost.map((result) => rejectsWithConflict(Promise.reject(result.reason))));
      }
      equal(await stores[0]?.load(0, ALL), upTo(5));
    },
  },
  {
    name: "a record is there when it is connected to again",
    async run(record) {
      await appendAll(await record.connect(), 2);
      const again = await record.connect();
      equal(await again.load(0, ALL), upTo(2));
      await again.append(commit(3), head(2));
      equal(await (await record.connect()).load(0, ALL), upTo(3));
    },
  },
  {
    name: "what was given and what was handed out may be changed without changing the record",
    async run(record) {
      const store = await record.connect();
      const given = commit(1);
      await store.append(given, head(0));
      given.events.length = 0;
      const [handedOut] = await store.load(0, ALL);
      handedOut?.notices.splice(0);
      equal(await store.load(0, ALL), upTo(1));
    },
  },
  {
    name: "unusual texts and names of properties come back as they were",
    async run(record) {
      const store = await record.connect();
      const odd = commit(1, oddSubject);
      await store.append(odd, head(0));
      equal(await store.load(0, ALL), [odd]);
    },
  },
  {
    name: "a commit of a megabyte is kept",
    async run(record) {
      const store = await record.connect();
      const large = commit(1, { properties: { text: "ä".repeat(1 << 20) } });
      await store.append(large, head(0));
      equal(await store.load(0, ALL), [large]);
    },
  },
  {
    name: "what is erased is gone from all commits, and nothing else",
    async run(record) {
      const store = await record.connect();
      if (!store.erase) throw new Error("this store cannot erase: leave its case out");
      await appendAll(store, 4);
      await store.erase({ subjectId: "dev-2", upTo: 3 });
      await store.erase({ subjectId: "dev-2", upTo: 3 });
      await store.erase({ subjectId: "eve", upTo: 4 });
      const left = upTo(4);
      for (const { version, texts = {} } of left) {
        delete texts["d".repeat(64)];
        if (version <= 3) delete texts["b".repeat(64)];
        if (version === 2) delete texts["a".repeat(64)];
      }
      equal(await store.load(0, ALL), left);
      equal(await (await record.connect()).load(0, ALL), left);
      await store.append(commit(5), head(4));
    },
  },
  {
    name: "the newest snapshot comes back as it was saved",
    async run(record) {
      const store = await withSnapshots(record);
      equal(await store.snapshot(), undefined);
      await appendAll(store, 3);
      await store.saveSnapshot(snapshot(2));
      equal(await store.snapshot(), snapshot(2));
      await store.saveSnapshot(snapshot(3));
      await store.saveSnapshot(snapshot(1));
      equal(await store.snapshot(), snapshot(3));
      equal(await (await withSnapshots(record)).snapshot(), snapshot(3));
      equal(await store.load(0, ALL), upTo(3));
    },
  },
  {
    name: "an erasure throws snapshots away",
    async run(record) {
      const store = await withSnapshots(record);
      if (!store.erase) throw new Error("this store cannot erase: leave its case out");
      await appendAll(store, 2);
      await store.saveSnapshot(snapshot(2));
      await store.erase({ subjectId: "eve", upTo: 1 });
      equal(await store.snapshot(), undefined);
    },
  },
  {
    name: "a snapshot of before an erasure is not kept",
    async run(record) {
      const store = await withSnapshots(record);
      await appendAll(store, 2);
      const erased = { type: "subjectErased", subjectId: "eve", upTo: 2 };
      await store.append({ ...commit(3), events: [erased as Commit["events"][number]] }, head(2));
      await store.saveSnapshot(snapshot(2));
      equal(await store.snapshot(), undefined);
      await store.saveSnapshot(snapshot(3));
      equal(await store.snapshot(), snapshot(3));
    },
  },
  {
    name: "messages are claimed once, in order, one a recipient at a time",
    async run(record) {
      const store = await withOutbox(record);
      equal(await claim(store), []);
      await appendAll(store, 2);
      for (const id of ["ntc_1_0", "ntc_1_1", "ntc_2_0", "ntc_2_1"]) {
        // oxlint-disable no-await-in-loop -- one after the other
        equal(await claim(store, { limit: 1 }), [first(id, "ada")]);
        equal(await claim(await withOutbox(record)), [first(id, "alan")]);
        equal(await claim(store), []);
        await store.settle(sent(id, "ada"));
        await store.settle(sent(id, "alan"));
        // oxlint-enable no-await-in-loop
      }
      equal(await claim(store), []);
    },
  },
  {
    name: "of racing claims each message goes to one",
    async run(record) {
      const stores = await Promise.all(Array.from({ length: 4 }, () => withOutbox(record)));
      await appendAll(await record.connect(), 3);
      const claimed = (await Promise.all(stores.map((store) => claim(store)))).flat();
      const keys = claimed.map(({ noticeId, recipientId }) => `${noticeId} ${recipientId}`);
      equal(new Set(keys).size, keys.length);
      equal([...new Set(claimed.map(({ recipientId }) => recipientId))].toSorted(), ["ada", "alan"]);
    },
  },
  {
    name: "a message that was claimed and not settled is due again when its lease is over",
    async run(record) {
      const store = await withOutbox(record);
      await store.append({ ...commit(1), notices: [notice(1, 0)] }, head(0));
      equal(await claim(store, { limit: 1, leaseSeconds: 1 }), [first("ntc_1_0", "ada")]);
      equal(await claim(store), [first("ntc_1_0", "alan")]);
      await aSecond();
      equal(await claim(store), [{ ...first("ntc_1_0", "ada"), attempt: 2 }]);
      // The sender of before says so too late, and what it has sent is sent.
      await store.settle(failed("ntc_1_0", "ada", {}));
      equal(await claim(store), []);
      await store.settle(sent("ntc_1_0", "ada"));
      await aSecond();
      equal(await claim(store), []);
    },
  },
  {
    name: "a message that has failed is due again in its time, or when all are tried again",
    async run(record) {
      const store = await withOutbox(record);
      await store.append({ ...commit(1), notices: [notice(1, 0)] }, head(0));
      await claim(store);
      await store.settle(failed("ntc_1_0", "ada", { retryAfterSeconds: 1 }));
      await store.settle(failed("ntc_1_0", "alan", {}));
      equal(await claim(store), []);
      await aSecond();
      equal(await claim(store), [{ ...first("ntc_1_0", "ada"), attempt: 2 }]);
      await aSecond();
      await store.retry(Date.now());
      equal(await claim(store), [first("ntc_1_0", "alan")]);
      await store.settle(sent("ntc_1_0", "alan"));
      await store.retry(Date.now());
      equal(await claim(store), []);
    },
  },
  {
    name: "what became of a message first is what became of it",
    async run(record) {
      const store = await withOutbox(record);
      await appendAll(store, 1);
      await claim(store);
      await store.settle({ ...sent("ntc_1_0", "ada"), dropped: "over" });
      await store.settle(sent("ntc_1_0", "ada"));
      await store.settle(failed("ntc_1_0", "ada", { retryAfterSeconds: 0 }));
      await store.settle(sent("ntc_7_0", "ada"));
      await store.settle(sent("ntc_1_0", "eve"));
      equal(await claim(store), [first("ntc_1_1", "ada")]);
    },
  },
  {
    name: "commits are found by what they are about, by whom and when",
    async run(record) {
      const store = await record.connect();
      const { find } = store;
      if (!find) throw new Error("this store keeps no index: leave its case out");
      const found = (by: Partial<Sought>): Promise<number[]> => find.call(store, { first: 1, last: 6, newestFirst: false, limit: ALL, ...by });
      // oxlint-disable-next-line no-await-in-loop -- each expects the one before
      for (const told of story()) await store.append(told, head(told.version - 1));
      equal(await found({}), [1, 2, 3, 4, 5, 6]);
      // A grant is its request's affair.
      equal(await found({ about: "req_2_0" }), [2, 3, 5]);
      equal(await found({ about: "grt_3_0" }), [3, 5]);
      equal(await found({ about: "pol_1_0" }), [1]);
      equal(await found({ about: "req_4_0" }), [4, 6]);
      equal(await found({ about: "req_9_0" }), []);
      equal(await found({ by: "dev" }), [2, 6]);
      equal(await found({ by: "req_2_0" }), []);
      equal(await found({ person: "dev" }), [2, 3]);
      equal(await found({ about: "req_2_0", by: "sam" }), [3]);
      // What a tick finds happened before.
      const { at } = commit(0);
      equal(await found({ until: at + 4 }), [1, 2, 3, 5]);
      equal(await found({ from: at + 4 }), [4, 5, 6]);
      equal(await found({ from: at + 2, until: at + 3 }), [2, 5]);
      equal(await found({ first: 2, last: 4 }), [2, 3, 4]);
      equal(await found({ limit: 2 }), [1, 2]);
      equal((await found({ limit: 2, newestFirst: true })).toSorted(), [5, 6]);
      equal((await found({ about: "req_2_0", limit: 1, newestFirst: true })), [5]);
    },
  },
  {
    name: "the outbox shows how each message stands",
    async run(record) {
      const store = await withOutbox(record);
      if (!store.outbox) throw new Error("this store does not show its outbox: leave its case out");
      await appendAll(store, 2);
      await claim(store);
      await store.settle(sent("ntc_1_0", "ada"));
      await store.settle({ ...sent("ntc_1_0", "alan"), dropped: "no_address" });
      await claim(store);
      await store.settle(failed("ntc_1_1", "ada", {}));
      await store.settle(failed("ntc_1_1", "alan", { retryAfterSeconds: 3600 }));
      const [shown, left] = [await store.outbox(), (await store.outbox({ state: "waiting" })).length];
      equal(shown.slice(0, 5).map((it) => [it.noticeId, it.recipientId, it.state, it.attempts, it.dropped ?? it.problem ?? ""]), [
        ["ntc_1_0", "ada", "sent", 1, ""],
        ["ntc_1_0", "alan", "dropped", 1, "no_address"],
        ["ntc_1_1", "ada", "failed", 1, "no connection"],
        ["ntc_1_1", "alan", "waiting", 1, "no connection"],
        ["ntc_2_0", "ada", "waiting", 0, ""],
      ]);
      equal([shown.length, left], [8, 5]);
      equal(await store.outbox({ state: "failed" }), [shown[2]]);
      equal(await store.outbox({ state: "waiting", limit: 1 }), [shown[3]]);
      if (!store.erase) return;
      // What a mail server says may name an address.
      await store.erase({ subjectId: "alan", upTo: 2 });
      equal((await store.outbox()).map(({ problem }) => problem), [undefined, undefined, "no connection", ...Array(5).fill(undefined)]);
    },
  },
  {
    name: "an append that is a conflict leaves no messages",
    async run(record) {
      const store = await withOutbox(record);
      await store.append(commit(1), head(0));
      await rejectsWithConflict(store.append({ ...commit(2), version: 1 }, head(0)));
      for (const id of ["ntc_1_0", "ntc_1_1"]) {
        // oxlint-disable no-await-in-loop -- one after the other
        equal(await claim(store), [first(id, "ada"), first(id, "alan")]);
        await store.settle(sent(id, "ada"));
        await store.settle(sent(id, "alan"));
        // oxlint-enable no-await-in-loop
      }
      equal(await claim(store), []);
    },
  },
  {
    name: "whoever listens is told of what others append, and only while listening",
    async run(record) {
      const [store, other] = [await record.connect(), await record.connect()];
      if (!store.onChange) throw new Error("this store cannot tell of changes: leave its case out");
      const told: true[] = [];
      const end = await store.onChange(() => told.push(true));
      await other.append(commit(1), head(0));
      for (let looks = 0; told.length === 0; looks += 1) {
        if (looks === 10) throw new Error("nobody is told");
        // oxlint-disable-next-line no-await-in-loop -- one look after the other
        await aSecond();
      }
      equal(await store.load(0, ALL), upTo(1));
      end();
      const before = told.length;
      await other.append(commit(2), head(1));
      await aSecond();
      equal(told.length, before);
    },
  },
];

const oddSubject = {
  name: "Zoë “👩‍🚒” \u2028\u2029 ʼn '; drop table commits; -- \\ \" \t\n",
  properties: JSON.parse('{"__proto__": ["kept"], "constructor": true, "": 9007199254740991, "$ref": "a.b"}') as {},
};

async function appendAll(store: AccessStore, count: number): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- each expects the one before
  for (let version = 1; version <= count; version += 1) await store.append(commit(version), head(version - 1));
}

function upTo(version: number): Commit[] {
  return Array.from({ length: version }, (_, index) => commit(index + 1));
}

/** A store without an outbox has no such cases. */
async function withOutbox(record: StoreUnderTest): Promise<StoreWithOutbox> {
  const store = await record.connect();
  if (!store.claim || !store.settle || !store.retry) throw new Error("this store keeps no outbox: leave its cases out");
  return store as StoreWithOutbox;
}

/** A store that keeps no snapshots has no such cases. */
async function withSnapshots(record: StoreUnderTest): Promise<AccessStore & Required<Pick<AccessStore, "snapshot" | "saveSnapshot">>> {
  const store = await record.connect();
  if (!store.snapshot || !store.saveSnapshot) throw new Error("this store keeps no snapshots: leave its cases out");
  return store as AccessStore & Required<Pick<AccessStore, "snapshot" | "saveSnapshot">>;
}

type StoreWithOutbox = AccessStore & Required<Pick<AccessStore, "claim" | "settle" | "retry">>;

/** Claims as of now: a store may go by a clock of its own. */
function claim(store: StoreWithOutbox, options: { limit?: number; leaseSeconds?: number } = {}): Promise<Claimed[]> {
  return store.claim({ limit: 16, leaseSeconds: 60, at: Date.now(), ...options });
}

const first = (noticeId: string, recipientId: string): Claimed => ({ noticeId, recipientId, attempt: 1 });

const sent = (noticeId: string, recipientId: string): Settlement => ({ ...first(noticeId, recipientId), at: Date.now() });

function failed(noticeId: string, recipientId: string, again: { retryAfterSeconds?: number }): Settlement {
  return { ...sent(noticeId, recipientId), failed: { problem: "no connection", ...again } };
}

/** A little more than a second, the shortest time that a store is given. */
function aSecond(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 1050));
}
