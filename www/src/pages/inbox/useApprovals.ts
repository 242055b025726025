import type { RequestView } from "access-engine";
import { useCommand } from "../../state/command.tsx";
import { counted } from "../../words/lists.ts";
import * as words from "../../words/pages/inbox.ts";
import { reviewWords } from "../request/done.ts";

/** Approves one request or several, one after the other; stops where the engine refuses one. */
export function useApprovals() {
  const { run, busy, error } = useCommand("reviewRequest");
  const approve = async (requests: readonly RequestView[]): Promise<void> => {
    let count = 0;
    for (const { id: requestId, contentHash } of requests) {
      // oxlint-disable-next-line no-await-in-loop -- one commit after the other
      const receipt = await run({ requestId, verdict: "approve", contentHash }, {
        done: (it) => (requests.length === 1 ? reviewWords(it) : words.countApproved(counted(count + 1, "request"))),
      });
      if (receipt === undefined) return;
      count += 1;
    }
  };
  return { approve, busy, error };
}
