/**
 * A record in an SQLite file, in Node: nothing to install beside the library `@libsql/client`.
 *
 * @module access-engine/stores/sqlite
 */
import type { Client, InStatement, ResultSet } from "@libsql/client";
import type { AccessStore } from "../host.js";
import type { Commit, Head, Snapshot } from "../types.js";
import { ConflictError } from "../error.js";
import { checkPart, checkProject, known } from "../reading.js";
import { withoutTextsOf } from "./erasing.js";
import { keptOf, shown, SHOWN, STATES } from "./outbox.js";
import { COLUMNS, kept, type Report, reportOf } from "./report.js";

/** What a store in SQLite needs. */
export interface SqliteStoreOptions {
  /** The file, opened by `createClient({ url: "file:access.db" })` for this store alone; the caller closes it. */
  client: Client;
  /** The project whose record it is; a file may have many. */
  project: string;
}

/** A record in an SQLite file, which any number of processes on one machine may share. */
export interface SqliteStore extends Required<AccessStore> {}

/**
 * Opens the record of a project in an SQLite file, and makes or migrates the tables where they are missing or older.
 *
 * A commit and its notices are on disk when `append` is done. Beside them `access_requests` and `access_grants` are kept in
 * the same transaction, a row each, for whoever reports by SQL; times are in milliseconds since 1970.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { client, project } = known(options, "client", "project");
  checkPart(client, "client", ["execute", "batch"], 'give `createClient({ url: "file:access.db" })`');
  checkProject(project);
  const file = await connected(client);
  await migrate(file);

  const all = async (sql: string, ...args: (string | number)[]): Promise<ResultSet["rows"]> =>
    (await file.execute({ sql, args: [project, ...args] })).rows;

  async function head(): Promise<Head | undefined> {
    const [last] = await all("select version, hash from access_commits where project = ? order by version desc limit 1");
    return last && { version: Number(last["version"]), hash: String(last["hash"]) };
  }

  return {
    async load(afterVersion, limit) {
      const rows = await all("select data from access_commits where project = ? and version > ? order by version limit ?", afterVersion, limit);
      return rows.map((row) => JSON.parse(String(row["data"])) as Commit);
    },

    async append(commit, expected) {
      const { version, hash, at } = commit;
      const data = JSON.stringify(commit);
      const [written] = await file.batch([
        { sql: ADD_COMMIT, args: { project, version, hash, at, data, afterVersion: expected.version, afterHash: expected.hash } },
        ...(commit.notices.length > 0 ? [{ sql: ADD_NOTICES, args: { project, version, hash, data, at } }] : []),
        ...stated(project, commit),
      ]);
      if (written?.rowsAffected !== 1) throw new ConflictError(expected, await head());
    },

    async claim({ limit, leaseSeconds, at }) {
      const { rows } = await file.execute({ sql: CLAIM, args: { project, limit, at, until: at + 1000 * leaseSeconds } });
      const inOrder = rows.toSorted((one, other) => Number(one["version"]) - Number(other["version"]) || Number(one["place"]) - Number(other["place"]));
      return inOrder.map((row) => ({ noticeId: String(row["notice_id"]), recipientId: String(row["recipient"]), attempt: Number(row["attempts"]) }));
    },

    async settle({ noticeId, recipientId, attempt, at, dropped = null, failed }) {
      const message = "where project = :project and notice_id = :noticeId and recipient = :recipientId and settled_at is null";
      const key = { project, noticeId, recipientId };
      if (failed === undefined) {
        const sql = `update access_outbox set settled_at = :at, dropped = :dropped, due_at = null, held_until = null, problem = null ${message}`;
        await file.execute({ sql, args: { ...key, at, dropped } });
      } else {
        const { problem, retryAfterSeconds } = failed;
        const dueAt = retryAfterSeconds === undefined ? null : at + 1000 * retryAfterSeconds;
        const sql = `update access_outbox set held_until = null, problem = :problem, due_at = :dueAt ${message} and attempts = :attempt`;
        await file.execute({ sql, args: { ...key, attempt, problem, dueAt } });
      }
    },

    async retry(at) {
      const sql = `update access_outbox set attempts = 0, due_at = :at
        where project = :project and settled_at is null and coalesce(held_until <= :at, true)`;
      await file.execute({ sql, args: { project, at } });
    },

    async erase({ subjectId, upTo }) {
      await file.execute({ sql: "delete from access_snapshots where project = ?", args: [project] });
      const problems = "update access_outbox set problem = null where project = ? and recipient = ? and problem is not null";
      await file.execute({ sql: problems, args: [project, subjectId] });
      const written = `select version, data from access_commits c where project = ? and version > ? and exists (
        select 1 from json_each(c.data, '$.texts') text, json_each(text.value, '$.of') owner where owner.key = ? and owner.value <= ?
      ) order by version limit 100`;
      let [after, rows] = [0, await all(written, 0, subjectId, upTo)];
      while (rows.length > 0) {
        const updates = rows.flatMap(({ version, data }): InStatement[] => {
          const left = withoutTextsOf(subjectId, upTo, JSON.parse(String(data)) as Commit);
          // Unless another erasure was faster: then it is looked at once more.
          const sql = "update access_commits set data = ? where project = ? and version = ? and data = ?";
          return left ? [{ sql, args: [JSON.stringify(left), project, Number(version), String(data)] }] : [];
        });
        // oxlint-disable no-await-in-loop -- page by page
        const results = await file.batch(updates);
        if (results.every(({ rowsAffected }) => rowsAffected > 0)) after = Number(rows.at(-1)?.["version"]);
        rows = await all(written, after, subjectId, upTo);
        // oxlint-enable no-await-in-loop
      }
    },

    async snapshot() {
      const [row] = await all("select version, hash, digest, data from access_snapshots where project = ? order by version desc limit 1");
      if (!row) return undefined;
      const data = new Uint8Array(row["data"] as ArrayBuffer);
      return { version: Number(row["version"]), hash: String(row["hash"]), digest: String(row["digest"]), data };
    },

    async saveSnapshot({ version, hash, digest, data }: Snapshot) {
      await file.batch([
        {
          sql: "insert or replace into access_snapshots (project, version, hash, digest, data) values (?, ?, ?, ?, ?)",
          args: [project, version, hash, digest, data],
        },
        {
          sql: "delete from access_snapshots where project = ?1 and version < (select max(version) from access_snapshots where project = ?1)",
          args: [project],
        },
      ]);
    },

    async onChange(listener) {
      let seen = (await head())?.version ?? 0;
      const timer = setInterval(async () => {
        // Where it cannot be read now, it can later.
        const version = (await head().catch(() => undefined))?.version ?? 0;
        if (version <= seen) return;
        seen = version;
        listener(version);
      }, LOOKS_AFTER);
      (timer as { unref?(): void }).unref?.();
      return () => clearInterval(timer);
    },

    async outbox({ state, limit = SHOWN } = {}) {
      const rows = await all(
        `select notice_id, recipient, attempts, due_at, settled_at, dropped, problem from access_outbox
        where project = ? and ${state === undefined ? "true" : STATES[state]} order by version, place, recipient limit ?`,
        limit,
      );
      return rows.map((row) => shown(keptOf(row)));
    },
  };
}

/** Claims messages: of those that are due and nobody has, one a recipient. */
const CLAIM = `
  update access_outbox set attempts = attempts + 1, due_at = :until, held_until = :until
  where project = :project and (version, place, recipient) in (
    select version, place, recipient from (
      select version, place, recipient, due_at, row_number() over (partition by recipient order by due_at, version, place) as nth
      from (
        select version, place, recipient, due_at from access_outbox message
        where project = :project and due_at <= :at and not exists (
          select 1 from access_outbox other where other.project = :project and other.recipient = message.recipient and other.held_until > :at)
        order by due_at, version, place limit 4 * :limit))
    where nth = 1 order by due_at, version, place limit :limit)
  returning version, place, notice_id, recipient, attempts`;

