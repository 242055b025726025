/**
 * A record in PostgreSQL, for any number of servers, by the library `pg`; also through PgBouncer in transaction mode.
 *
 * @module access-engine/stores/postgres
 */
import type { AccessStore } from "../host.js";
import type { Commit, DropReason, Head, Notice, Settlement, Snapshot } from "../types.js";
import { ConflictError } from "../error.js";
import { withoutTextsOf } from "./erasing.js";
import { leftOf, type Outbox, settlementOf } from "./outbox.js";
import { COLUMNS, kept, type Report, reportOf } from "./report.js";

export type { Outbox, OutboxEntry } from "./outbox.js";

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

/** What a store in PostgreSQL needs. */
export interface PostgresStoreOptions {
  /** A `Pool` of `pg`; the caller ends it. */
  pool: PostgresPool;
  /** The project whose record it is; a database may have many. */
  project: string;
}

/** A record in PostgreSQL, which any number of servers may share. */
export interface PostgresStore extends Required<AccessStore>, Outbox {}

/**
 * Opens the record of a project in PostgreSQL, and makes or migrates the tables where they are missing or older.
 *
 * A commit is one statement: it is written with its notices, and with a row a request and a grant in `access_requests` and
 * `access_grants` for whoever reports by SQL, or not at all. No state of a session is used.
 */
export async function openPostgresStore({ pool, project }: PostgresStoreOptions): Promise<PostgresStore> {
  await migrate(pool);

  // oxlint-disable-next-line typescript/no-explicit-any -- a row is as its statement says
  const all = async (sql: string, ...values: unknown[]): Promise<any[]> => (await pool.query(sql, [project, ...values])).rows;

  async function head(): Promise<Head | undefined> {
    const [last] = await all("select version, hash from access_commits where project = $1 order by version desc limit 1");
    return last && { version: Number(last.version), hash: last.hash };
  }

  async function notices(which: string): Promise<{ notice: Notice; settled: Settlement[] }[]> {
    const rows: { notice: string; settled: { to: string; dropped: DropReason | null }[] }[] = await all(`
      select (c.data -> 'notices' -> o.place)::text as notice, coalesce(json_agg(json_build_object('to', o.recipient,
        'dropped', o.dropped) order by o.recipient collate "C") filter (where o.settled_at is not null), '[]') as settled
      from access_outbox o join access_commits c using (project, version)
      where project = $1 ${which} group by o.version, o.place, (c.data -> 'notices' -> o.place)::text order by o.version, o.place`);
    return rows.map((row) => {
      const notice = JSON.parse(row.notice) as Notice;
      return { notice, settled: row.settled.map(({ to, dropped }) => settlementOf(notice.id, to, dropped)) };
    });
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
        const values = [expected.version, expected.hash, version, hash, at, JSON.stringify(commit), ...rows];
        const [written] = await all(APPEND, ...values);
        if (Number(written?.count) === 1) return;
      } catch (error) {
        // Of two that follow the same commit the database takes one.
        if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      }
      throw new ConflictError(expected, await head());
    },

    async undelivered() {
      const left = "and (o.version, o.place) in (select version, place from access_outbox where project = $1 and settled_at is null)";
      return (await notices(left)).flatMap(({ notice, settled }) => leftOf(notice, new Set(settled.map((it) => it.recipientId))));
    },

    async settle({ noticeId, recipientId, dropped }) {
      const sql = `update access_outbox set settled_at = now(), dropped = $4
        where project = $1 and notice_id = $2 and recipient = $3 and settled_at is null`;
      await all(sql, noticeId, recipientId, dropped ?? null);
    },

    async erase({ subjectId, upTo }) {
      await all("delete from access_snapshots where project = $1");
      const written = `select version, data::text from access_commits c where project = $1 and version > $2 and exists (
        select from json_each(c.data -> 'texts') text where (text.value -> 'of' ->> $3)::bigint <= $4) order by version limit 100`;
      let [after, rows] = [0, await all(written, 0, subjectId, upTo)];
      while (rows.length > 0) {
        let isWhole = true;
        // oxlint-disable no-await-in-loop -- one after the other
        for (const { version, data } of rows) {
          const left = withoutTextsOf(subjectId, upTo, JSON.parse(data) as Commit) ?? JSON.parse(data);
          // Unless another erasure was faster: then it is looked at once more.
          const sql = "update access_commits set data = $3 where project = $1 and version = $2 and data::text = $4";
          const { rowCount } = await pool.query(sql, [project, version, JSON.stringify(left), data]);
          isWhole &&= rowCount === 1;
        }
        if (isWhole) after = Number(rows.at(-1)?.version);
        rows = await all(written, after, subjectId, upTo);
        // oxlint-enable no-await-in-loop
      }
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
        on conflict (project, version) do update set hash = excluded.hash, digest = excluded.digest, data = excluded.data`,
        version, hash, digest, data,
      );
    },

    async outbox() {
      return notices("");
    },
  };
}

const UNIQUE_VIOLATION = "23505";

const TABLES = Object.keys(COLUMNS) as (keyof Report)[];

/** Writes a commit behind the expected one, and all that goes with it; counts the commits that were written. */
const APPEND = `
  with last as (
    select version, hash from access_commits where project = $1 order by version desc limit 1
  ), written as (
    insert into access_commits (project, version, hash, at, data)
    select $1, $4::bigint, $5, to_timestamp($6::double precision / 1000), $7::json
    where $4::bigint = $2::bigint + 1 and coalesce((select version = $2::bigint and hash = $3 from last), $2::bigint = 0)
    returning version, data
  ), told as (
    insert into access_outbox (project, version, place, recipient, notice_id)
    select $1, written.version, notice.place - 1, recipient.id, notice.value ->> 'id'
    from written, json_array_elements(written.data -> 'notices') with ordinality notice (value, place),
      json_array_elements_text(notice.value -> 'to') recipient (id)
  ), ${TABLES.map((table, place) => `${table}_stated as (${stated(table, `$${8 + place}`)})`).join(", ")}
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
    project text not null, version bigint not null, hash text not null, at timestamptz not null, data json not null,
    primary key (project, version)
  );
  create table access_outbox (
    project text not null, version bigint not null, place integer not null, recipient text not null,
    notice_id text not null, settled_at timestamptz, dropped text, primary key (project, version, place, recipient)
  );
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
