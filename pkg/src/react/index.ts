"use client";
/**
 * Hooks for React 18 and later: answers of the engine, again as soon as they are others.
 *
 * A question is asked while rendering, once, whoever asks it; a component renders again only when its answer is another one,
 * because of a commit or because time has passed. What the engine refuses is thrown as an `AccessError`, for the error
 * boundary around; what it refuses of a command is given.
 *
 * @module access-engine/react
 */
import { createContext, createElement, type ReactElement, type ReactNode, useCallback, useContext, useMemo, useState, useSyncExternalStore } from "react";
import type { CommandOptions, Commands } from "../commands.js";
import type { AccessEngine } from "../engine.js";
import { AccessError, isAccessError } from "../error.js";
import { text } from "../reading.js";
import type {
  AccessQuery,
  Actor,
  Decision,
  Explanation,
  GrantFilter,
  GrantStatus,
  GrantView,
  InboxFilter,
  InboxItem,
  InboxTask,
  Page,
  Receipt,
  RequestFilter,
  RequestId,
  RequestStatus,
  RequestView,
  SubjectRef,
} from "../types.js";
import { Answers } from "./answers.js";

/** What is called of an engine; it may be a read-only one. */
export type AskedEngine = Pick<AccessEngine, "version" | "subscribe" | "nextWakeAt" | "evaluate" | "explain" | "inbox" | "requests" | "grants">;

/** The name of a command, which is that of its method. */
export type CommandName = keyof Commands;

/** Carries a command out for the actor whom it has authenticated, such as a server. What it throws is given as an `AccessError`. */
export type SendCommand = (name: CommandName, input: unknown, options?: CommandOptions) => Promise<Receipt>;

/** What `AccessProvider` needs. Give the same `engine`, `now` and `send` each time it renders; an actor may be written in place. */
export interface AccessProviderProps {
  /** Answers the questions. Whoever has opened it closes it, after what is below is gone. */
  engine: AskedEngine;
  /** Who asks, and sends commands. */
  actor: Actor;
  /** The clock of the engine's host, where it has one of its own; or an instant, and everything below is as of then. `Date.now` unless given. */
  now?: number | (() => number);
  /** Carries commands out in place of the engine, which may then be a read-only one. */
  send?: SendCommand;
  /** What may use the hooks. */
  children?: ReactNode;
}

/** What is below asks this engine, as this actor. */
export function AccessProvider({ engine, actor, now = Date.now, send, children }: AccessProviderProps): ReactElement {
  const answers = useMemo(() => new Answers(engine, now), [engine, now]);
  const who = text(actor, "actor");
  const asker = useMemo(() => JSON.parse(who) as Actor, [who]);
  const access = useMemo<Access>(() => ({ answers, engine, actor: asker, send }), [answers, engine, asker, send]);
  return createElement(AccessContext.Provider, { value: access }, children);
}

/** The engine that the provider was given, to call what no hook does; say of which type it is, where it is not a whole one. */
export function useEngine<E extends AskedEngine = AccessEngine>(): E {
  return useAccess().engine as E;
}

/** Who asks. */
export function useActor(): Actor {
  return useAccess().actor;
}

/** A query about the actor, unless it names another subject. */
export interface DecisionQuery extends Omit<AccessQuery, "subject"> {
  /** Who would act. */
  subject?: SubjectRef;
}

/** May the actor do this now, why, and if not, how can access be asked for? */
export function useDecision(query: DecisionQuery): Decision {
  return useAnswer(["evaluate", query], (engine: AskedEngine, actor, options) =>
    engine.evaluate({ subject: actor as SubjectRef, ...query }, options),
  );
}

/** How a request stands: who has reviewed, who can now, what the actor can do and why not. */
export function useExplanation(requestId: RequestId): Explanation {
  return useAnswer(["explain", requestId], (engine: AskedEngine, actor, options) => engine.explain(actor, requestId, options));
}

/** What waits for the actor. */
export function useInbox(filter: InboxFilter = {}): Page<InboxItem, InboxTask> {
  return useAnswer(["inbox", filter], (engine: AskedEngine, actor, options) => engine.inbox(actor, filter, options));
}

/** Requests that the actor may see. */
export function useRequests(filter: RequestFilter = {}): Page<RequestView, RequestStatus> {
  return useAnswer(["requests", filter], (engine: AskedEngine, actor, options) => engine.requests(actor, filter, options));
}

/** Grants that the actor may see. */
export function useGrants(filter: GrantFilter = {}): Page<GrantView, GrantStatus> {
  return useAnswer(["grants", filter], (engine: AskedEngine, actor, options) => engine.grants(actor, filter, options));
}

/**
 * Asks the engine anything else that it answers at once. The key is plain data that tells this question from every other one:
 * a name, and all that `ask` reads from around it. What `ask` catches it can answer in place.
 */