/** Whether the record ends with the commit that is expected. Of an empty one only the version is. */
const IS_THE_END = `:version = :afterVersion + 1
  and not exists (select 1 from access_commits where project = :project and version > :afterVersion)
  and (:afterVersion = 0
    or exists (select 1 from access_commits where project = :project and (version, hash) = (:afterVersion, :afterHash)))`;

/** Writes nothing where the record has another end. */
const ADD_COMMIT = `
  insert into access_commits (project, version, hash, at, data, after_version, after_hash)
  select :project, :version, :hash, :at, :data, :afterVersion, :afterHash where ${IS_THE_END}`;

/** What goes with a commit is written if that was. */
const IS_WRITTEN = "exists (select 1 from access_commits where project = :project and (version, hash) = (:version, :hash))";

/** A row a recipient: the notice itself is in its commit. */
const ADD_NOTICES = `
  insert or ignore into access_outbox (project, version, place, recipient, notice_id, due_at)
  select :project, :version, notice.key, recipient.value, json_extract(notice.value, '$.id'), :at
  from json_each(:data, '$.notices') notice, json_each(notice.value, '$.to') recipient where ${IS_WRITTEN}`;

/** Writes what a commit states into the tables for reports. */
function stated(project: string, commit: Commit): InStatement[] {
  const report = reportOf(commit);
  const { version, hash } = commit;
  const tables = Object.keys(COLUMNS) as (keyof Report)[];
  return tables
    .filter((table) => report[table].length > 0)
    .map((table) => {
      const columns = Object.values(COLUMNS[table]).flat();
      return {
        sql: `insert into ${table} (project, id, ${columns.join(", ")})
          select :project, row.value ->> 'id', ${columns.map((column) => `row.value ->> '${column}'`).join(", ")}
          from json_each(:rows) row where ${IS_WRITTEN}
          on conflict (project, id) do update set ${columns.map((column) => `${column} = ${kept(table, column)}`).join(", ")}`,
        args: { project, version, hash, rows: JSON.stringify(report[table]) },
      };
    });
}

