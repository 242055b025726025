import { isAccessError } from "./error.js";
import type { AccessHost } from "./host.js";

/** What an engine does by itself while it is open. */
export interface Following {
  /**
   * How often the engine looks for what others have appended, in seconds; 5 unless given. A store that can tell of it
   * (`onChange`) is listened to, too, so that it is known at once. 0: the engine neither looks nor listens, and learns of it
   * by its next command or `refresh`.
   */
  pollSeconds?: number;
  /** Whether it also ticks and delivers as often, and each time something has changed: for servers, any number of them. */
  background?: boolean;
  /** Hears of what goes wrong behind, such as a store that cannot be reached for a while; the engine goes on trying. */
  onError?: (error: unknown) => void;
}

/** What is called of an engine. */
interface Follower {
  readonly version: number;
  refresh(): Promise<unknown>;
  tick(): Promise<unknown>;
  deliver(): Promise<unknown>;
}

const POLL_SECONDS = 5;
/** After these an engine is of no use any more. */
const ENDS = ["engine_closed", "engine_poisoned", "record_replaced"] as const;

/**
 * Has an engine follow its record until it is told to stop, or the engine is of no use any more. An engine that nobody has
 * any more is not kept for it, nor is a process kept alive.
 */
export function follow(engine: Follower, host: AccessHost, { pollSeconds = POLL_SECONDS, background = false, onError }: Following): () => void {
  if (pollSeconds === 0) return () => {};
  const kept = new WeakRef(engine);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ending: (() => void) | undefined;
  let isStopped = false;
  let isListening = false;
  let isLooking = false;
  let isLookingAgain = false;
  let isDelivering = false;

  function stop(): void {
    isStopped = true;
    clearTimeout(timer);
    ending?.();
  }

  function fail(error: unknown): void {
    if (ENDS.some((code) => isAccessError(error, code))) stop();
    // What throws here is nobody's to catch.
    if (!isAccessError(error, "engine_closed")) queueMicrotask(() => onError?.(error));
  }

  async function look(): Promise<void> {
    isLookingAgain = isLooking;
    if (isLooking) return;
    isLooking = true;
    const follower = kept.deref();
    if (!follower) return stop();
    try {
      // What is due is committed onto the newest state, and what is sent is made of it.
      await follower.refresh();
      if (background) {
        await follower.tick();
        // Mail that hangs delays nothing that is due.
        deliver(follower);
      }
    } catch (error) {
      fail(error);
    }
    isLooking = false;
    if (isLookingAgain && !isStopped) await look();
  }

  function deliver(follower: Follower): void {
    if (isDelivering) return;
    isDelivering = true;
    void follower.deliver().catch(fail).finally(() => (isDelivering = false));
  }

  function wait(): void {
    timer = setTimeout(() => {
      void listen();
      void look().then(() => isStopped || wait());
    }, 1000 * pollSeconds);
    // Of Node, where a timer keeps a process alive unless it is told not to.
    (timer as { unref?(): void }).unref?.();
  }

  function isBehind(version: number): boolean {
    try {
      return version > (kept.deref()?.version ?? Infinity);
    } catch {
      // An engine that is of no use any more says no version.
      return false;
    }
  }

  /** Tried again with each look, until the store can tell. */
  async function listen(): Promise<void> {
    if (isListening) return;
    isListening = true;
    try {
      const end = await host.onChange?.((version = Infinity) => {
        // Its own commit an engine is told of before it knows that it is appended.
        setTimeout(() => {
          if (!isStopped && isBehind(version)) void look();
        }, 0);
      });
      if (isStopped) end?.();
      else ending = end;
    } catch (error) {
      isListening = false;
      fail(error);
    }
  }

  wait();
  void listen();
  return stop;
}
