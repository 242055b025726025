import { type AccessEngine, type AccessError, type Actor, isAccessError, type Receipt } from "access-engine";
import { type NavigateOptions, useRouter } from "@tanstack/react-router";
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import { counted } from "../words/lists.ts";
import { useDemo } from "./demo.tsx";

/** What was done last, for the strip above the page. */
export interface Said {
  readonly text: string;
  readonly mails: number;
  /** The page that it was said on, and is shown on. */
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

export function mailWords(count: number): string {
  return `${counted(count, "mail")} sent`;
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
  const { demo, engine, actor } = useDemo();
  const { say } = useSaid();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AccessError>();

  const run = useCallback(
    async ({ send, done, goTo }: Command): Promise<Receipt | undefined> => {
      setBusy(true);
      setError(undefined);
      const before = demo.mailbox.mails.length;
      try {
        const receipt = await send(engine, actor);
        await engine.deliver();
        const mails = demo.mailbox.mails.length - before;
        if (goTo !== undefined) await router.navigate(goTo(receipt));
        say({ text: done(receipt), mails, path: router.state.location.pathname });
        return receipt;
      } catch (caught) {
        if (!isAccessError(caught)) throw caught;
        setError(caught);
        say(undefined);
        return undefined;
      } finally {
        setBusy(false);
        demo.changed();
      }
    },
    [demo, engine, actor, say, router],
  );

  const forgive = useCallback(() => setError(undefined), []);
  return { run, busy, error, forgive };
}
