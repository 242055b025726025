// A fresh project into which npm has installed the tarball, and whatever else it takes.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { MODULE, run, tarball } from "../tarball/fresh.mjs";

const own = await mkdtemp(join(tmpdir(), "access-engine-"));
after(() => rm(own, { recursive: true, force: true }));

let projects = 0;
/** Makes a project of these files and packages; `settings` stand in its `package.json`. */
export async function installed(files, packages = [], settings = { type: "module" }) {
  projects += 1;
  const folder = join(own, `project-${projects}`);
  await write(folder, { "package.json": JSON.stringify({ private: true, ...settings }), ...files });
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel", "error", tarball, ...packages], { cwd: folder });
  return folder;
}

/** Writes files below a folder, by their names. */
export async function write(folder, files) {
  const writing = Object.entries(files).map(async ([name, text]) => {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  });
  await Promise.all(writing);
}

/** Runs a program that a package of the project has; what it printed. */
export async function npx(folder, ...args) {
  const { stdout } = await run("npx", ["--no-install", ...args], { cwd: folder, timeout: 300_000, maxBuffer: 1e8 });
  return stdout.trim();
}

/** A page that runs the story, and a module for it that writes down what it says. */
export const PAGE = '<!doctype html><meta charset="utf-8"><title>Story</title><script type="module" src="./story.js"></script>';
export const PAGE_MODULE = MODULE.replace("console.log(said)", "(document.body.textContent = said)");
