import type { AccessStore } from "../host.js";

/** Shows how far something has come. */
export interface Progress {
  /** So many commits are done. */
  at(done: number): void;
  /** Leaves no trace. */
  end(): void;
}

/** Where it is shown: a terminal, else nowhere. */
export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;
/** Milliseconds between two pictures. */
const PAUSE = 100;

/** A bar for so many commits. It needs no library: one line, drawn over. */
export function progressOn(screen: Screen, what: string, total: number): Progress {
  let drawn = 0;
  return {
    at(done) {
      const now = Date.now();
      if (!screen.isTTY || now - drawn < PAUSE) return;
      drawn = now;
      const part = Math.min(done / Math.max(total, 1), 1);
      const bar = "#".repeat(Math.round(part * WIDTH)).padEnd(WIDTH, ".");
      const [is, of] = [done, total].map((count) => count.toLocaleString("en"));
      screen.write(`\r\u001b[K${what} ${bar} ${Math.floor(part * 100)} % (${is} of ${of} commits)`);
    },
    end() {
      if (drawn > 0) screen.write("\r\u001b[K");
    },
  };
}

/** How many commits a record has, found in a few looks: any store can say of a version whether it is there. */
export async function lengthOf(store: AccessStore): Promise<number> {
  const has = async (version: number): Promise<boolean> => (await store.load(version - 1, 1)).length > 0;
  let [low, high] = [0, 1];
  // oxlint-disable no-await-in-loop -- each look says where the next one is
  while (await has(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await has(middle)) low = middle;
    else high = middle;
  }
  // oxlint-enable no-await-in-loop
  return low;
}
