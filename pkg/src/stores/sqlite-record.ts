import type { AccessStore } from "../host.js";
import type { Commit, Head } from "../types.js";
import { ConflictError } from "../error.js";
import { eraseByPage } from "./erasing.js";
import { keptOf, shown, SHOWN, STATES } from "./outbox.js";
import { COLUMNS, kept, type Report, reportOf, TABLES } from "./report.js";
import { earliestOf, keysOf, marksOf } from "./sought.js";
import { type Database, migrate, NOT_THE_END, type Row, type Statement } from "./sqlite-tables.js";

/** A record in SQLite, whoever runs its statements. */
export interface SqliteRecord extends Required<Omit<AccessStore, "onChange">> {
  /** The last commit; nothing where there is none. */
  head(): Promise<Head | undefined>;
}

/** Opens the record of a project, and makes or migrates the tables where they are missing or older. */
export async function openRecord(database: Database, project: string): Promise<SqliteRecord> {
  await migrate(database);

  const sql = (text: string, args: Statement["args"] = {}): Statement => ({ sql: text, args: { project, ...args } });
  const all = (text: string, args?: Statement["args"]): Promise<readonly Row[]> => database.read(sql(text, args));

  async function head(): Promise<Head | undefined> {
    const [last] = await all("select version, hash from access_commits where project = :project order by version desc limit 1");
    return last && { version: Number(last["version"]), hash: String(last["hash"]) };
  }

  /** The first commits of which this is true, in order, with how often something was erased from each. */
  async function commits(condition: string, args: Statement["args"]): Promise<{ commit: Commit; erasures: number }[]> {
    const rows = await all(`select version, erasures, data from access_commits where project = :project and ${condition} order by version limit :limit`, args);
    return Promise.all(
      rows.map(async (row) => {
        // By one statement, since an erasure may come in between.
        const own = row["data"] === null ? await all(WITH_PARTS, { version: Number(row["version"]) }) : [row];
        const data = own[0]?.["data"] ?? new TextDecoder().decode(joined(own.map(({ part }) => part)));
        return { commit: JSON.parse(String(data)) as Commit, erasures: Number(own[0]?.["erasures"]) };
      }),
    );
  }

  return {
    head,

    async load(afterVersion, limit) {
      return (await commits("version > :afterVersion", { afterVersion, limit })).map(({ commit }) => commit);
    },

    async append(commit, expected) {
      const { version, hash, at } = commit;
      const { data, parts } = written(commit);
      const messages = commit.notices.flatMap(({ id, to }, place) => to.map((recipient) => ({ place, recipient, id })));
      const report = reportOf(commit);
      try {
        await database.write([
          sql(ADD_COMMIT, { version, hash, at, earliest: earliestOf(commit), data, afterVersion: expected.version, afterHash: expected.hash }),
          ...lots(marksOf(commit)).map((rows) => sql(ADD_MARKS, { version, rows })),
          ...parts.map((part, place) => sql(ADD_PART, { version, erasures: 0, place, part })),
          ...lots(messages).map((rows) => sql(ADD_MESSAGES, { version, at, rows })),
          ...TABLES.flatMap((table) => lots(report[table]).map((rows) => sql(STATE[table], { rows }))),
        ]);
      } catch (error) {
        if (!String(error).includes(NOT_THE_END)) throw error;
        throw new ConflictError(expected, await head());
      }
    },

    async claim({ limit, leaseSeconds, at }) {
      // Whoever finds nothing keeps nobody from writing.
      if ((await all(`${DUE} limit 1`, { at })).length === 0) return [];
      const [rows = []] = await database.write([sql(CLAIM, { limit, at, until: at + 1000 * leaseSeconds })]);
      const inOrder = rows.toSorted((one, other) => Number(one["version"]) - Number(other["version"]) || Number(one["place"]) - Number(other["place"]));
      return inOrder.map((row) => ({ noticeId: String(row["notice_id"]), recipientId: String(row["recipient"]), attempt: Number(row["attempts"]) }));
    },

    async settle({ noticeId, recipientId, attempt, at, dropped = null, failed }) {
      const message = "where project = :project and notice_id = :noticeId and recipient = :recipientId and settled_at is null";
      const key = { noticeId, recipientId };
      if (failed === undefined) {
        const update = `update access_outbox set settled_at = :at, dropped = :dropped, due_at = null, held_until = null, problem = null ${message}`;
        await database.write([sql(update, { ...key, at, dropped })]);
      } else {
        const { problem, retryAfterSeconds } = failed;
        const dueAt = retryAfterSeconds === undefined ? null : at + 1000 * retryAfterSeconds;
        const update = `update access_outbox set problem = :problem, held_until = null, due_at = :dueAt ${message} and attempts = :attempt`;
        await database.write([sql(update, { ...key, attempt, problem, dueAt })]);
      }
    },

    async retry(at) {
      const update = `update access_outbox set attempts = 0, due_at = :at
        where project = :project and settled_at is null and coalesce(held_until <= :at, true)`;
      await database.write([sql(update, { at })]);
    },

    async erase(erasure) {
      const { subjectId, upTo } = erasure;
      await database.write([
        sql("delete from access_snapshots where project = :project"),
        sql("update access_outbox set problem = null where project = :project and recipient = :subjectId and problem is not null", { subjectId }),
      ]);
      await eraseByPage(erasure, {
        read: (after) => commits(`version > :after and ${MAY_NAME}`, { after, subjectId, upTo, limit: 100 }),
        async write(page) {
          const changes = page.flatMap(({ commit: { version }, erasures, left }) => {
            const { data, parts } = written(left);
            const same = { version, erasures };
            return [
              sql(`delete from access_parts where project = :project and version = :version and ${IS_SAME}`, same),
              ...parts.map((part, place) => sql(ADD_PART, { ...same, place, part })),
              sql(CHANGE_COMMIT, { ...same, data }),
            ];
          });
          return (await database.write(changes)).flat().length === page.length;
        },
      });
    },

    async snapshot() {
      const rows = await all(
        `select version, hash, digest, data from access_snapshots
        where project = :project and version = (select max(version) from access_snapshots where project = :project) order by place`,
      );
      const [first] = rows;
      if (!first) return undefined;
      return { version: Number(first["version"]), hash: String(first["hash"]), digest: String(first["digest"]), data: joined(rows.map(({ data }) => data)) };
    },

    async saveSnapshot({ version, hash, digest, data }) {
      await database.write([
        sql("delete from access_snapshots where project = :project and version <= :version", { version }),
        ...split(data).map((part, place) =>
          sql(
            `insert into access_snapshots (project, version, place, hash, digest, data) select :project, :version, :place, :hash, :digest, :part
            where not exists (select 1 from access_snapshots where project = :project and version > :version)
              and not exists (select 1 from access_marks where project = :project and role = 'erased' and version > :version)`,
            { version, place, hash, digest, part },
          ),
        ),
      ]);
    },

    async find(sought) {
      const { newestFirst, limit, first, last } = sought;
      const by = keysOf(sought);
      const rows = await all(
        `select version from access_commits where project = :project and version between :first and :last
        ${by.map(([name]) => `and ${IS[name]}`).join(" ")} order by version ${newestFirst ? "desc" : "asc"} limit :limit`,
        { first, last, limit, ...Object.fromEntries(by) },
      );
      return rows.map(({ version }) => Number(version));
    },

    async outbox({ state, limit = SHOWN } = {}) {
      const rows = await all(
        `select notice_id, recipient, attempts, due_at, settled_at, dropped, problem from access_outbox
        where project = :project and ${state === undefined ? "true" : STATES[state]} order by version, place, recipient limit :limit`,
        { limit },
      );
      return rows.map((row) => shown(keptOf(row)));
    },
  };
}

