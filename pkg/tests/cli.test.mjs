import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createClient } from "@libsql/client";
import { openSqliteStore } from "access-engine/stores/sqlite";
import { SMTPServer } from "smtp-server";
import { lengthOf, progressOn } from "../dist/cli/progress.js";
import { cli, tell } from "./cli.mjs";

const folder = await mkdtemp(join(tmpdir(), "access engine "));
after(() => rm(folder, { recursive: true, force: true }));
const PROJECT = ["--project", "acme"];

/** Opens a file for SQL. */
async function sql(name, ...statements) {
  const file = createClient({ url: `file:${join(folder, name)}` });
  for (const statement of statements) await file.execute(statement); // oxlint-disable-line no-await-in-loop
  file.close();
}

const client = createClient({ url: `file:${join(folder, "access.db")}` });
const { head, approved, pending } = await tell(await openSqliteStore({ client, project: "acme" }));
client.close();
const HEAD = `${head.version}:${head.hash}`;

/** Runs a command on the file, or on what else is named. */
function run(command, ...args) {
  const store = args.includes("--store") ? [] : ["--store", "file:access.db"];
  return cli([command, ...args, ...store, ...PROJECT], { cwd: folder });
}

/** What a command answers in JSON, and how it ended. */
async function json(...args) {
  const { stdout, stderr, code } = await run(...args, "--json");
  assert.equal(stderr, "");
  return [JSON.parse(stdout), code];
}

/** A command fails so, in one sentence, and answers nothing. */
function assertFails({ code, stdout, stderr }, expected, said) {
  assert.equal(stdout, "");
  assert.match(stderr, said);
  assert.match(stderr, /^access-engine: [^\n]+\n$/);
  assert.equal(code, expected);
}

/** A copy of the file, to do something to. */
async function copy(name) {
  await sql("access.db", `vacuum into '${join(folder, name)}'`);
  return `file:${name}`;
}

/** A module that exports a store, made of the one in a file. */
async function module(name, exported, url, before = "") {
  const [libsql, sqlite] = ["@libsql/client", "access-engine/stores/sqlite"].map((it) => JSON.stringify(import.meta.resolve(it)));
  await writeFile(
    join(folder, name),
    `import { createClient } from ${libsql};
    import { openSqliteStore } from ${sqlite};
    ${before}
    export default async ({ project }) => {
      const store = await openSqliteStore({ client: createClient({ url: ${JSON.stringify(url)} }), project });
      return ${exported};
    };`,
  );
  return `./${name}`;
}

/** Imports into a store what comes through a pipe. */
function into(store, input) {
  return cli(["import", "--store", store, ...PROJECT], { cwd: folder, input });
}

/** Reads a little of what a program prints, and closes the pipe. */
function reading(child) {
  child.stdout.once("data", () => void child.stdout.destroy());
}

/** Interrupts a program as soon as it has printed something. */
function interrupting(signal) {
  return (child) => void child.stdout.once("data", () => void child.kill(signal));
}

test("`verify` says that a record is intact, with its head, which it finds again", async () => {
  const { stdout, code } = await run("verify");
  assert.equal(stdout, `The record of acme is intact: ${head.version} commits, head ${HEAD}\n`);
  assert.equal(code, 0);
  assert.deepEqual(await json("verify", "--head", HEAD), [{ intact: true, commits: head.version, head }, 0]);
});

test("`verify` finds a commit that was changed, one that is missing, and a head that the record does not have", async () => {
  const store = await copy("changed.db");
  await sql("changed.db", `update access_commits set data = json_set(data, '$.events[0].content.actions[0]', 'write') where version = 3`);
  const [changed, code] = await json("verify", "--store", store);
  assert.deepEqual([changed.intact, changed.firstBadVersion, code], [false, 3, 1]);
  assert.match(changed.problem, /not what its hash was made of/);
  assert.match((await run("verify", "--store", store)).stdout, /^The record of acme is broken at commit 3: /);
  const others = await Promise.all(["stats", "tick", "analyze"].map((command) => run(command, "--store", store)));
  for (const other of others) assertFails(other, 1, /the record is broken at commit 3: /);
  const gap = await copy("gap.db");
  await sql("gap.db", "delete from access_commits where version = 2");
  const [missing, exit] = await json("verify", "--store", gap);
  assert.deepEqual([missing.intact, missing.firstBadVersion, exit], [false, 2, 1]);
  const [short, ended] = await json("verify", "--head", `99:${"0".repeat(64)}`);
  assert.deepEqual([short.intact, ended], [false, 1]);
});