const NOT_THE_END = "access_engine: not the end of the record";

/** Of each version of the tables, what makes it of the one before. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table access_commits (
      project text not null, version integer not null, hash text not null, at integer not null, data text not null,
      after_version integer not null, after_hash text not null, primary key (project, version)
    ) strict`,
    // Whoever writes beside this store: the record grows at its end.
    `create trigger access_commits_follow before insert on access_commits begin
      select raise(abort, '${NOT_THE_END}') where new.version <> new.after_version + 1
        or exists (select 1 from access_commits where project = new.project and version > new.after_version)
        or new.after_version > 0 and not exists (
          select 1 from access_commits where project = new.project and (version, hash) = (new.after_version, new.after_hash));
    end`,
    `create table access_outbox (
      project text not null, version integer not null, place integer not null, recipient text not null,
      notice_id text not null, attempts integer not null default 0, due_at integer, held_until integer,
      settled_at integer, dropped text, problem text, primary key (project, version, place, recipient)
    ) strict, without rowid`,
    "create index access_outbox_due on access_outbox (project, due_at, version, place) where due_at is not null",
    "create index access_outbox_held on access_outbox (project, recipient) where held_until is not null",
    "create index access_outbox_left on access_outbox (project, version, place) where settled_at is null",
    "create unique index access_outbox_notice on access_outbox (project, notice_id, recipient)",
    `create table access_snapshots (
      project text not null, version integer not null, hash text not null, digest text not null, data blob not null,
      primary key (project, version)
    ) strict`,
    ...(Object.keys(COLUMNS) as (keyof Report)[]).map((table) => {
      const { text, number, time } = COLUMNS[table];
      const columns = [...text.map((column) => `${column} text`), ...[...number, ...time].map((column) => `${column} integer`)];
      return `create table ${table} (project text not null, id text not null, ${columns.join(", ")}, primary key (project, id)) strict`;
    }),
    "create index access_requests_requester on access_requests (project, requester, made_at)",
    "create index access_grants_holder on access_grants (project, holder, starts_at)",
  ],
];

/** Brings the tables to the newest version, each step whole or not at all; two that begin at once do it once. */
async function migrate(file: File): Promise<void> {
  // Readers and a writer are not in each other's way then.
  await file.execute("pragma journal_mode = wal");
  await file.execute("create table if not exists access_schema (version integer not null) strict");
  const version = async (): Promise<number> =>
    Number((await file.execute("select coalesce(max(version), 0) as version from access_schema")).rows[0]?.["version"]);
  let before = await version();
  while (before < MIGRATIONS.length) {
    const steps = MIGRATIONS[before] ?? [];
    // oxlint-disable no-await-in-loop -- one version after the other
    try {
      await file.batch([...steps, { sql: "insert into access_schema (version) values (?)", args: [before + 1] }]);
    } catch (error) {
      // Somebody else was faster.
      if ((await version()) === before) throw error;
    }
    before = await version();
    // oxlint-enable no-await-in-loop
  }
  if (before > MIGRATIONS.length) {
    throw new Error(`the file has tables of version ${before}, and this package knows ${MIGRATIONS.length}: install a newer one`);
  }
}

type File = Pick<Client, "execute"> & { batch(statements: InStatement[]): Promise<ResultSet[]> };

/** How often a file is looked at for commits of others, in milliseconds: the last version is found by an index. */
const LOOKS_AFTER = 200;

/** How long a statement waits while another process writes, in milliseconds: a commit takes a few. */
const PATIENCE = 5000;

/**
 * One connection of the client, as far as nobody else uses it: one call after the other. It waits for other processes; a
 * connection that was refused all the same can do nothing more, and is replaced.
 */
async function connected(client: Client): Promise<File> {
  const prepare = (): Promise<void> => client.executeMultiple(`pragma busy_timeout = ${PATIENCE}`);
  await prepare();
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(call: () => Promise<T>): Promise<T> {
    const result = last.then(call).catch(async (error: unknown) => {
      if (isBusy(error)) {
        await client.reconnect();
        await prepare();
      }
      throw error;
    });
    last = result.catch(() => {});
    return result;
  }
  return {
    execute: (statement: InStatement) => inTurn(() => client.execute(statement)),
    batch: (statements) => inTurn(() => client.batch(statements, "write")),
  };
}

function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith("SQLITE_BUSY");
}
