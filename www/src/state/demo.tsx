import type { AccessEngine, Actor } from "access-engine";
import { AccessProvider } from "access-engine/react";
import { createContext, type ReactNode, use, useMemo, useState, useSyncExternalStore } from "react";
import type { Persona } from "../engine/company.ts";
import type { Demo } from "../engine/demo.ts";
import { personasOf } from "../engine/personas.ts";
import type { Past } from "../engine/replicas.ts";
import { recallInTab, rememberInTab } from "../engine/tab.ts";

/** What every page needs: the engine, who asks it, and for which time. */
export interface DemoState {
  readonly demo: Demo;
  readonly engine: AccessEngine;
  /** Who the visitor is. */
  readonly me: Persona;
  /** Whom the visitor can be. */
  readonly personas: readonly Persona[];
  readonly actor: Actor;
  /** The time that the page shows; questions are asked about it. */
  readonly at: number;
  /** Grows whenever the engine may answer differently. */
  readonly revision: number;
  readonly become: (personaId: string) => void;
}

const DemoContext = createContext<DemoState | undefined>(undefined);

export function DemoProvider({ demo, children }: { demo: Demo; children: ReactNode }) {
  const { at, revision } = useSyncExternalStore(demo.subscribe, demo.moment);
  const [personaId, setPersonaId] = useState(() => recallInTab("persona"));
  const state = useMemo<DemoState>(() => {
    const personas = personasOf(demo);
    const me = personas.find(({ id }) => id === personaId) ?? startingPersona(personas);
    const become = (id: string) => {
      setPersonaId(id);
      rememberInTab("persona", id);
    };
    return { demo, engine: demo.watched, me, personas, actor: { subject: me.id }, at, revision, become };
  }, [demo, personaId, at, revision]);
  return (
    <AccessProvider engine={demo.watched} actor={state.actor} now={at}>
      <DemoContext value={state}>{children}</DemoContext>
    </AccessProvider>
  );
}

/** What is below asks the project as it was; nothing of it changes any more. */
export function PastProvider({ past: { engine, at }, children }: { past: Past; children: ReactNode }) {
  const present = useDemo();
  const state = useMemo<DemoState>(() => ({ ...present, engine, at }), [present, engine, at]);
  return (
    <AccessProvider engine={engine} actor={present.actor} now={at}>
      <DemoContext value={state}>{children}</DemoContext>
    </AccessProvider>
  );
}

export function useDemo(): DemoState {
  const state = use(DemoContext);
  if (state === undefined) throw new Error("useDemo is called outside of DemoProvider");
  return state;
}

/** Everybody meets the sample as an approver for whom something waits; a project without one as its administrator. */
function startingPersona(personas: readonly Persona[]): Persona {
  const persona = personas.find(({ role }) => role === "security") ?? personas[0];
  if (persona === undefined) throw new Error("the project has nobody");
  return persona;
}