test("what only reads asks a store for commits, the snapshot and the outbox, and needs no right to write", async () => {
  const refusing = "new Proxy(store, { get: (it, name) => (['load', 'snapshot', 'outbox', 'then', 'store', 'close'].includes(name) ? it[name] : () => Promise.reject(new Error(`${String(name)} is not allowed`))) })";
  const store = await module("read-only.mjs", refusing, "file:access.db");
  const answers = await Promise.all([["verify"], ["stats"], ["export"], ["explain", pending], ["analyze"], ["tick"]].map((args) => run(...args, "--store", store)));
  assert.deepEqual(answers.map(({ code }) => code), [0, 0, 0, 0, 1, 0]);
  assert.deepEqual(answers.filter(({ stderr }) => stderr.includes("not allowed")), []);
});

test("`export` writes the commits, `import` makes the same record of them, and nothing is delivered again", async () => {
  const [written, code] = await json("export", "--out", "acme.ndjson");
  assert.deepEqual([written, code], [{ commits: head.version, head, out: "acme.ndjson" }, 0]);
  const text = await readFile(join(folder, "acme.ndjson"), "utf8");
  assert.deepEqual(text.trim().split("\n").map((line) => JSON.parse(line).version), Array.from({ length: head.version }, (_, place) => place + 1));
  const streamed = await run("export");
  assert.equal(streamed.stdout, text);
  assert.equal(streamed.stderr, `${head.version} commits of acme written, head ${HEAD}\n`);

  const [imported, done] = await json("import", "acme.ndjson", "--head", HEAD, "--store", "file:imported.db");
  assert.deepEqual([imported, done], [{ imported: head.version, commits: head.version, head }, 0]);
  assert.equal((await run("export", "--store", "file:imported.db")).stdout, text);
  assert.equal((await json("stats", "--store", "file:imported.db"))[0].undelivered, 0);
  assert.ok((await json("stats"))[0].undelivered > 0);

  const piped = await into("file:piped.db", text);
  assert.equal(piped.stdout, `${head.version} commits of acme imported, head ${HEAD}\n`);
  const again = await run("import", "acme.ndjson", "--store", "file:piped.db");
  assert.deepEqual([again.code, again.stdout], [0, `0 commits of acme imported behind ${head.version} that were there, head ${HEAD}\n`]);
});

test("`import` refuses what is cut off, changed, another project's or nothing, before it has written", async () => {
  const { stdout } = await run("export");
  const lines = stdout.trim().split("\n");
  const last = lines.length;
  const changed = lines.with(2, lines[2].replace('"read"', '"write"'));
  const cases = [
    ["cut", stdout.slice(0, -20), [], new RegExp(`line ${last} of the input is no JSON: it is cut off there`)],
    ["short", lines.slice(0, -1).join("\n"), ["--head", HEAD], new RegExp(`does not have the head ${HEAD}: it ends with ${last - 1}:`)],
    ["changed", changed.join("\n"), [], /refused at line 3: .*not what its hash was made of/],
    ["missing", lines.toSpliced(2, 1).join("\n"), [], /refused at line 3: /],
    ["other", stdout, ["--project", "other"], /refused at line 1: the commit belongs to another project/],
    ["empty", "", [], /the input is empty/],
    ["letter", "Dear reader,\n", [], /line 1 of the input is no JSON/],
  ];
  const answers = await Promise.all(
    cases.map(([name, input, options]) => cli(["import", "--store", `file:${name}.new.db`, ...PROJECT, ...options], { cwd: folder, input })),
  );
  for (const [place, [, , , said]] of cases.entries()) assertFails(answers[place], 1, said);
  assert.deepEqual((await readdir(folder)).filter((name) => name.endsWith(".new.db")), []);
  assertFails(await run("import", "nothing.ndjson"), 2, /the input cannot be read: ENOENT/);
});

