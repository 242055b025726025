import { useCallback, useEffect, useRef, useState } from "react";
import { failureOf } from "../engine/worker.ts";
import * as words from "../words/simulator.ts";
import type { Broken, Order, Report } from "./protocol.ts";

/** So many lines of what happens are kept. */
const LINES = 200;

interface Simulator {
  /** Nothing until the simulator is loaded. */
  readonly report: Report | undefined;
  readonly lines: readonly string[];
  readonly failure: string | undefined;
  readonly order: (order: Order) => void;
}

/** The simulator in a worker of its own, beginning with a seed. */
export function useSimulator(seed: number, broken: readonly Broken[]): Simulator {
  const [report, setReport] = useState<Report>();
  const [told, setTold] = useState<{ readonly seed: number; readonly lines: readonly string[] }>({ seed, lines: [] });
  const [failure, setFailure] = useState<string>();
  const worker = useRef<Worker>(undefined);
  const first = useRef({ seed, broken });

  useEffect(() => {
    const own = new Worker(new URL("./simulator.worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    own.addEventListener("message", ({ data }: MessageEvent<Report>) => {
      setReport(data);
      const now = data.scene;
      setTold((before) => ({ seed: now.seed, lines: [...(before.seed === now.seed ? before.lines : []), ...now.told].slice(-LINES) }));
    });
    own.addEventListener("error", (event) => setFailure(failureOf(event) || words.itCouldNotBeLoaded));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    own.postMessage({ do: "begin", ...first.current } satisfies Order);
    return () => own.terminate();
  }, []);

  const order = useCallback((wanted: Order) => {
    if (wanted.do === "begin") setTold({ seed: wanted.seed, lines: [] });
    worker.current?.postMessage(wanted);
  }, []);
  return { report, lines: told.lines, failure, order };
}
