import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";
import type { AccessEngine } from "../../engine.js";
import { isAccessError } from "../../error.js";
import type { AccessStore } from "../../host.js";
import type { Commit, Head } from "../../types.js";
import { EXIT, Failure, problemOf } from "../failure.js";
import { type Command, readingHost, type Run, written } from "../run.js";
import { counted } from "../words.js";

export const importRecord: Command = {
  summary: "writes a record that `export` wrote into an empty store",
  operand: "[FILE]",
  options: ["head"],
  details: `Before anything is written an engine has read the whole input, from FILE or standard input, and accepts it. Then each
commit is appended, read back from the store, and checked again. An import that was interrupted goes on where it stopped
when it is called again with the same input; a store that has any other commit of the project is left alone. Let nobody
open the project before it is done.

The messages of these commits count as delivered: deliver what is left before you export.`,
  example: "acme.ndjson",

  async run(run) {
    const lines = linesOf(await input(run.call.operand));
    const head = await check(run, lines);
    const { store } = await run.open({ make: true });
    const target = writingBehind(store, lines, run);
    const progress = run.progressOf("importing", lines.count);
    const compare = (engine: AccessEngine): void => {
      if (engine.head().hash !== head.hash) throw new Failure(EXIT.failed, "the store gives other commits than were written: verify it");
    };
    // A page of commits takes as long as the store needs to write them.
    await run.withEngine(readingHost(target, run, progress), compare, 3600).finally(() => progress.end());
    const before = lines.count - target.appended;
    const behind = before > 0 ? ` behind ${before.toLocaleString("en")} that were there` : "";
    const text = `${counted(target.appended, "commit")} of ${run.project} imported${behind}, head ${written(head)}`;
    return { data: { imported: target.appended, commits: lines.count, head }, text };
  },
};

/** Has an engine read the input; its head. */
async function check(run: Run, lines: Lines): Promise<Head> {
  const { head: asked } = run;
  const progress = run.progressOf("checking", lines.count);
  try {
    const found = await run.withEngine(readingHost(lines, run, progress), (engine) => engine.head());
    if (!asked || lines.at(asked.version)?.hash === asked.hash) return found;
    throw new Failure(EXIT.found, `the input does not have the head ${written(asked)}: it ends with ${written(found)}; nothing was written`);
  } catch (error) {
    if (!isAccessError(error, "corrupt_record")) throw error;
    const { version, problem } = error.details;
    throw new Failure(EXIT.found, `the input is refused at line ${version}: ${problem}; nothing was written`, { cause: error });
  } finally {
    progress.end();
  }
}

/** A store to be read, in which what is read and not there yet is written first. */
function writingBehind(store: AccessStore, lines: Lines, { project, signal }: Run): Pick<AccessStore, "load"> & { appended: number } {
  async function append(commit: Commit): Promise<void> {
    signal.throwIfAborted();
    try {
      await store.append(commit, { version: commit.version - 1, hash: commit.previousHash });
    } catch (cause) {
      if ((cause as Error | undefined)?.name !== "ConflictError") throw cause;
      throw new Failure(EXIT.failed, `somebody else writes to the record of ${project}: nothing more was written`, { cause });
    }
  }

  return {
    appended: 0,
    async load(afterVersion, limit) {
      const page = await lines.load(afterVersion, limit);
      const there = await store.load(afterVersion, limit);
      const other = there.find(({ hash }, place) => hash !== page[place]?.hash);
      if (other) throw new Failure(EXIT.usage, `the store has a record of ${project} with another commit ${other.version}: import into an empty one`);
      // oxlint-disable no-await-in-loop -- one behind the other
      for (const commit of page.slice(there.length)) {
        await append(commit);
        this.appended += 1;
      }
      // oxlint-enable no-await-in-loop
      // Also of what was there: an import may have ended in between.
      const told = page.flatMap(({ at, notices }) => notices.flatMap(({ id, to }) => to.map((recipientId) => ({ noticeId: id, recipientId, attempt: 0, at }))));
      await Promise.all(told.map((settlement) => store.settle?.(settlement)));
      return store.load(afterVersion, limit);
    },
  };
}

async function input(file: string | undefined): Promise<Buffer> {
  try {
    return await buffer(file === undefined ? process.stdin : createReadStream(file));
  } catch (cause) {
    throw new Failure(EXIT.usage, `the input cannot be read: ${problemOf(cause)}`, { cause });
  }
}

/** NDJSON, as a store that is only read: a line becomes an object when it is asked for. */
interface Lines extends Pick<AccessStore, "load"> {
  count: number;
  /** The commit of that version; nothing where there is no such line. */
  at(version: number): Commit | undefined;
}

function linesOf(bytes: Buffer): Lines {
  // Where each line ends, and before the first.
  const ends = [-1];
  for (let end = bytes.indexOf("\n"); end !== -1; end = bytes.indexOf("\n", end + 1)) ends.push(end);
  if (Number(ends.at(-1)) < bytes.length - 1) ends.push(bytes.length);
  const count = ends.length - 1;
  if (count === 0) throw new Failure(EXIT.found, "the input is empty");

  function at(version: number): Commit | undefined {
    const [before, end] = [ends[version - 1], ends[version]];
    if (before === undefined || end === undefined) return undefined;
    try {
      return JSON.parse(bytes.toString("utf8", before + 1, end)) as Commit;
    } catch (cause) {
      throw new Failure(EXIT.found, `line ${version} of the input is no JSON: it is cut off there, or no export; nothing was written`, { cause });
    }
  }

  return {
    count,
    at,
    async load(afterVersion, limit) {
      const versions = Array.from({ length: limit }, (_, place) => afterVersion + 1 + place);
      return versions.map(at).filter((commit) => commit !== undefined);
    },
  };
}