/** How long a value may be, in bytes. Durable Objects have rows of 2 MB at most. */
const LONGEST = 1 << 20;

/** What is written of a commit: its JSON, or where that is too long its parts. */
function written(commit: Commit): { data: string | null; parts: Uint8Array[] } {
  const data = JSON.stringify(commit);
  const bytes = new TextEncoder().encode(data);
  return bytes.length <= LONGEST ? { data, parts: [] } : { data: null, parts: split(bytes) };
}

function split(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / LONGEST) }, (_, place) => bytes.subarray(place * LONGEST, (place + 1) * LONGEST));
}

function joined(parts: unknown[]): Uint8Array {
  const all = parts.map((part) => new Uint8Array(part as ArrayBuffer));
  const bytes = new Uint8Array(all.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of all) {
    bytes.set(part, start);
    start += part.length;
  }
  return bytes;
}

/** Rows as lists of JSON, each of them shorter than a value may be. */
function lots(rows: object[]): string[] {
  return Array.from({ length: Math.ceil(rows.length / 100) }, (_, place) => JSON.stringify(rows.slice(100 * place, 100 * place + 100)));
}

/** What makes a commit one of those that are sought. */
const IS = {
  about: `version in (select version from access_marks where project = :project and role = 'about' and id in (
    select :about union all select id from access_grants where project = :project and request_id = :about))`,
  by: "version in (select version from access_marks where (project, role, id) = (:project, 'by', :by))",
  person: "version in (select version from access_marks where (project, role, id) = (:project, 'person', :person))",
  from: "at >= :from",
  until: "earliest < :until",
} as const;

