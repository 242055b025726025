import { type AccessEngine, type AccessError, type Actor, isAccessError, type Receipt } from "access-engine";
import { type NavigateOptions, useRouter } from "@tanstack/react-router";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { useDemo } from "./demo.tsx";
import { keepFocus } from "./focus.ts";

/** What was done last, for the strip above the page. */
export interface Said {
  readonly text: string;
  /** The commit that did it. */
  readonly version: number;
  /** To whom it was said, on which page: nobody else reads it, and nowhere else. */
  readonly to: string;
  readonly path: string;
}

interface SaidState {
  readonly said: Said | undefined;
  readonly say: (said: Said | undefined) => void;
}

const SaidContext = createContext<SaidState>({ said: undefined, say: () => {} });

export function SaidProvider({ children }: { children: ReactNode }) {
  const [said, say] = useState<Said>();
  const state = useMemo(() => ({ said, say }), [said]);
  return <SaidContext value={state}>{children}</SaidContext>;
}

export function useSaid(): SaidState {
  return use(SaidContext);
}

interface Command {
  readonly send: Send;
  /** What to say of it. */
  readonly done: (receipt: Receipt) => string;
  /** Where to go from here. */
  readonly goTo?: (receipt: Receipt) => NavigateOptions;
}

type Send = (engine: AccessEngine, actor: Actor) => Promise<Receipt>;

/** Sends commands as the visitor, one at a time, and keeps what the engine said against the last. */
export function useCommand() {
  const { demo, engine, actor, me } = useDemo();
  const { say } = useSaid();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AccessError>();

  const run = async ({ send, done, goTo }: Command): Promise<Receipt | undefined> => {
    const giveFocusBack = keepFocus();
    setBusy(true);
    setError(undefined);
    try {
      const receipt = await send(engine, actor);
      if (goTo !== undefined) await router.navigate(goTo(receipt));
      say({ text: done(receipt), version: receipt.version, to: me.id, path: router.state.location.pathname });
      return receipt;
    } catch (caught) {
      if (!isAccessError(caught)) throw caught;
      setError(caught);
      say(undefined);
      return undefined;
    } finally {
      setBusy(false);
      demo.changed();
      giveFocusBack();
    }
  };

  const forgive = () => setError(undefined);
  return { run, busy, error, forgive };
}
