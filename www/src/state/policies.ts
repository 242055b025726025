import type { AccessEngine, PolicyId, PolicyView } from "access-engine";
import { startTransition, useEffect, useState } from "react";
import { abilityOf, answer, useAnswer } from "./ask.ts";
import type { Ability } from "./ability.ts";
import { useDemo } from "./demo.tsx";
import { LARGEST } from "./pages.ts";
import { versionOf } from "./version.ts";

/** Whether the visitor may make, change and delete policies. */
export function useManage(): Ability {
  return abilityOf(useAnswer(["manage"], (engine, actor, now) => engine.policies(actor, { limit: 1 }, now)), ({ manage }) => manage);
}

/** A live policy. */
export function usePolicy(id: PolicyId | undefined): PolicyView | undefined {
  return useAnswer(["policy", id], (engine, actor, now) => (id === undefined ? undefined : engine.policies(actor, { id }, now).items[0])).value;
}

interface Read {
  readonly version: number;
  readonly asker: string;
  readonly policies: readonly PolicyView[];
}

/** The policies of projects with more than one answer holds, as somebody was last told. */
const read = new WeakMap<AccessEngine, Read>();

/** All live policies that the visitor sees; of many the first are there at once, and the rest as soon as they are read. */
export function useEveryPolicy(): readonly PolicyView[] {
  const { engine, actor, me, at } = useDemo();
  const version = versionOf(engine);
  const first = useAnswer(["first policies"], (asked, asker, now) => asked.policies(asker, { limit: LARGEST }, now)).value;
  const [, drawAnew] = useState<Read>();
  const isLong = first?.next !== undefined;
  useEffect(() => {
    const known = read.get(engine);
    if (!isLong || (known?.version === version && known.asker === me.id)) return undefined;
    const policies: PolicyView[] = [];
    let timer: ReturnType<typeof setTimeout>;
    // What the visitor does comes between.
    const readOn = (after?: string): void => {
      const { value: page } = answer(() => engine.policies(actor, { limit: LARGEST, ...(after !== undefined && { after }) }, { at }));
      if (page === undefined) return;
      policies.push(...page.items);
      if (page.next !== undefined) {
        timer = setTimeout(readOn, 0, page.next);
        return;
      }
      const all = { version, asker: me.id, policies };
      read.set(engine, all);
      startTransition(() => drawAnew(all));
    };
    readOn();
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- no time of day changes it
  }, [engine, version, me.id, isLong]);
  const all = read.get(engine);
  return isLong && all?.asker === me.id ? all.policies : (first?.items ?? []);
}