/** A commit and its parts, a row each. */
const WITH_PARTS = `
  select erasures, access_commits.data, access_parts.data as part from access_commits left join access_parts using (project, version)
  where project = :project and version = :version order by place`;

/** Whether a commit has texts that go, as far as its row tells. */
const MAY_NAME = `(data is null or exists (
  select 1 from json_each(data, '$.texts') text, json_each(text.value, '$.of') owner where owner.key = :subjectId and owner.value <= :upTo))`;

/** The trigger sees to it that it follows the last one. */
const ADD_COMMIT = `
  insert into access_commits (project, version, hash, at, earliest, data, after_version, after_hash)
  values (:project, :version, :hash, :at, :earliest, :data, :afterVersion, :afterHash)`;

/** What a commit is found by. */
const ADD_MARKS = `
  insert into access_marks (project, role, id, version)
  select :project, row.value ->> 'role', row.value ->> 'id', :version from json_each(:rows) row`;

/** Whether nothing was erased from a commit since it was read. */
const IS_SAME = "exists (select 1 from access_commits where (project, version, erasures) = (:project, :version, :erasures))";

/** What is left of a commit: behind its parts, which go by the same count. */
const CHANGE_COMMIT = `
  update access_commits set data = :data, erasures = erasures + 1
  where (project, version, erasures) = (:project, :version, :erasures) returning version`;

const ADD_PART = `insert into access_parts (project, version, place, data) select :project, :version, :place, :part where ${IS_SAME}`;

/** A row a recipient: the notice itself is in its commit. */
const ADD_MESSAGES = `
  insert into access_outbox (project, version, place, recipient, notice_id, due_at)
  select :project, :version, row.value ->> 'place', row.value ->> 'recipient', row.value ->> 'id', :at from json_each(:rows) row`;

/** Writes what a commit states into a table for reports. */
const STATE = Object.fromEntries(
  TABLES.map((table) => {
    const columns = Object.values(COLUMNS[table]).flat();
    return [
      table,
      `insert into ${table} (project, id, ${columns.join(", ")})
      select :project, row.value ->> 'id', ${columns.map((column) => `row.value ->> '${column}'`).join(", ")} from json_each(:rows) row where true
      on conflict (project, id) do update set ${columns.map((column) => `${column} = ${kept(table, column)}`).join(", ")}`,
    ];
  }),
) as { [table in keyof Report]: string };

/** The messages that are due to recipients of whom nobody has one. */
const DUE = `
  select version, place, recipient, due_at from access_outbox
  where project = :project and due_at <= :at
    and recipient not in (select recipient from access_outbox where project = :project and held_until > :at)`;

/** Claims messages that are due, one a recipient. */
const CLAIM = `
  update access_outbox set attempts = attempts + 1, due_at = :until, held_until = :until
  from (
    select version, place, recipient from (
      select *, row_number() over (partition by recipient order by due_at, version, place) as nth
      from (${DUE} order by due_at, version, place limit 4 * :limit))
    where nth = 1 order by due_at, version, place limit :limit) as claimed
  where project = :project and (access_outbox.version, access_outbox.place, access_outbox.recipient) = (claimed.version, claimed.place, claimed.recipient)
  returning version, place, notice_id, recipient, attempts`;
