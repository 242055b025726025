// Records of workloads in files.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The record of a workload in a folder. */
export function keptIn(folder, workload) {
  const file = join(folder, `${digestOf(workload)}.ndjson`);
  return { read: () => (existsSync(file) ? read(file) : undefined), write: (commits) => write(file, commits) };
}

const digestOf = (workload) => createHash("sha256").update(JSON.stringify(workload)).digest("hex").slice(0, 16);

async function read(file) {
  const commits = [];
  for await (const line of createInterface({ input: createReadStream(file) })) commits.push(line);
  return commits;
}

/** Whole or not at all: a run may be interrupted. */
async function write(file, commits) {
  await mkdir(join(file, ".."), { recursive: true });
  await pipeline(Readable.from(lines(commits)), createWriteStream(`${file}.part`));
  await rename(`${file}.part`, file);
}

function* lines(commits) {
  for (const text of commits) yield `${text}\n`;
}
