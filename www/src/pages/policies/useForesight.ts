import type { Command, PolicyTerms } from "access-engine";
import { useEffect, useState } from "react";
import { askAside } from "../../state/aside/aside.ts";
import { answering } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import type { Foresight } from "./foresee.ts";
import { versionOf } from "../../state/version.ts";

/** What a command about a policy would change, for policies of these terms; nothing until it is known, or while nobody wants to know. */
export function useForesight(wanted: boolean, command: Command, terms: readonly PolicyTerms[]): Foresight | undefined {
  const { demo, engine, actor, at } = useDemo();
  const [known, setKnown] = useState<{ readonly asked: string; readonly foresight: Foresight | undefined }>();
  // What only time changes is not asked anew.
  const asked = JSON.stringify([wanted, command, actor, versionOf(engine)]);
  useEffect(() => {
    let isWanted = wanted;
    const ask = async () => {
      if (!wanted) return;
      const { value } = await answering(askAside(demo, { foresee: { command, actor, at, terms } }));
      if (isWanted) setKnown({ asked, foresight: value?.foresight });
    };
    void ask();
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- all that it is asked about is in `asked`
  }, [demo, asked]);
  return known?.asked === asked ? known.foresight : undefined;
}
