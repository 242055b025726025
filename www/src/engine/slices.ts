/** How long the page is kept from drawing, in milliseconds. */
const SLICE = 40;

/** What long work tells how much of it is done, so that the page goes on meanwhile; throws where it is no longer wanted. */
export function inSlices(signal: AbortSignal, onDone: (done: number) => void): (done: number) => Promise<void> {
  let since = performance.now();
  return async (done) => {
    if (performance.now() - since < SLICE) return;
    onDone(done);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    since = performance.now();
  };
}
