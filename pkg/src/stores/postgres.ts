/**
 * A record in PostgreSQL, for any number of servers, by the library `pg`; also through PgBouncer in transaction mode.
 *
 * @module access-engine/stores/postgres
 */
import type { AccessStore } from "../host.js";
import type { Commit, Head, Snapshot } from "../types.js";
import { ConflictError } from "../error.js";
import { checkPart, checkProject, known } from "../reading.js";
import { eraseByPage } from "./erasing.js";
import { keptOf, shown, SHOWN, STATES } from "./outbox.js";
import { COLUMNS, kept, type Report, reportOf, TABLES } from "./report.js";
import { earliestOf, keysOf, marksOf } from "./sought.js";

/** What is used of a connection of `pg`. */
export interface PostgresConnection {
  /** Runs a statement, or several without values. */
  // oxlint-disable-next-line typescript/no-explicit-any -- as `pg` has it
  query(text: string, values?: unknown[]): Promise<{ rows: any[]; rowCount: number | null }>;
}

/** What is used of a `Pool` of `pg`. */
export interface PostgresPool extends PostgresConnection {
  /** Takes a connection, until it is released. */
  connect(): Promise<PostgresConnection & { release(error?: boolean): void }>;
}

/** What is used of a `Pool` that listens. */
export interface PostgresListenPool {
  /** Takes a connection, until it is released. */
  connect(): Promise<PostgresListenConnection>;
}

/** What is used of a connection that listens. */
export interface PostgresListenConnection extends PostgresConnection {
  /** Calls the listener for each notification. */
  on(event: "notification", listener: (message: { payload?: string | undefined }) => void): unknown;
  /** Calls the listener when the connection breaks. */
  on(event: "error", listener: (error: Error) => void): unknown;
  /** Gives the connection back, or with `true` closes it. */
  release(isBroken?: boolean): void;
}

/** What a store in PostgreSQL needs. */
export interface PostgresStoreOptions {
  /** A `Pool` of `pg`; the caller ends it. */
  pool: PostgresPool;
  /** The project whose record it is; a database may have many. */
  project: string;
  /**
   * A `Pool` that leads to PostgreSQL itself and not to PgBouncer, to hear of what other servers append: one connection is
   * taken from it, for all stores that it is given to. Without it an engine looks every few seconds.
   */
  listen?: PostgresListenPool;
}

/** A record in PostgreSQL, which any number of servers may share. */
export interface PostgresStore extends Required<Omit<AccessStore, "onChange">> {
  /** Tells of commits; where it is opened with `listen`. */
  onChange?: NonNullable<AccessStore["onChange"]>;
}

