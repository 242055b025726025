import type { AccessEngine, Actor, PolicyFilter, PolicyId, PolicyView } from "access-engine";
import { startTransition, useEffect, useState } from "react";
import { abilityOf, useAnswer } from "./ask.ts";
import type { Ability } from "./ability.ts";
import { useDemo } from "./demo.tsx";
import { LARGEST } from "./pages.ts";
import { versionOf } from "./version.ts";

/** A part of the live policies. */
export function policiesOf(engine: AccessEngine, actor: Actor, filter: PolicyFilter, options: { at: number }) {
  return engine.policies(actor, filter, options);
}

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
  readonly policies: readonly PolicyView[];
}

/** The policies of projects with more than one answer holds, as they were read last. */
const read = new WeakMap<AccessEngine, Read>();

/** All live policies; of many the first are there at once, and the rest as soon as they are read. */
export function useEveryPolicy(): readonly PolicyView[] {
  const { demo, at } = useDemo();
  const { engine } = demo;
  const version = versionOf(engine);
  const first = useAnswer(["first policies"], (asked, actor, now) => asked.policies(actor, { limit: LARGEST }, now)).value;
  const [all, setAll] = useState(() => read.get(engine));
  const isLong = first?.next !== undefined;
  useEffect(() => {
    if (!isLong || read.get(engine)?.version === version) return undefined;
    const policies: PolicyView[] = [];
    let timer: ReturnType<typeof setTimeout>;
    // What the visitor does comes between.
    const readOn = (after?: string): void => {
      const page = engine.policies("host", { limit: LARGEST, ...(after !== undefined && { after }) }, { at });
      policies.push(...page.items);
      if (page.next !== undefined) {
        timer = setTimeout(readOn, 0, page.next);
        return;
      }
      read.set(engine, { version, policies });
      startTransition(() => setAll({ version, policies }));
    };
    readOn();
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- no time of day changes it
  }, [engine, version, isLong]);
  return isLong && all !== undefined ? all.policies : (first?.items ?? []);
}