test("`import` leaves a store alone that has another record", async () => {
  const { stdout } = await run("export");
  const cut = await copy("other.db");
  await sql("other.db", "drop trigger access_commits_follow", `update access_commits set hash = '${"0".repeat(64)}', data = json_set(data, '$.hash', '${"0".repeat(64)}') where version = 2`);
  assertFails(await into(cut, stdout), 2, /has a record of acme with another commit 2: import into an empty one/);
  const shorter = stdout.trim().split("\n").slice(0, 3).join("\n");
  assertFails(await into("file:access.db", shorter), 2, /another commit 4: import into an empty one/);
});

test("an `import` that was killed goes on where it stopped", async () => {
  const { stdout } = await run("export");
  const dying = "{ ...store, append: async (...commit) => (await store.append(...commit), commit[0].version === 4 && process.kill(process.pid, 'SIGKILL')) }";
  const killed = await into(await module("dying.mjs", dying, "file:dying.db"), stdout);
  assert.equal(killed.signal, "SIGKILL");
  const resumed = await into("file:dying.db", stdout);
  assert.equal(resumed.stdout, `${head.version - 4} commits of acme imported behind 4 that were there, head ${HEAD}\n`);
  assert.equal((await run("export", "--store", "file:dying.db")).stdout, stdout);
  assert.equal((await json("stats", "--store", "file:dying.db"))[0].undelivered, 0);
});

test("`stats` counts commits, people, policies, requests, grants and messages", async () => {
  const [stats, code] = await json("stats");
  assert.equal(code, 0);
  const { bytes, lastCommitAt, nextWakeAt, undelivered, deadLetters, ...rest } = stats;
  assert.deepEqual(rest, {
    project: "acme",
    commits: head.version,
    head,
    accounts: 4,
    people: 3,
    policies: 1,
    permissions: 0,
    requests: { pending: 1, approved: 1, rejected: 0, cancelled: 0, expired: 0 },
    grants: { scheduled: 0, live: 1, ended: 0 },
  });
  assert.equal(bytes, Buffer.byteLength((await run("export")).stdout));
  assert.ok(lastCommitAt < nextWakeAt && undelivered > 0 && deadLetters === 0);
  const { stdout } = await run("stats");
  assert.match(stdout, /^people +3 with 4 accounts$/m);
  assert.match(stdout, /^requests +1 open$/m);
  assert.match(stdout, new RegExp(`^messages +${undelivered} to be delivered, 0 given up$`, "m"));
});

test("`tick` commits what is due, once", async () => {
  assert.match((await run("tick")).stdout, /^Nothing is due; next at 2/);
  const store = await module("later.mjs", "store", await copy("tick.db"), "const now = Date.now; Date.now = () => now() + 2 * 3600_000;");
  const [{ receipt }, code] = await json("tick", "--store", store);
  assert.equal(code, 0);
  assert.ok(receipt.events.some(({ type, grantId }) => type === "grantEnded" && grantId));
  assert.deepEqual((await json("tick", "--store", store))[0].receipt, null);
});

