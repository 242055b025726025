import type { AccessStore } from "../host.js";
import type { Commit } from "../types.js";
import { equal, rejectsWithConflict } from "./expect.js";
import { commit, head, notice, snapshot } from "./samples.js";

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
    name: "appended notices are undelivered, in order",
    async run(record) {
      const store = await withOutbox(record);
      equal(await store.undelivered(), []);
      await appendAll(store, 11);
      const all = upTo(11).flatMap((stored) => stored.notices);
      equal(await store.undelivered(), all);
    },
  },
  {
    name: "a notice is undelivered to those for whom it is not settled, however often it is settled for the others",
    async run(record) {
      const store = await withOutbox(record);
      await appendAll(store, 2);
      const ada = { noticeId: "ntc_1_0", recipientId: "ada" };
      await store.settle(ada);
      await store.settle({ noticeId: "ntc_2_1", recipientId: "ada", dropped: "over" });
      await store.settle({ noticeId: "ntc_2_1", recipientId: "alan", dropped: "no_address" });
      await store.settle(ada);
      await store.settle({ ...ada, dropped: "over" });
      const left = [{ ...notice(1, 0), to: ["alan"] }, notice(1, 1), notice(2, 0)];
      equal(await store.undelivered(), left);
      equal(await (await withOutbox(record)).undelivered(), left);
      await store.settle({ ...ada, recipientId: "alan" });
      equal(await store.undelivered(), left.slice(1));
    },
  },
  {
    name: "settling a notice that was never appended, or for nobody that it is to, changes nothing",
    async run(record) {
      const store = await withOutbox(record);
      await appendAll(store, 1);
      await store.settle({ noticeId: "ntc_7_0", recipientId: "ada" });
      await store.settle({ noticeId: "ntc_1_0", recipientId: "eve" });
      equal(await store.undelivered(), upTo(1)[0]?.notices);
    },
  },
  {
    name: "an append that is a conflict leaves no notices",
    async run(record) {
      const store = await withOutbox(record);
      await store.append(commit(1), head(0));
      await rejectsWithConflict(store.append({ ...commit(2), version: 1 }, head(0)));
      equal(await store.undelivered(), commit(1).notices);
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

/** A store without an outbox is tried as if every notice were delivered by hand: such a store has no such cases. */
async function withOutbox(record: StoreUnderTest): Promise<StoreWithOutbox> {
  const store = await record.connect();
  if (!store.undelivered || !store.settle) throw new Error("this store keeps no outbox: leave its cases out");
  return store as StoreWithOutbox;
}

/** A store that keeps no snapshots has no such cases. */
async function withSnapshots(record: StoreUnderTest): Promise<AccessStore & Required<Pick<AccessStore, "snapshot" | "saveSnapshot">>> {
  const store = await record.connect();
  if (!store.snapshot || !store.saveSnapshot) throw new Error("this store keeps no snapshots: leave its cases out");
  return store as AccessStore & Required<Pick<AccessStore, "snapshot" | "saveSnapshot">>;
}

type StoreWithOutbox = AccessStore & Required<Pick<AccessStore, "undelivered" | "settle">>;