export function useQuestion<T, E extends AskedEngine = AccessEngine>(
  key: readonly unknown[],
  ask: (engine: E, actor: Actor, options: { at: number }) => T,
): T {
  return useAnswer([key], ask);
}

/** A command as a component sends it. */
export interface CommandHandle<I, R extends Receipt> {
  /**
   * Sends it. Resolves to the receipt, or to nothing where it was refused: then `error` says why. It is not sent again while
   * one with the same input is under way, such as by a second click. It goes on when the component is gone.
   */
  run(input: I, options?: CommandOptions): Promise<R | undefined>;
  /** Whether one is under way. */
  readonly pending: boolean;
  /** Why the last one was refused. */
  readonly error?: AccessError;
  /** The receipt of the last one. */
  readonly result?: R;
  /** Forgets error and result. */
  reset(): void;
}

/** Sends commands of this name as the actor. */
export function useCommand<N extends CommandName>(name: N): CommandHandle<Parameters<Commands[N]>[1], Awaited<ReturnType<Commands[N]>>> {
  type R = Awaited<ReturnType<Commands[N]>>;
  const access = useAccess();
  const { engine, actor } = access;
  const underWay = useMemo(() => ({ by: { engine, actor, name }, runs: new Map<unknown, Promise<R | undefined>>() }), [engine, actor, name]).runs;
  const [sent, setSent] = useState<Sent>(NOTHING);

  const run = useCallback(
    (input: Parameters<Commands[N]>[1], options?: CommandOptions): Promise<R | undefined> => {
      const same = sameness(input);
      const before = underWay.get(same);
      if (before !== undefined) return before;
      const one = {};
      const running = execute(access, name, input, options).then((outcome) => {
        underWay.delete(same);
        const pending = underWay.size > 0;
        setSent((last) => (last.by !== underWay ? last : { ...last, ...(last.run === one && outcome), pending }));
        // What a command makes is in its receipt.
        return outcome.result as R | undefined;
      });
      underWay.set(same, running);
      setSent({ by: underWay, run: one, pending: true });
      return running;
    },
    [access, name, underWay],
  );
  const reset = useCallback(() => setSent(({ by, pending }) => (by === undefined ? NOTHING : { by, pending })), []);

  const { pending, error, result } = sent.by === underWay ? sent : NOTHING;
  return { run, pending, ...(error && { error }), ...(result && { result: result as R }), reset };
}

/** What became of the last command. */
interface Sent {
  /** For whom it was sent: nobody else is shown it. */
  readonly by?: object;
  readonly run?: object;
  readonly pending: boolean;
  readonly error?: AccessError;
  readonly result?: Receipt;
}

const NOTHING: Sent = { pending: false };

/** What the provider hands down. */
interface Access {
  readonly answers: Answers;
  readonly engine: AskedEngine;
  readonly actor: Actor;
  readonly send: SendCommand | undefined;
}

const AccessContext = createContext<Access | undefined>(undefined);

function useAccess(): Access {
  const access = useContext(AccessContext);
  if (access === undefined) throw new Error("a hook of `access-engine/react` is used outside of an `AccessProvider`: put one around");
  return access;
}

function useAnswer<T, E extends AskedEngine>(key: readonly unknown[], ask: (engine: E, actor: Actor, options: { at: number }) => T): T {
  const { answers, engine, actor } = useAccess();
  const question = text([actor, ...key], "key");
  // oxlint-disable-next-line react/exhaustive-deps -- anew for another question, whose answer may end sooner
  const subscribe = useCallback((listener: () => void) => answers.subscribe(listener), [answers, question]);
  const read = () => answers.read(question, (at) => ask(engine as E, actor, { at }));
  const outcome = useSyncExternalStore(subscribe, read, read);
  if ("error" in outcome) throw outcome.error;
  return outcome.value as T;
}

/** An input as text, which is the same of one that is written again. One that cannot be read is itself; the engine refuses it. */
function sameness(input: unknown): unknown {
  try {
    return text([input]);
  } catch {
    return input;
  }
}

/** Sends a command; the receipt or the refusal. */
async function execute(access: Access, name: CommandName, input: unknown, options?: CommandOptions): Promise<Pick<Sent, "error" | "result">> {
  try {
    return { result: await sender(access)(name, input, options) };
  } catch (thrown) {
    if (isAccessError(thrown)) return { error: thrown };
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    const details = { code: "host_failed", callback: "send", problem } as const;
    return { error: new AccessError({ message: `the command could not be sent: ${problem}`, fault: "host", details }, { cause: thrown }) };
  }
}

function sender({ engine, actor, send }: Access): SendCommand {
  if (send !== undefined) return send;
  const commands = engine as AskedEngine & { readonly [Name in CommandName]?: (actor: Actor, input: unknown, options?: CommandOptions) => Promise<Receipt> };
  return async (name, input, options) => {
    const command = commands[name];
    if (command === undefined) throw new Error("this engine carries out no commands: give `AccessProvider` a `send`");
    return command.call(engine, actor, input, options);
  };
}