/**
 * Opens the record of a project in PostgreSQL, and makes or migrates the tables where they are missing or older.
 *
 * A commit is one statement: it is written with its notices, and with a row a request and a grant in `access_requests` and
 * `access_grants` for whoever reports by SQL, or not at all. No state of a session is used.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { pool, project, listen } = known(options, "pool", "project", "listen");
  checkPart(pool, "pool", ["connect", "query"], "give `new Pool({ connectionString })`");
  checkProject(project);
  await migrate(pool).catch((cause: unknown) => {
    throw new Error(`the store in PostgreSQL cannot be opened: ${problemOf(cause)}`, { cause });
  });

  // oxlint-disable-next-line typescript/no-explicit-any -- a row is as its statement says
  const all = async (sql: string, ...values: unknown[]): Promise<any[]> => (await pool.query(sql, [project, ...values])).rows;

  /**
   * Not in the transaction of the commit, which would then be one at a time in the whole database. Who is not told looks
   * for it later.
   */
  function tell(version: number): void {
    pool.query("select pg_notify($1, $2)", [CHANNEL, `${version} ${project}`]).catch(() => {});
  }

  async function head(): Promise<Head | undefined> {
    const [last] = await all("select version, hash from access_commits where project = $1 order by version desc limit 1");
    return last && { version: Number(last.version), hash: last.hash };
  }

  return {
    async load(afterVersion, limit) {
      const sql = "select data::text from access_commits where project = $1 and version > $2 order by version limit $3";
      return (await all(sql, afterVersion, limit)).map((row) => JSON.parse(row.data) as Commit);
    },

    async append(commit, expected) {
      const { version, hash, at } = commit;
      const report = reportOf(commit);
      const rows = TABLES.map((table) => JSON.stringify(report[table]));
      try {
        const found = [earliestOf(commit), JSON.stringify(marksOf(commit))];
        const values = [expected.version, expected.hash, version, hash, at, JSON.stringify(commit), ...found, ...rows];
        const [written] = await all(APPEND, ...values);
        if (Number(written?.count) === 1) return tell(version);
      } catch (error) {
        // Of two that follow the same commit the database takes one.
        if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      }
      throw new ConflictError(expected, await head());
    },

    async claim({ limit, leaseSeconds }) {
      const rows = await all(CLAIM, limit, leaseSeconds);
      return rows.map(({ notice_id: noticeId, recipient: recipientId, attempts: attempt }) => ({ noticeId, recipientId, attempt }));
    },

    async settle({ noticeId, recipientId, attempt, dropped, failed }) {
      const message = "where project = $1 and notice_id = $2 and recipient = $3 and settled_at is null";
      if (failed === undefined) {
        const sql = `update access_outbox set settled_at = now(), dropped = $4, due_at = null, held_until = null, problem = null ${message}`;
        await all(sql, noticeId, recipientId, dropped ?? null);
      } else {
        const sql = `update access_outbox set held_until = null, problem = $5, due_at = now() + $6::double precision * interval '1 second'
          ${message} and attempts = $4`;
        await all(sql, noticeId, recipientId, attempt, failed.problem, failed.retryAfterSeconds ?? null);
      }
    },

    async retry() {
      await all(`update access_outbox set attempts = 0, due_at = now()
        where project = $1 and settled_at is null and coalesce(held_until <= now(), true)`);
    },

    async erase(erasure) {
      const { subjectId, upTo } = erasure;
      await all("delete from access_snapshots where project = $1");
      await all("update access_outbox set problem = null where project = $1 and recipient = $2 and problem is not null", subjectId);
      const named = `select data::text from access_commits c where project = $1 and version > $2 and exists (
        select from json_each(c.data -> 'texts') text where (text.value -> 'of' ->> $3)::bigint <= $4) order by version limit 100`;
      const change = "update access_commits set data = $3 where project = $1 and version = $2 and data::text = $4 returning version";
      await eraseByPage(erasure, {
        read: async (after) => (await all(named, after, subjectId, upTo)).map(({ data }) => ({ data, commit: JSON.parse(data) as Commit })),
        async write(page) {
          const changed = await Promise.all(page.map(({ commit, data, left }) => all(change, commit.version, JSON.stringify(left), data)));
          return changed.every(({ length }) => length === 1);
        },
      });
    },

    async snapshot() {
      const [row] = await all("select version, hash, digest, data from access_snapshots where project = $1 order by version desc limit 1");
      return row && { version: Number(row.version), hash: row.hash, digest: row.digest, data: new Uint8Array(row.data) };
    },

    async saveSnapshot({ version, hash, digest, data }: Snapshot) {
      await all(
        `with older as (
          delete from access_snapshots where project = $1 and version < $2
        ) insert into access_snapshots (project, version, hash, digest, data) select $1, $2, $3, $4, $5
        where not exists (select from access_snapshots where project = $1 and version > $2)
          and not exists (select from access_marks where project = $1 and role = 'erased' and version > $2)
        on conflict (project, version) do update set hash = excluded.hash, digest = excluded.digest, data = excluded.data`,
        version, hash, digest, data,
      );
    },

    async find(sought) {
      const { newestFirst, limit, first, last } = sought;
      const by = keysOf(sought);
      const rows = await all(
        `select version from access_commits where project = $1 and version between $2 and $3
        ${by.map(([name], place) => `and ${IS[name](`$${5 + place}`)}`).join(" ")} order by version ${newestFirst ? "desc" : "asc"} limit $4`,
        first, last, limit, ...by.map(([, value]) => value),
      );
      return rows.map(({ version }) => Number(version));
    },

    ...(listen && { onChange: (listener) => hear(listen, project, listener) }),

    async outbox({ state, limit = SHOWN } = {}) {
      const rows = await all(
        `select notice_id, recipient, attempts, dropped, problem, ${["due_at", "settled_at"].map((time) => `floor(extract(epoch from ${time}) * 1000) as ${time}`).join(", ")}
        from access_outbox where project = $1 and ${state === undefined ? "true" : STATES[state]} order by version, place, recipient collate "C" limit $2`,
        limit,
      );
      return rows.map((row) => shown(keptOf(row)));
    },
  };
}

/** What makes a commit one of those that are sought. */
const IS = {
  about: (id: string) => `version in (select version from access_marks where project = $1 and role = 'about' and id in (
    select ${id}::text union all select id from access_grants where project = $1 and request_id = ${id}))`,
  by: (id: string) => `version in (select version from access_marks where project = $1 and role = 'by' and id = ${id})`,
  person: (id: string) => `version in (select version from access_marks where project = $1 and role = 'person' and id = ${id})`,
  from: (time: string) => `at >= to_timestamp(${time}::double precision / 1000)`,
  until: (time: string) => `earliest < to_timestamp(${time}::double precision / 1000)`,
} as const;

/**
 * Claims messages: of those that are due and nobody has, one a recipient. Rows that another server is claiming at this moment
 * are passed over.
 */
