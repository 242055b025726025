import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Commit, Head } from "../../types.js";
import { EXIT, Failure, problemOf } from "../failure.js";
import { type Command, written } from "../run.js";
import { counted } from "../words.js";

/** How many commits are read at once. */
const PAGE = 500;

export const exportRecord: Command = {
  summary: "writes the record as NDJSON, a commit a line",
  options: ["out"],
  details: `The lines are the commits as they are stored, texts included: keep them as you keep the record itself. Note the
head that it tells at the end: \`import --head\` and \`verify --head\` find by it that lines are missing at the end. What
has been delivered is not part of the record.`,
  example: "--out acme.ndjson",

  async run(run) {
    const { out } = run.call.options;
    const { store } = await run.open();
    const toTerminal = out === undefined && process.stdout.isTTY;
    const progress = toTerminal ? run.progressOf("", 0) : await run.progress("exporting", store);
    let last: Commit | undefined;

    async function* lines(): AsyncGenerator<string> {
      for (;;) {
        run.signal.throwIfAborted();
        // oxlint-disable-next-line no-await-in-loop -- page by page
        const page = await store.load(last?.version ?? 0, PAGE);
        last = page.at(-1) ?? last;
        yield page.map((commit) => `${JSON.stringify(commit)}\n`).join("");
        progress.at(last?.version ?? 0);
        if (page.length < PAGE) return;
      }
    }

    try {
      if (out === undefined) await pipeline(lines, process.stdout, { end: false });
      else await toFile(out, lines);
    } finally {
      progress.end();
    }
    if (!last) throw new Failure(EXIT.usage, `the store has no record of ${run.project}`);
    const head: Head = { version: last.version, hash: last.hash };
    const text = `${counted(last.version, "commit")} of ${run.project} written, head ${written(head)}`;
    return { data: { commits: last.version, head, ...(out === undefined ? {} : { out }) }, text, isBeside: out === undefined };
  },
};

/** Writes a file that is whole, or is not there. */
async function toFile(out: string, lines: () => AsyncGenerator<string>): Promise<void> {
  const part = `${out}.part`;
  try {
    await pipeline(Readable.from(lines()), createWriteStream(part, { flush: true }));
    await rename(part, out);
  } catch (cause) {
    await rm(part, { force: true });
    if (!["ENOENT", "EACCES", "EISDIR", "ENOSPC"].includes(String((cause as { code?: unknown }).code))) throw cause;
    throw new Failure(EXIT.failed, `${out} cannot be written: ${problemOf(cause)}`, { cause });
  }
}
