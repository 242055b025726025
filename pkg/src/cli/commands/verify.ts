import { isAccessError } from "../../error.js";
import type { Head, Verification } from "../../types.js";
import { type Answer, type Command, readingHost, type Run, written } from "../run.js";
import { counted } from "../words.js";

export const verify: Command = {
  summary: "checks the whole record: hashes, order, events, and the snapshot",
  options: ["head"],
  details: `Every commit is read as it is stored. The first that does not fit is named, and the exit code is 1. With
--head also a record is found that was cut, or written anew as a whole, since that head was noted.`,
  example: "",

  async run(run) {
    const { head } = run;
    const { store } = await run.open();
    const progress = await run.progress("verifying", store);
    let read = 0;
    const counting = { ...progress, at: (done: number) => progress.at((read = done)) };
    try {
      return await run.withEngine(readingHost(store, run, counting), async (engine) => {
        const verification = await engine.verify(head === undefined ? {} : { head });
        return answer(run, verification, engine.head());
      });
    } catch (error) {
      // Opening accepts the same records: what it refuses is what would be found.
      if (!isAccessError(error, "corrupt_record")) throw error;
      const { version, problem } = error.details;
      return answer(run, { intact: false, commits: read, firstBadVersion: version, problem });
    } finally {
      progress.end();
    }
  },
};

function answer({ project }: Run, verification: Verification, head?: Head): Answer {
  const { intact, commits, firstBadVersion, problem } = verification;
  const text =
    intact && head
      ? `The record of ${project} is intact: ${counted(commits, "commit")}, head ${written(head)}`
      : `The record of ${project} is broken at commit ${firstBadVersion}: ${problem}`;
  return { data: { ...verification, ...(intact && head ? { head } : {}) }, text, isWrong: !intact };
}
