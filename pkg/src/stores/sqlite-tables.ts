import { COLUMNS, TABLES } from "./report.js";

/** Whatever runs statements of SQLite. */
export interface Database {
  /** The rows of a statement that writes nothing. */
  read(statement: Statement): Promise<readonly Row[]>;
  /** The rows of each statement; all are carried out or none, and nobody else writes in between. */
  write(statements: Statement[]): Promise<(readonly Row[])[]>;
}

/** A statement, with its values by name. */
export interface Statement {
  sql: string;
  args: { [name: string]: string | number | null | Uint8Array };
}

/** A row, by column; a blob is an `ArrayBuffer`. */
export interface Row {
  [column: string]: unknown;
}

/** What a commit is refused with that does not follow the last one. */
export const NOT_THE_END = "access_engine: not the end of the record";

/** Of each version of the tables, what makes it of the one before. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    // `data` is null where it is too long for a row: then it stands in `access_parts`.
    `create table access_commits (
      project text not null, version integer not null, hash text not null, at integer not null, earliest integer not null, data text,
      erasures integer not null default 0, after_version integer not null, after_hash text not null, primary key (project, version)
    ) strict`,
    // Whoever writes: the record grows at its end.
    `create trigger access_commits_follow before insert on access_commits begin
      select raise(abort, '${NOT_THE_END}') where new.version <> new.after_version + 1
        or exists (select 1 from access_commits where project = new.project and version > new.after_version)
        or new.after_version > 0 and not exists (
          select 1 from access_commits where project = new.project and (version, hash) = (new.after_version, new.after_hash));
    end`,
    `create table access_parts (
      project text not null, version integer not null, place integer not null, data blob not null, primary key (project, version, place)
    ) strict`,
    "create index access_commits_at on access_commits (project, at, version)",
    `create table access_marks (
      project text not null, role text not null, id text not null, version integer not null, primary key (project, role, id, version)
    ) strict, without rowid`,
    `create table access_outbox (
      project text not null, version integer not null, place integer not null, recipient text not null,
      notice_id text not null, attempts integer not null default 0, due_at integer, held_until integer,
      settled_at integer, dropped text, problem text, primary key (project, version, place, recipient)
    ) strict, without rowid`,
    "create index access_outbox_due on access_outbox (project, due_at, version, place) where due_at is not null",
    "create index access_outbox_held on access_outbox (project, held_until) where held_until is not null",
    "create index access_outbox_left on access_outbox (project, version, place) where settled_at is null",
    "create unique index access_outbox_notice on access_outbox (project, notice_id, recipient)",
    `create table access_snapshots (
      project text not null, version integer not null, place integer not null, hash text not null, digest text not null, data blob not null,
      primary key (project, version, place)
    ) strict`,
    ...TABLES.map((table) => {
      const { text, number, time } = COLUMNS[table];
      const columns = [...text.map((column) => `${column} text`), ...[...number, ...time].map((column) => `${column} integer`)];
      return `create table ${table} (project text not null, id text not null, ${columns.join(", ")}, primary key (project, id)) strict`;
    }),
    "create index access_requests_requester on access_requests (project, requester, made_at)",
    "create index access_grants_request on access_grants (project, request_id)",
    "create index access_grants_holder on access_grants (project, holder, starts_at)",
  ],
];

const plain = (sql: string): Statement => ({ sql, args: {} });

/** Brings the tables to the newest version, each step whole or not at all; two that begin at once do it once. */
export async function migrate(database: Database): Promise<void> {
  // Whoever opens a file that is in use does not wait to write.
  const [schema] = await database.read(plain("select 1 from sqlite_master where name = 'access_schema'"));
  if (schema === undefined) await database.write([plain("create table if not exists access_schema (version integer not null) strict")]);
  const version = async (): Promise<number> =>
    Number((await database.read(plain("select coalesce(max(version), 0) as version from access_schema")))[0]?.["version"]);
  let before = await version();
  while (before < MIGRATIONS.length) {
    const steps = MIGRATIONS[before] ?? [];
    // oxlint-disable no-await-in-loop -- one version after the other
    try {
      await database.write([...steps, `insert into access_schema (version) values (${before + 1})`].map(plain));
    } catch (error) {
      // Somebody else was faster.
      if ((await version()) === before) throw error;
    }
    before = await version();
    // oxlint-enable no-await-in-loop
  }
  if (before > MIGRATIONS.length) {
    throw new Error(`the database has tables of version ${before}, and this package knows ${MIGRATIONS.length}: install a newer one`);
  }
}