const CLAIM = `
  with free as (
    select version, place, recipient, due_at from access_outbox message
    where project = $1 and due_at <= now() and not exists (
      select from access_outbox other where other.project = $1 and other.recipient = message.recipient and other.held_until > now())
    order by due_at, version, place limit 4 * $2 for update of message skip locked
  ), chosen as (
    select distinct on (recipient) version, place, recipient from free order by recipient, due_at, version, place
  ), claimed as (
    update access_outbox message set attempts = attempts + 1,
      due_at = now() + $3::double precision * interval '1 second', held_until = now() + $3::double precision * interval '1 second'
    from (select * from chosen order by version, place limit $2) one
    where message.project = $1 and (message.version, message.place, message.recipient) = (one.version, one.place, one.recipient)
    returning message.*
  ) select notice_id, recipient, attempts from claimed order by version, place`;

const UNIQUE_VIOLATION = "23505";
const INSUFFICIENT_PRIVILEGE = "42501";

/** Writes a commit behind the expected one, and all that goes with it; counts the commits that were written. */
const APPEND = `
  with last as (
    select version, hash from access_commits where project = $1 order by version desc limit 1
  ), written as (
    insert into access_commits (project, version, hash, at, data, earliest)
    select $1, $4::bigint, $5, to_timestamp($6::double precision / 1000), $7::json, to_timestamp($8::double precision / 1000)
    where $4::bigint = $2::bigint + 1 and coalesce((select version = $2::bigint and hash = $3 from last), $2::bigint = 0)
    returning version, data
  ), marked as (
    insert into access_marks (project, role, id, version)
    select $1, mark.role, mark.id, written.version from written, json_to_recordset($9::json) mark (role text, id text)
  ), told as (
    insert into access_outbox (project, version, place, recipient, notice_id, due_at)
    select $1, written.version, notice.place - 1, recipient.id, notice.value ->> 'id', now()
    from written, json_array_elements(written.data -> 'notices') with ordinality notice (value, place),
      json_array_elements_text(notice.value -> 'to') recipient (id)
  ), ${TABLES.map((table, place) => `${table}_stated as (${stated(table, `$${10 + place}`)})`).join(", ")}
  select count(*) from written`;

/** Writes what a commit states into a table for reports. */
function stated(table: keyof Report, rows: string): string {
  const { text, number, time } = COLUMNS[table];
  const columns = [...text, ...number, ...time];
  const read = [...text.map((column) => `${column} text`), ...[...number, ...time].map((column) => `${column} bigint`)];
  const value = (column: string): string =>
    (time as readonly string[]).includes(column) ? `to_timestamp(stated.${column}::double precision / 1000)` : `stated.${column}`;
  return `insert into ${table} (project, id, ${columns.join(", ")})
    select $1, stated.id, ${columns.map(value).join(", ")}
    from written, json_to_recordset(${rows}::json) stated (id text, ${read.join(", ")})
    on conflict (project, id) do update set ${columns.map((column) => `${column} = ${kept(table, column)}`).join(", ")}`;
}

/** Of each version of the tables, what makes it of the one before. */
const MIGRATIONS: readonly string[] = [
  `create table access_commits (
    project text not null, version bigint not null, hash text not null, at timestamptz not null, earliest timestamptz not null,
    data json not null, primary key (project, version)
  );
  create index access_commits_at on access_commits (project, at, version);
  create table access_marks (
    project text not null, role text not null, id text not null, version bigint not null, primary key (project, role, id, version)
  );
  create table access_outbox (
    project text not null, version bigint not null, place integer not null, recipient text not null,
    notice_id text not null, attempts integer not null default 0, due_at timestamptz, held_until timestamptz,
    settled_at timestamptz, dropped text, problem text, primary key (project, version, place, recipient)
  );
  create index access_outbox_due on access_outbox (project, due_at, version, place) where due_at is not null;
  create index access_outbox_held on access_outbox (project, recipient) where held_until is not null;
  create index access_outbox_left on access_outbox (project, version, place) where settled_at is null;
  create unique index access_outbox_notice on access_outbox (project, notice_id, recipient);
  create table access_snapshots (
    project text not null, version bigint not null, hash text not null, digest text not null, data bytea not null,
    primary key (project, version)
  );
  ${TABLES.map((table) => {
    const { text, number, time } = COLUMNS[table];
    const columns = [text.map((it) => `${it} text`), number.map((it) => `${it} bigint`), time.map((it) => `${it} timestamptz`)].flat();
    return `create table ${table} (project text not null, id text not null, ${columns.join(", ")}, primary key (project, id));`;
  }).join("\n")}
  create index access_requests_requester on access_requests (project, requester, made_at);
  create index access_grants_request on access_grants (project, request_id);
  create index access_grants_holder on access_grants (project, holder, starts_at);`,
];

