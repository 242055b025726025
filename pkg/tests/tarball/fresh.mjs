// A fresh project with the package as npm would install it: what `npm pack` makes, unpacked, and nothing beside it.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const run = promisify(execFile);

const root = fileURLToPath(new URL("../../", import.meta.url));
const own = await mkdtemp(join(tmpdir(), "access-engine-"));
after(() => rm(own, { recursive: true, force: true }));

/** An empty folder whose name begins so, with nothing of a project above it. */
export function emptyFolder(name) {
  return mkdtemp(join(own, name));
}

/** The tarball. */
export const tarball = await pack();

async function pack() {
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", own], { cwd: root });
  return join(own, JSON.parse(stdout)[0].filename);
}

/** Makes a project of these files, by their names; `peers` are there as they are here. */
export async function project(files, peers = []) {
  const folder = await emptyFolder("project-");
  const modules = join(folder, "node_modules");
  await mkdir(modules, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", modules]);
  await cp(join(modules, "package"), join(modules, "access-engine"), { recursive: true });
  await rm(join(modules, "package"), { recursive: true });
  for (const peer of peers) {
    // oxlint-disable no-await-in-loop -- a few
    await mkdir(dirname(join(modules, peer)), { recursive: true });
    await symlink(join(root, "../node_modules", peer), join(modules, peer));
    // oxlint-enable no-await-in-loop
  }
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

/** Runs a file of a project in Node; what it printed. It must end by itself. */
export async function node(folder, ...args) {
  const { stdout } = await run(process.execPath, args, { cwd: folder, timeout: 30_000 });
  return stdout.trim();
}

/** Tells a story: asked, approved, allowed. It ends with `print` of `true` and of a message's subject. */
export const STORY = `
async function story({ AccessEngine, createHost, renderNotice }, { memoryStore }) {
  const user = (id, name) => ({ type: "user", id, name, email: id + "@example.com" });
  const subjects = [];
  const mailer = { send: async (message) => void subjects.push(renderNotice(message, { baseUrl: "https://example.com" }).subject) };
  const host = createHost({ store: memoryStore(), mailer });
  const engine = await AccessEngine.open({ project: "acme", administrators: [user("ada", "Ada")], host });
  const [ada, dev] = [{ subject: "ada" }, { subject: "dev" }];
  await engine.syncDirectory(ada, { changes: [{ upsertSubject: user("dev", "Dev") }] });
  const steps = [{ quorums: [{ approvers: [ada], required: 1 }] }];
  await engine.createPolicy(ada, { name: "All", targets: { environments: ["prod"], paths: ["/**"] }, actions: "all", steps });
  const target = { environment: "prod", path: "/db" };
  const { requestId } = await engine.requestAccess(dev, { target, actions: ["read"], duration: "PT1H" });
  // What is over before its mail is made is not told.
  await engine.deliver();
  const { contentHash } = engine.explain(ada, requestId).request;
  await engine.reviewRequest(ada, { requestId, verdict: "approve", contentHash });
  const isAllowed = engine.isAllowed(dev, "read", target);
  await engine.close();
  return isAllowed + " " + subjects.some((subject) => subject.includes("Dev"));
}
`;

/** What the story says. */
export const TOLD = "true true";

/** The story as a module that prints it. */
export const MODULE = `
import * as engine from "access-engine";
import * as memory from "access-engine/stores/memory";
${STORY}
story(engine, memory).then((said) => console.log(said));
`;

/** The same for \`require\`. */
export const SCRIPT = `
${STORY}
story(require("access-engine"), require("access-engine/stores/memory")).then((said) => console.log(said));
`;
