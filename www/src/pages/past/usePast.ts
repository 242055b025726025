import { useEffect, useState } from "react";
import type { Past } from "../../engine/replicas.ts";
import { type Answer, answering } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";

/** The project as it was at a version; what was shown before, until it is opened. */
export function usePast(version: number): Answer<Past> | undefined {
  const { demo } = useDemo();
  const [past, setPast] = useState<Answer<Past>>();
  useEffect(() => {
    let isWanted = true;
    const keep = (opened: Answer<Past>): void => {
      if (isWanted) setPast(opened);
      else opened.value?.engine.free();
    };
    void answering(demo.past(version)).then(keep);
    return () => {
      isWanted = false;
    };
  }, [demo, version]);
  useEffect(() => () => past?.value?.engine.free(), [past]);
  return past;
}