/** Names the lock under which the tables are made: two servers that start at once make them once. */
const LOCK = 0x61_63_63_65;

/** Brings the tables to the newest version, in one transaction. Where they are, nothing but reading them is needed. */
async function migrate(pool: PostgresPool): Promise<void> {
  if ((await versionOf(pool)) === MIGRATIONS.length) return;
  const connection = await pool.connect();
  let isBroken = true;
  try {
    await connection.query("begin");
    await connection.query("select pg_advisory_xact_lock($1)", [LOCK]);
    await connection.query("create table if not exists access_schema (version integer not null)");
    const before = await versionOf(connection);
    for (const [place, steps] of MIGRATIONS.entries()) {
      if (place < before) continue;
      // oxlint-disable no-await-in-loop -- one version after the other
      await connection.query(steps);
      await connection.query("insert into access_schema (version) values ($1)", [place + 1]);
      // oxlint-enable no-await-in-loop
    }
    await connection.query("commit");
    isBroken = false;
  } finally {
    connection.release(isBroken);
  }
}

/** What went wrong, and what can be done where that is known. */
function problemOf(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: unknown[] };
  // Of several addresses of a host each was tried.
  const said = message || String(errors?.[0] ?? error);
  if (code === INSUFFICIENT_PRIVILEGE) return `${said}: open it once as a role that may create tables, and grant this one \`select, insert, update, delete\` on them`;
  // Those of the database have digits, those of Node have none.
  const isOfNode = code !== undefined && !/\d/.test(code);
  return isOfNode ? `${said}: is the pool's connection string right, and does the server listen?` : said;
}

/** Of which version the tables are; 0 where there are none. */
async function versionOf(connection: PostgresConnection): Promise<number> {
  const { rows: found } = await connection.query("select to_regclass('access_schema') is not null as is_there");
  if (!found[0]?.is_there) return 0;
  const { rows } = await connection.query("select coalesce(max(version), 0)::integer as version from access_schema");
  const version = Number(rows[0]?.version);
  if (version > MIGRATIONS.length) {
    throw new Error(`the database has tables of version ${version}, and this package knows ${MIGRATIONS.length}: install a newer one`);
  }
  return version;
}

const CHANNEL = "access_commits";

type Listener = (version?: number) => void;

/** What is heard on the one connection of each pool. */
const ears = new WeakMap<PostgresListenPool, Ear>();

/** Calls a listener for the commits of a project, until what it answers is called. */
async function hear(pool: PostgresListenPool, project: string, listener: Listener): Promise<() => void> {
  const ear = ears.get(pool) ?? new Ear(pool);
  ears.set(pool, ear);
  return ear.add(project, listener);
}

/** Listens for as long as somebody wants to hear; a connection that breaks is replaced. */
class Ear {
  readonly #pool: PostgresListenPool;
  readonly #listeners = new Set<{ project: string; listener: Listener }>();
  #connection: Promise<PostgresListenConnection> | undefined;

  constructor(pool: PostgresListenPool) {
    this.#pool = pool;
  }

  async add(project: string, listener: Listener): Promise<() => void> {
    const added = { project, listener };
    this.#listeners.add(added);
    try {
      await (this.#connection ??= this.#connect());
    } catch (error) {
      this.#listeners.delete(added);
      throw error;
    }
    return () => {
      this.#listeners.delete(added);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  async #connect(): Promise<PostgresListenConnection> {
    let connection: PostgresListenConnection | undefined;
    try {
      connection = await this.#pool.connect();
      connection.on("notification", ({ payload = "" }) => this.#tell(payload));
      connection.on("error", () => {
        this.#close();
        this.#connectAgain();
      });
      await connection.query(`listen ${CHANNEL}`);
      return connection;
    } catch (error) {
      // A standby that is not promoted yet listens to nobody.
      connection?.release(true);
      this.#connection = undefined;
      throw error;
    }
  }

  #connectAgain(): void {
    const timer = setTimeout(() => {
      if (this.#listeners.size === 0 || this.#connection) return;
      this.#connection = this.#connect();
      // What was told meanwhile was not heard.
      const tellAll = (): void => this.#listeners.forEach(({ listener }) => listener());
      this.#connection.then(tellAll, () => this.#connectAgain());
    }, 1000);
    (timer as { unref?(): void }).unref?.();
  }

  #tell(payload: string): void {
    const [version, ...project] = payload.split(" ");
    const own = project.join(" ");
    for (const { project: wanted, listener } of this.#listeners) if (wanted === own) listener(Number(version));
  }

  #close(): void {
    this.#connection?.then((connection) => connection.release(true), () => {});
    this.#connection = undefined;
  }
}
