/** A browser's clock is too coarse for one call: so long are calls made, one after the other. */
const LEAST_MILLISECONDS = 10;
const BATCH = 250;
/** What the browser needs to compile the way to the engine. */
const WARM_UP = 2000;

export interface Measured {
  readonly microseconds: number;
  readonly calls: number;
}

/** How long a call takes here: the mean of as many as fill some milliseconds. */
export function measure(call: () => unknown): Measured {
  for (let index = 0; index < WARM_UP; index += 1) call();
  const start = performance.now();
  for (let calls = BATCH; ; calls += BATCH) {
    for (let index = 0; index < BATCH; index += 1) call();
    const taken = performance.now() - start;
    if (taken >= LEAST_MILLISECONDS) return { microseconds: (taken * 1000) / calls, calls };
  }
}
