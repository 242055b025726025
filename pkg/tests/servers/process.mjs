// Servers that tests start by themselves, on a free port of the loopback, and stop by their ids.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Debian keeps the server's programs beside the path. */
const DEBIAN = "/usr/lib/postgresql";

/** The program of that name, where it is installed. */
export function program(name) {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, "bin")), ...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  const found = folders.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`\`${name}\` is not installed: on Debian, \`apt-get install postgresql pgbouncer\``);
  return found;
}

/** As whom servers run: they refuse to run as root. */
const user = process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};

function idOf(option) {
  return Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
}

/** An empty folder that is the server's own, and goes with `remove`. */
export async function folder() {
  const path = await mkdtemp(join(tmpdir(), "access-engine-"));
  if (user.uid !== undefined) await chown(path, user.uid, user.gid);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Runs a program to its end; what it said goes with the error. */
export function runToEnd(name, args) {
  execFileSync(program(name), args, { ...user, stdio: "pipe", cwd: tmpdir() });
}

/** Starts a server, and waits until it answers. */
export async function start(name, args, isReady) {
  const child = spawn(program(name), args, { ...user, stdio: ["ignore", "pipe", "pipe"], cwd: tmpdir() });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => void (said = `${said}${text}`.slice(-4000)));
  const ended = new Promise((resolve) => void child.once("exit", resolve));
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  for (let attempt = 0; ; attempt += 1) {
    // oxlint-disable no-await-in-loop -- until it answers
    if (await isReady().catch(() => false)) break;
    if (child.exitCode !== null || attempt === 300) {
      kill();
      throw new Error(`\`${name}\` does not start: ${said}`);
    }
    await pause(50);
    // oxlint-enable no-await-in-loop
  }
  return {
    pid: child.pid,
    async stop(signal = "SIGINT") {
      child.kill(signal);
      await ended;
      process.removeListener("exit", kill);
    },
  };
}

/** A port that nobody listens to. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return port;
}
