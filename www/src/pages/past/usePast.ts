import { useEffect, useRef, useState } from "react";
import type { Past } from "../../engine/replicas.ts";
import { type Answer, answering } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";

/** The project as it was at a version; what was shown before, until it is opened. */
export function usePast(version: number): Answer<Past> | undefined {
  const { demo } = useDemo();
  const [past, setPast] = useState<Answer<Past>>();
  const before = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    let isWanted = true;
    // One after the other: of a long record only the last that was asked for is read.
    const open = async (): Promise<void> => {
      if (!isWanted) return;
      const opened = await answering(demo.past(version));
      if (isWanted) setPast(opened);
      else opened.value?.engine.free();
    };
    before.current = before.current.then(open);
    return () => {
      isWanted = false;
    };
  }, [demo, version]);
  useEffect(() => () => past?.value?.engine.free(), [past]);
  return past;
}
