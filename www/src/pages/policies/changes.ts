import type { Person, RequestView, Simulation } from "access-engine";
import { capitalized, inWords, namesOf } from "../../words/lists.ts";
import * as words from "../../words/pages/policies.tsx";
import { pathWords, placeWords, targetWords } from "../../words/target.ts";
import type { Foresight, Moved, Narrowed } from "./foresee.ts";

const NAMED = 5;

/** What a change of a policy would bring about, each in a sentence. */
export function changeWords({ grants, requests, stuck }: Simulation, foresight: Foresight | undefined): string[] {
  const { moved = [], narrowed = [], noLonger = [], anew = [] } = foresight ?? {};
  return [
    ...moved.map(movedWords),
    ...(noLonger.length > 0 ? [words.noLongerAskedToApprove(names(noLonger))] : []),
    ...(anew.length > 0 ? [words.askedFromNowOn(names(anew))] : []),
    ...requests.filter(({ status }) => status === "cancelled").map((it) => words.isCancelled(whose(it))),
    ...requests.filter(({ status }) => status === "pending").map((it) => words.beginsAgainAtStep(whose(it), it.step)),
    ...stuck.map(({ request, step }) => words.wouldBeStuck(whose(request), step)),
    ...grants.filter(({ status }) => status === "ended").map(({ holder, actions, target }) => words.losesAccess(holder.name, inWords(actions), targetWords(target))),
    ...narrowed.map(narrowedWords),
  ];
}

/** What the button does that saves: `Save the policy as version 2, end 1 grant and cancel 1 request`. */
export function saveWords(base: string, simulation: Simulation | undefined, foresight: Foresight | undefined): string {
  const { grants = [], requests = [] } = simulation ?? {};
  const narrowed = foresight?.narrowed ?? [];
  const closed = narrowed.filter(({ parts }) => parts === "all");
  return inWords([
    base,
    ...some(words.endGrants, grants.filter(({ status }) => status === "ended").length),
    ...some(words.closeGrants, closed.length),
    ...some(words.narrowGrants, narrowed.length - closed.length),
    ...some(words.cancelRequests, requests.filter(({ status }) => status === "cancelled").length),
    ...some(words.restartRequests, requests.filter(({ status }) => status === "pending").length),
  ]);
}

function some(said: (count: number) => string, count: number): string[] {
  return count === 0 ? [] : [said(count)];
}

function names(people: readonly Person[]): string {
  return inWords(namesOf(people.slice(0, NAMED), people.length));
}

function movedWords({ target, from, to, apart }: Moved): string {
  const parts = [...new Set(apart.map(({ path }) => pathWords(path)))];
  const what = capitalized(targetWords(target));
  return words.isGovernedBy(parts.length === 0 ? what : words.apartFrom(what, inWords(parts)), to?.name, from?.name);
}

function narrowedWords({ grant: { holder, actions, target }, parts }: Narrowed): string {
  const access = words.accessOf(holder.name, inWords(actions), targetWords(target));
  if (parts === "all") return words.noLongerOpensAnything(access);
  return words.noLongerOpens(access, inWords(parts.map(({ environment, path }) => `${pathWords(path)} ${placeWords(environment)}`)));
}

function whose({ requester, actions, target }: RequestView): string {
  return words.requestOf(requester.name, inWords(actions), targetWords(target));
}
