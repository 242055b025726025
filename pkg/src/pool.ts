import type { AccessEngine } from "./engine.js";
import { AccessError } from "./error.js";
import { allocatedBytes } from "./glue.js";
import { initNow } from "./instance.js";
import { invalid, known } from "./reading.js";

/** What a pool of engines needs. */
export interface PoolOptions {
  /** Opens the engine of a project, such as `(project) => AccessEngine.open({ project, host: hostOf(project) })`. */
  open(project: string): Promise<AccessEngine>;
  /** How much memory the engines of this process may take, in bytes, before idle ones are closed; 256 MiB unless given. */
  maxBytes?: number;
  /** How many engines may be open before idle ones are closed; 1,000 unless given. */
  maxEngines?: number;
}

/** The engines of many projects in one process. */
export interface EnginePool {
  /**
   * Does something with the engine of a project, which is opened where it is not open, and stays open until this is done.
   * An engine that cannot be opened, or is of no use any more, is opened anew the next time.
   */
  use<T>(project: string, work: (engine: AccessEngine) => T | Promise<T>): Promise<T>;
  /** The projects whose engines are open, the least used first. */
  readonly open: readonly string[];
  /** Waits for what is being done, closes all engines, and opens none any more. Work that waits for it waits for ever. */
  close(): Promise<void>;
}

interface Place {
  engine: Promise<AccessEngine>;
  users: number;
  idle: Promise<void>;
  leave: () => void;
}

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_ENGINES = 1000;

/**
 * Makes a pool that opens engines when they are asked for, and closes those that were used least recently where they take
 * more than they may. One that is being used is never closed. Engines of several projects do not wait for each other.
 */
export function createPool(options: PoolOptions): EnginePool {
  const { open, maxBytes = MAX_BYTES, maxEngines = MAX_ENGINES } = known(options, "open", "maxBytes", "maxEngines");
  if (typeof open !== "function") throw invalid("give a function that opens the engine of a project", { field: "open" });
  initNow();
  // The least used first.
  const places = new Map<string, Place>();
  const closing = new Set<Promise<void>>();
  let makingRoom: Promise<void> | undefined;
  let isClosed = false;

  function take(project: string): Place {
    const place = places.get(project) ?? { engine: opened(project), users: 0, idle: Promise.resolve(), leave: () => {} };
    places.delete(project);
    places.set(project, place);
    if (place.users === 0) place.idle = new Promise((resolve) => (place.leave = resolve));
    place.users += 1;
    return place;
  }

  async function opened(project: string): Promise<AccessEngine> {
    return open(project);
  }

  /** Nobody is given it any more. */
  function drop(project: string, place: Place): void {
    if (places.get(project) === place) places.delete(project);
  }

  async function close({ engine, idle }: Place): Promise<void> {
    const closed = idle.then(() => engine).then((it) => it.close()).catch(() => {});
    closing.add(closed);
    await closed;
    closing.delete(closed);
  }

  /** Closes one after the other: how much room that made is known when it is closed. */
  async function makeRoom(): Promise<void> {
    while (places.size > maxEngines || allocatedBytes() > maxBytes) {
      const idle = [...places].find(([, { users }]) => users === 0);
      if (idle === undefined) return;
      drop(...idle);
      // oxlint-disable-next-line no-await-in-loop
      await close(idle[1]);
    }
  }

  return {
    async use(project, work) {
      if (isClosed) throw new AccessError({ message: "the pool is closed", fault: "bug", details: { code: "engine_closed" } });
      const place = take(project);
      try {
        return await work(await place.engine);
      } finally {
        if (!(await place.engine.then(isOfUse, () => false))) {
          drop(project, place);
          void close(place);
        }
        place.users -= 1;
        if (place.users === 0) place.leave();
        makingRoom ??= makeRoom().finally(() => (makingRoom = undefined));
      }
    },
    get open() {
      return [...places.keys()];
    },
    async close() {
      isClosed = true;
      const all = [...places.values()];
      places.clear();
      await Promise.all([...all.map(close), ...closing]);
    },
  };
}

/** Whether it still answers: not where it was closed or freed, or its record was replaced. */
function isOfUse(engine: AccessEngine): boolean {
  try {
    return engine.version >= 0;
  } catch {
    return false;
  }
}
