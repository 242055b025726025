import type { AccessEngine, Finding } from "access-engine";
import { useEffect, useState } from "react";
import { useAdministers } from "./administers.ts";
import { askAside, isAside } from "./aside/aside.ts";
import { answer } from "./ask.ts";
import { useDemo } from "./demo.tsx";
import { versionOf } from "./version.ts";

type Findings = readonly Finding[] | undefined;

interface Analysed<F> {
  readonly version: number;
  readonly asker: string;
  readonly findings: F;
}

const analysed = new WeakMap<AccessEngine, Analysed<Findings>>();
const underWay = new WeakMap<AccessEngine, Analysed<Promise<Findings>>>();

/**
 * What is wrong with policies, people and requests; nothing for those who may not ask. It takes a while in a large project, and
 * no time of day changes it: it is asked once for each version. Where it is asked aside, what was found before stands meanwhile.
 */
export function useFindings(): Findings {
  const { demo, actor, me, at } = useDemo();
  const { engine } = demo;
  const version = versionOf(engine);
  const { allowed } = useAdministers();
  const [, setFound] = useState<Findings>();
  const isLong = isAside(demo);
  useEffect(() => {
    if (!isLong || !allowed) return;
    const asked = underWay.get(engine);
    const isAsked = asked?.version === version && asked.asker === me.id;
    const findings = isAsked ? asked.findings : askAside(demo, { analyze: { actor, at } }).then((it) => it.findings);
    underWay.set(engine, { version, asker: me.id, findings });
    const keep = (found: Findings): void => {
      if (found === undefined) return;
      analysed.set(engine, { version, asker: me.id, findings: found });
      setFound(found);
    };
    void findings.then(keep);
    // oxlint-disable-next-line react/exhaustive-deps -- no time of day changes it
  }, [demo, version, me.id, isLong, allowed]);
  const before = analysed.get(engine);
  const isKnown = before?.asker === me.id && (isLong || before.version === version);
  if (isKnown || isLong) return isKnown ? before.findings : undefined;
  const { value: findings } = answer(() => engine.analyze(actor, { at }));
  analysed.set(engine, { version, asker: me.id, findings });
  return findings;
}
