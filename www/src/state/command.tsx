import type { Receipt } from "access-engine";
import { type CommandName, useCommand as useEngineCommand } from "access-engine/react";
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

interface Afterwards {
  /** What to say of it. */
  readonly done: (receipt: Receipt) => string;
  /** Where to go from here. */
  readonly goTo?: (receipt: Receipt) => NavigateOptions;
}

/** Sends commands of this name as the visitor, and keeps what the engine said against the last. */
export function useCommand<N extends CommandName>(name: N) {
  const { demo, me } = useDemo();
  const { say } = useSaid();
  const router = useRouter();
  const { run: send, pending, error, reset } = useEngineCommand(name);

  const run = async (input: Parameters<typeof send>[0], { done, goTo }: Afterwards): Promise<Receipt | undefined> => {
    const giveFocusBack = keepFocus();
    const receipt = await send(input);
    if (receipt === undefined) {
      say(undefined);
    } else {
      if (goTo !== undefined) await router.navigate(goTo(receipt));
      say({ text: done(receipt), version: receipt.version, to: me.id, path: router.state.location.pathname });
    }
    // Draws at once, so that the focus finds what is there now.
    demo.changed();
    giveFocusBack();
    return receipt;
  };

  return { run, busy: pending, error, forgive: reset };
}
