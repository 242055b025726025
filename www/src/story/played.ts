import type { NavigateOptions } from "@tanstack/react-router";
import type { Preview, RequestDraft, RequestId } from "access-engine";
import { PERSONAS } from "../engine/company.ts";
import type { Demo } from "../engine/demo.ts";
import type { Chapter } from "../engine/progress.ts";
import { answer } from "../state/ask.ts";
import { durationWords, timeLeft } from "../words/duration.ts";
import { counted, inWords, sentence } from "../words/lists.ts";
import * as words from "../words/story.ts";
import { targetWords } from "../words/target.ts";

/** A step that people play, before it is known whether it was done. */
interface PlayedStep {
  chapter: Chapter;
  title: string;
  text: string;
  persona: string;
  link: NavigateOptions;
  press: string;
  /** What to press in the form that this opens. */
  pressInForm?: string;
}

const ENVIRONMENT = "production";
const WANTED = { environment: ENVIRONMENT, path: "/payments/stripe", actions: ["read"] };
const BROKEN = { environment: ENVIRONMENT, path: "/payments/gateway", actions: ["read", "write"] };

/** What would become of it, if that person asked for an hour. */
function previewed({ engine }: Demo, at: number, subject: string, { environment, path, actions }: typeof WANTED): Preview | undefined {
  const draft: RequestDraft = { target: { environment, path }, actions, duration: { hours: 1 }, justification: "…" };
  return answer(() => engine.preview({ subject }, draft, { at })).value;
}

const isPersona = (id: string): boolean => PERSONAS.some((it) => it.id === id);

export function policyStep(demo: Demo, at: number): PlayedStep {
  const preview = previewed(demo, at, "noor", WANTED);
  return {
    chapter: "policy",
    title: words.makeAPolicy,
    text: policyText(preview),
    persona: PERSONAS.find(({ id }) => demo.directory.administrators.includes(id))?.id ?? "ada",
    link: { to: "/policies" },
    press: words.makeAPolicy,
    pressInForm: words.makeThePolicy,
  };
}

/** Whoever may ask nothing, such as a disabled person, learns of no policy. */
function policyText(preview: Preview | undefined): string {
  if (preview === undefined) return words.sayWhoMustAgree;
  return preview.policy === undefined ? words.noPolicyCovers(WANTED.path) : words.aPolicyDecides(preview.policy.name, WANTED.path);
}

export function requestStep(demo: Demo, at: number): PlayedStep {
  const preview = previewed(demo, at, "noor", WANTED);
  const decides = preview?.policy && words.decidesInSteps(preview.policy.name, counted(preview.steps.length, "step"));
  return {
    chapter: "request",
    title: words.askForAccess,
    text: words.needs(demo.directory.name("noor"), WANTED.path, decides ?? words.seeWhatTheEngineSays),
    persona: "noor",
    link: { to: "/requests/new", search: WANTED },
    press: words.askForAccess,
  };
}

/** The newest pending request that one of the personas can approve now. */
export function approveStep({ engine }: Demo, at: number): PlayedStep {
  const step = { chapter: "approve", title: words.approveIt, press: words.approve } as const;
  for (const { id } of engine.requests("host", { status: ["pending"], limit: 5 }, { at }).items) {
    const { request, steps } = engine.explain("host", id, { at });
    const able = steps.flatMap(({ canApprove }) => canApprove);
    const persona = PERSONAS.find((it) => able.some((person) => person.id === it.id));
    if (persona === undefined) continue;
    const asked = words.asksTo(request.requester.name, inWords(request.actions), targetWords(request.target));
    return {
      ...step,
      text: words.stepIsOpen(asked, request.step, request.steps),
      persona: persona.id,
      link: { to: "/requests/$requestId", params: { requestId: id } },
    };
  }
  return { ...step, text: words.nothingIsWaiting, persona: "mira", link: { to: "/requests" } };
}

export function breakGlassStep(demo: Demo, at: number): PlayedStep {
  const preview = previewed(demo, at, "remy", BROKEN);
  const most = preview?.breakGlassMaxDurationSeconds;
  const { allowed = false, refusal } = preview?.breakGlass ?? {};
  const asked = askedBy(demo, at, "remy");
  const may = words.mayGoAhead(demo.directory.name("remy"), most === undefined ? "" : words.forAtMost(durationWords(most)));
  return {
    chapter: "break-glass",
    title: words.breakTheGlass,
    text: allowed || asked !== undefined ? may : sentence(refusal ? words.isRefused(demo.directory.name("remy"), refusal.message) : words.nobodyMayBreakIt),
    persona: "remy",
    link: asked === undefined ? { to: "/requests/new", search: BROKEN } : { to: "/requests/$requestId", params: { requestId: asked } },
    press: words.breakTheGlass,
  };
}

/** What that person has asked for and need not wait for. */
function askedBy({ engine }: Demo, at: number, requester: string): RequestId | undefined {
  const actor = { subject: requester };
  return answer(() => {
    const pending = engine.requests(actor, { requester: actor, status: ["pending"], limit: 5 }, { at }).items;
    return pending.find(({ id }) => engine.explain(actor, id, { at }).you?.breakGlass.allowed)?.id;
  }).value;
}

/** The live access of a persona that ends first. */
export function endStep({ engine }: Demo, at: number): PlayedStep {
  const live = engine.grants("host", { status: ["live"], limit: 50 }, { at }).items;
  const [first] = live.filter((grant) => grant.endsAt !== undefined && isPersona(grant.holder.id)).toSorted((one, other) => (one.endsAt ?? 0) - (other.endsAt ?? 0));
  const text =
    first?.endsAt === undefined
      ? words.nothingIsLive
      : words.canForMore(first.holder.name, inWords(first.actions), targetWords(first.target), timeLeft(first.endsAt - at));
  return { chapter: "end", title: words.watchAccessEnd, text, persona: first?.holder.id ?? "noor", link: { to: "/access" }, press: words.theClock };
}
