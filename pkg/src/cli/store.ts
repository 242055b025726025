import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AccessMailer, AccessStore } from "../host.js";
import { openPostgresStore } from "../stores/postgres.js";
import { openSqliteStore } from "../stores/sqlite.js";
import { EXIT, Failure, problemOf } from "./failure.js";

/** A store that was opened by its address. */
export interface Opened {
  store: AccessStore;
  /** Of a module that has one. */
  mailer?: AccessMailer;
  /** Lets go of files and connections. */
  close(): unknown;
}

/** What to open. */
export interface Place {
  /** An SQLite file, a PostgreSQL, or a module that gives any other store. */
  address: string;
  project: string;
  /** Whether tables and a file are made where there are none; else that is a failure. */
  make: boolean;
}

/** Opens a store. Whatever goes wrong is a `Failure` that names the address, without a password. */
export async function openStore(place: Place): Promise<Opened> {
  const { address } = place;
  try {
    if (address.startsWith("file:")) return await openSqlite(place);
    if (/^postgres(ql)?:\/\//.test(address)) return await openPostgres(place);
    const scheme = /^[a-z][a-z\d+.-]+:/i.exec(address)?.[0];
    if (scheme) throw new Failure(EXIT.usage, `\`--store\` knows no ${scheme} give file:PATH, postgres://…, or the path of a module`);
    return await openModule(place);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure(EXIT.failed, `the store ${nameOf(address)} cannot be used: ${problemOf(cause)}`, { cause });
  }
}

async function openSqlite({ address, project, make }: Place): Promise<Opened> {
  const file = fileURLToPath(new URL(address, pathToFileURL(`${process.cwd()}/`)));
  if (!make && !existsSync(file)) throw new Failure(EXIT.failed, `there is no file ${file}`);
  const { createClient } = await peer("@libsql/client", () => import("@libsql/client"));
  const client = createClient({ url: address });
  return opened(
    async () => {
      const { rows } = await client.execute("select 1 from sqlite_master where name = 'access_schema'");
      if (!make && rows.length === 0) throw new Failure(EXIT.failed, `${file} has no record: it is another program's`);
      return openSqliteStore({ client, project });
    },
    () => client.close(),
  );
}

async function openPostgres({ address, project, make }: Place): Promise<Opened> {
  const { default: pg } = await peer("pg", () => import("pg"));
  const pool = new pg.Pool({ connectionString: address, max: 4, connectionTimeoutMillis: 10_000 });
  // A connection that is lost while nobody uses it; whoever uses the next one is told.
  pool.on("error", () => {});
  return opened(
    async () => {
      const { rows } = await pool.query<{ is_there: boolean }>("select to_regclass('access_schema') is not null as is_there");
      if (!make && !rows[0]?.is_there) throw new Failure(EXIT.failed, `${nameOf(address)} has no record: no store was opened there`);
      return openPostgresStore({ pool, project });
    },
    () => pool.end(),
  );
}

async function opened(open: () => Promise<Opened["store"]>, close: () => unknown): Promise<Opened> {
  try {
    return { store: await open(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a module exports by default: a store, one with a mailer, or a function that gives either. */
type Given = AccessStore | { store: AccessStore; mailer?: AccessMailer; close?(): unknown };

async function openModule({ address, project }: Place): Promise<Opened> {
  const file = resolve(address);
  if (!existsSync(file)) throw new Failure(EXIT.failed, `there is no module ${file}: \`--store\` is file:PATH, postgres://…, or the path of a module`);
  const exported = (await import(pathToFileURL(file).href)) as { default?: unknown };
  const found = exported.default as Given | ((options: { project: string }) => Given | Promise<Given>) | undefined;
  const given = typeof found === "function" ? await found({ project }) : found;
  const parts = given && "store" in given ? given : { store: given, mailer: undefined };
  if (typeof parts.store?.load !== "function" || typeof parts.store.append !== "function") {
    throw new Failure(EXIT.failed, `the default export of ${file} is no store: export one, \`{ store, mailer, close }\`, or a function that gives it`);
  }
  const { store, mailer } = parts;
  return { store, ...(mailer ? { mailer } : {}), close: () => (given as { close?(): unknown }).close?.() };
}

/** Imports a package that is only there where somebody needs it. */
export async function peer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!problemOf(cause).includes(`Cannot find package '${name}'`)) throw cause;
    throw new Failure(EXIT.failed, `this takes the package ${name}, which is not installed: run \`npm install ${name}\``, { cause });
  }
}

/** An address without its password. */
function nameOf(address: string): string {
  if (!address.includes("://")) return address;
  const { protocol, host, pathname } = URL.canParse(address) ? new URL(address) : { protocol: "postgres:", host: "…", pathname: "" };
  return `${protocol}//${host}${pathname}`;
}