test("`deliver` prints the mails, once, or hands them to the mailer of a module", async () => {
  const store = await copy("deliver.db");
  const console = ["--console", "--base-url", "https://access.example.com", "--store", store];
  const { undelivered } = (await json("stats", "--store", store))[0];
  const printed = await run("deliver", ...console);
  assert.equal(printed.code, 0);
  assert.match(printed.stdout, /^To: Sam <sam@example\.com>\nSubject: .*\n\n[^]*https:\/\/access\.example\.com\//m);
  const [, sent, dropped] = /^(\d+) messages delivered, (\d+) dropped, 0 left$/m.exec(printed.stdout).map(Number);
  assert.equal(sent + dropped, undelivered);
  assert.equal((await run("deliver", ...console)).stdout, "0 messages delivered, 0 dropped, 0 left\n");

  const failing = await module("failing.mjs", `{ store, mailer: { send: async ({ recipient }) => { if (recipient.id === "sam") throw new Error("mailbox full"); } } }`, await copy("failing.db"));
  const [deliveries, code] = await json("deliver", "--store", failing);
  assert.ok(deliveries.sent > 0 && deliveries.left > 0);
  assert.equal(code, 1);
  assert.deepEqual(await json("deliver", "--store", failing), [{ sent: 0, dropped: 0, left: 0 }, 0]);
  await sql("failing.db", "update access_outbox set due_at = null where settled_at is null");
  const [{ deadLetters, undelivered: waiting }] = await json("stats", "--store", failing);
  assert.ok(deadLetters > 0 && waiting === 0);
  const again = await run("deliver", "--retry-failed", ...console.slice(0, 3), "--store", "file:failing.db");
  assert.match(again.stdout, new RegExp(`^${deadLetters} messages? delivered, 0 dropped, 0 left$`, "m"));
});

test("`deliver --smtp` sends the mails by a mail server, and tries none where there is no server", async () => {
  const taken = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onAuth: ({ username, password }, _, done) => void (password === "secret" ? done(null, { user: username }) : done(new Error("wrong password"))),
    onData: (stream, { envelope }, done) => void stream.on("end", () => (taken.push(envelope.rcptTo[0].address), done())).resume(),
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address();
  const store = await copy("smtp.db");
  const send = (password) =>
    run("deliver", "--smtp", `smtp://ada:${password}@127.0.0.1:${port}`, "--from", "Access <access@example.com>", "--base-url", "https://example.com", "--store", store);
  const { undelivered } = (await json("stats", "--store", store))[0];

  assertFails(await send("guess"), 3, /the mail server cannot be used: .*wrong password/);
  const { stdout, code } = await send("secret");
  const [, sent, dropped] = /^(\d+) messages delivered, (\d+) dropped, 0 left$/m.exec(stdout).map(Number);
  assert.deepEqual([code, sent + dropped, taken.length], [0, undelivered, sent]);
  assert.ok(taken.includes("sam@example.com"));
  await new Promise((resolve) => void server.close(resolve));
  assertFails(await send("secret"), 3, /the mail server cannot be used: .*ECONNREFUSED/);
});

test("`explain` tells steps, quorums and who can act", async () => {
  const { stdout, code } = await run("explain", pending);
  assert.equal(code, 0);
  for (const line of [
    new RegExp(`^Request ${pending} is pending, at step 2 of 2; it expires at 2`, "m"),
    /^Dev \(dev\) asks to read \/payments\/paypal in production for 1 hour$/m,
    /^ {2}\| a customer\n {2}\| waits$/m,
    /^Step 1 \(Security\): completed\n {2}1 of Kim \(kim\), Sam \(sam\); approved by Sam \(sam\)$/m,
    /^Step 2: open\n {2}1 of Ada \(ada\); 1 missing\n {2}can approve now: Ada \(ada\)$/m,
    /^ {2}2\S+ step 1: Sam \(sam\) approved$/m,
  ]) assert.match(stdout, line);
  assert.match((await run("explain", approved)).stdout, /^Grant grt_\S+: live, from 2\S+ until 2\S+$/m);
  const [explanation] = await json("explain", pending);
  assert.deepEqual(explanation.steps[1].canApprove, [{ id: "ada", name: "Ada" }]);
  assertFails(await run("explain", "req_99_0"), 2, /there is no request req_99_0/);
});

test("`analyze` names what is wrong, and what to do about it", async () => {
  const { stdout, code } = await run("analyze");
  assert.equal(code, 1);
  assert.match(stdout, /^\d\. approver_without_email: Kim \(kim\) may be asked to approve and has no e-mail address\n {3}Sync the address in/m);
  const [findings, exit] = await json("analyze");
  assert.equal(exit, 1);
  assert.ok(findings.every(({ problem, advice }) => problem && advice && !/undefined/.test(problem)));
});

test("what is wrong with a call is said in a sentence, with where to read more", async () => {
  const elsewhere = ["--store", "file:access.db", "--project", "elsewhere"];
  const cases = [
    [cli([]), /no command is given: see access-engine --help/],
    [cli(["nope"]), /there is no command nope/],
    [cli(["toString"]), /there is no command toString/],
    [cli(["verify", "--store", "file:access.db"], { cwd: folder }), /--project is missing: see access-engine verify --help/],
    [cli(["verify", ...PROJECT]), /--store is missing/],
    [cli(["verify", "--store", "--json"]), /--store needs ADDRESS/],
    [cli(["verify", "--nope"]), /there is no option --nope/],
    [run("verify", "--out", "x"), /verify has no option --out/],
    [run("verify", "--head", "5"), /--head is VERSION:HASH/],
    [run("verify", "--json=yes"), /--json takes no value/],
    [run("verify", "twice"), /verify takes no twice/],
    [run("explain"), /explain needs REQUEST/],
    [run("deliver"), /there is no mailer: give --smtp, --console, or a module that has one/],
    [run("deliver", "--console", "--smtp", "smtp://x"), /give --smtp or --console, not both/],
    [run("deliver", "--smtp", "smtp://x", "--base-url", "https://x"), /--from is missing/],
    [run("deliver", "--smtp", "x", "--from", "a@example.com", "--base-url", "https://x"), /--smtp is no smtp:\/\/ or smtps:\/\/ address/],
    [run("deliver", "--console"), /--base-url is missing/],
    [run("deliver", "--console", "--base-url", "ftp://x"), /baseUrl.*http/],
    [cli(["verify", ...elsewhere], { cwd: folder }), /the store has no record of elsewhere/],
    [cli(["export", ...elsewhere], { cwd: folder }), /the store has no record of elsewhere/],
  ];
  const answers = await Promise.all(cases.map(([answer]) => answer));
  for (const [place, [, said]] of cases.entries()) assertFails(answers[place], 2, said);
});

test("what is wrong with a store is said in a sentence", async () => {
  await writeFile(join(folder, "letter.db"), "Dear reader, this is a letter and no database.".repeat(100));
  await sql("foreign.db", "create table notes (text)");
  await sql("newer.db", "create table access_schema (version integer)", "insert into access_schema values (99)");
  await writeFile(join(folder, "none.mjs"), "export const store = 7;");
  await writeFile(join(folder, "broken.mjs"), "import 'no-such-package';");
  await writeFile(join(folder, "failing-store.mjs"), "export default { load: async () => { throw new Error('the tape is torn'); }, append: async () => {} };");
  const cases = [
    ["file:nothing.db", 3, /there is no file .*nothing\.db$/m],
    ["file:letter.db", 3, /the store file:letter\.db cannot be used: .*not a database/],
    ["file:foreign.db", 3, /foreign\.db has no record: it is another program's/],
    ["file:newer.db", 3, /tables of version 99, and this package knows \d+: install a newer one/],
    ["mysql://localhost/x", 2, /--store` knows no mysql:/],
    ["./nothing.mjs", 3, /there is no module .*nothing\.mjs/],
    ["none.mjs", 3, /the default export of .*none\.mjs is no store/],
    ["broken.mjs", 3, /cannot be used: Cannot find package 'no-such-package'/],
    ["failing-store.mjs", 3, /`load` failed: the tape is torn/],
    ["postgres://ann:secret@127.0.0.1:1/x", 3, /the store postgres:\/\/127\.0\.0\.1:1\/x cannot be used: connect ECONNREFUSED/],
    ["postgres://ann:secret@[/x", 3, /the store postgres:\/\/… cannot be used: Invalid URL/],
  ];
  const answers = await Promise.all(cases.map(([store]) => run("verify", "--store", store)));
  for (const [place, [, code, said]] of cases.entries()) {
    assertFails(answers[place], code, said);
    assert.ok(!answers[place].stderr.includes("secret"));
  }
  const names = await readdir(folder);
  assert.ok(!names.includes("nothing.db"));
  assert.equal((await createClient({ url: `file:${join(folder, "foreign.db")}` }).execute("select count(*) as n from sqlite_master")).rows[0].n, 1);
});

test("store and project may come from the environment, and `--verbose` shows where an error comes from", async () => {
  const env = { ACCESS_ENGINE_STORE: "file:access.db", ACCESS_ENGINE_PROJECT: "acme" };
  assert.equal((await cli(["verify"], { cwd: folder, env })).code, 0);
  const { code, stderr } = await cli(["verify", "--store", "failing-store.mjs", "--verbose"], { cwd: folder, env });
  assert.equal(code, 3);
  assert.match(stderr, /the tape is torn[^]*at /);
});

test("each command has a help with its options and exit codes, and the package says its version", async () => {
  const all = await cli(["--help"]);
  const names = [...all.stdout.matchAll(/^ {2}([a-z]+)(?: \S+)? {2,}\S/gm)].map(([, name]) => name);
  assert.deepEqual(names.slice(0, 8), ["verify", "export", "import", "stats", "tick", "deliver", "explain", "analyze"]);
  const helps = await Promise.all(names.slice(0, 8).map((name) => cli([name, "--help"])));
  for (const { stdout, code } of helps) {
    assert.equal(code, 0);
    for (const part of [/^Usage: access-engine /m, /^Options\n/m, /^Example\n {2}access-engine /m, /^ {2}3 +the store/m]) assert.match(stdout, part);
    assert.ok(stdout.split("\n").every((line) => line.length <= 120), stdout);
  }
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  assert.equal((await cli(["--version"])).stdout, `${version}\n`);
});

test("what waits for a store that hangs ends when it is interrupted, and says so", async () => {
  await writeFile(join(folder, "hanging.mjs"), "export default { load: () => (console.log('loading'), setInterval(() => {}, 1000), new Promise(() => {})), append: async () => {} };");
  const interrupted = (signal) => cli(["verify", "--store", "hanging.mjs", ...PROJECT], { cwd: folder, during: interrupting(signal) });
  const answers = await Promise.all(["SIGINT", "SIGTERM"].map(interrupted));
  assert.deepEqual(answers.map(({ code }) => code), [130, 143]);
});

test("a `deliver` that is interrupted notes what it has sent, and begins nothing more", async () => {
  const interrupted = "new Promise((resolve) => void (process.once('SIGINT', resolve), process.kill(process.pid, 'SIGINT')))";
  const first = `let sending; const send = async () => (sending ??= ${interrupted});`;
  const store = await copy("slow.db");
  const { undelivered } = (await json("stats", "--store", store))[0];
  const { code, stdout } = await run("deliver", "--store", await module("slow.mjs", "{ store, mailer: { send } }", store, first));
  const [, sent, dropped] = /^(\d+) messages? delivered, (\d+) dropped, 0 left$/m.exec(stdout).map(Number);
  assert.equal(code, 130);
  assert.ok(sent > 0 && sent + dropped < undelivered);
  assert.equal((await json("stats", "--store", store))[0].undelivered, undelivered - sent - dropped);
});

test("an `export` that is interrupted leaves no half file", async () => {
  const endless = `export default { append: async () => {}, load: async (after, limit) => {
    await new Promise((resolve) => void setTimeout(resolve, 5));
    if (after === 500) console.log("begun");
    return Array.from({ length: limit }, (_, place) => ({ version: after + 1 + place, hash: "" }));
  } };`;
  await writeFile(join(folder, "endless.mjs"), endless);
  const during = interrupting("SIGINT");
  const { code, stderr } = await cli(["export", "--store", "endless.mjs", "--out", "endless.ndjson", ...PROJECT], { cwd: folder, during });
  assert.deepEqual([code, stderr], [130, "access-engine: interrupted\n"]);
  assert.deepEqual((await readdir(folder)).filter((name) => name.startsWith("endless.ndjson")), []);
  const closed = await cli(["export", "--store", "endless.mjs", ...PROJECT], { cwd: folder, during: reading });
  assert.deepEqual([closed.code, closed.stderr], [0, ""]);
});

/** What half of the way looks like, and the end of it. */
function drawn(isTTY) {
  const written = [];
  const progress = progressOn({ isTTY, write: (text) => void written.push(text) }, "reading", 1000);
  progress.at(500);
  progress.end();
  return written;
}

test("progress is shown on a terminal only, and leaves no trace", async () => {
  assert.deepEqual(drawn(false), []);
  assert.deepEqual(drawn(true), [`\r\u001B[Kreading ${"#".repeat(15)}${".".repeat(15)} 50 % (500 of 1,000 commits)`, "\r\u001B[K"]);
  for (const length of [0, 1, 2, 3, 100, 1023, 1024]) {
    let looks = 0;
    const load = async (version, limit) => (looks++, Array.from({ length: Math.min(limit, Math.max(length - version, 0)) }));
    // oxlint-disable-next-line no-await-in-loop -- one length after the other
    assert.equal(await lengthOf({ load }), length);
    assert.ok(looks <= 22);
  }
});
