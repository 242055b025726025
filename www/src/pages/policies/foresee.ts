import type { AccessEngine, Actor, Command, Exclusion, Finding, GrantId, GrantView, Pattern, Person, PolicyId, PolicyName, PolicyTerms, Preview } from "access-engine";
import type { Asked } from "../../state/aside/questions.ts";
import { answer, answering } from "../../state/ask.ts";
import { entriesOf } from "../../state/folders.ts";
import { first, type Part } from "../../state/pages.ts";

/** So many of the newest live and scheduled grants are looked at. */
const GRANTS = 200;
/** So many of the places that a policy is about. */
const PLACES = 64;

/** A grant out of which a policy takes parts, or all. */
export interface Narrowed {
  readonly grant: GrantView;
  readonly parts: readonly Exclusion[] | "all";
}

/** A place that another policy governs than before. */
export interface Moved {
  readonly target: Pattern;
  readonly from: PolicyName | undefined;
  readonly to: PolicyName | undefined;
  /** Parts of it that others govern then. */
  readonly apart: readonly Exclusion[];
}

/** What would be, where a command about a policy was carried out. */
export interface Foresight {
  /** What is wrong with the policy then. */
  readonly findings: readonly Finding[];
  /** What is wrong anywhere then and is not now. */
  readonly raised: readonly Finding[];
  readonly moved: readonly Moved[];
  readonly narrowed: readonly Narrowed[];
  /** Who could approve a new request so far, and who can only then. */
  readonly noLonger: readonly Person[];
  readonly anew: readonly Person[];
}

export interface Foreseen {
  readonly command: Command;
  readonly actor: Actor;
  readonly at: number;
  /** The terms of the policy now, if there is one, and then. */
  readonly terms: readonly PolicyTerms[];
}

/** Carries a command out on a copy of the project, and asks both the same questions; nothing where it is refused. */
export async function foresee({ engine, copy: copied }: Asked, { command, actor, at, terms }: Foreseen): Promise<Foresight | undefined> {
  using copy = await copied();
  const policyId = await carriedOut(copy, actor, command);
  if (policyId === undefined) return undefined;
  const of = (it: AccessEngine, target: Pattern, actions: readonly string[]): Preview | undefined =>
    answer(() => it.preview(actor, { target, actions: [...actions], duration: { hours: 1 }, justification: "…" }, { at })).value;

  const known = new Set(engine.analyze(actor, { at }).map(markOf));
  const findings = copy.analyze(actor, { at });
  const places = terms.flatMap((it) => entriesOf(it.targets).map((target) => ({ target, actions: it.actions === "all" ? ["read"] : it.actions })));
  const previews = places.slice(0, PLACES).map(({ target, actions }) => ({ target, before: of(engine, target, actions), after: of(copy, target, actions) }));
  const [before, after] = [previews.flatMap((it) => peopleOf(it.before)), previews.flatMap((it) => peopleOf(it.after))];
  const { items: grants } = first(GRANTS, (part: Part<GrantId>) => engine.grants(actor, { ...part, status: ["live", "scheduled"] }, { at }));
  return {
    findings: findings.filter(({ policy }) => policy?.id === policyId),
    raised: findings.filter((it) => !known.has(markOf(it))),
    moved: unique(previews.map((it) => ({ target: it.target, from: it.before?.policy, to: it.after?.policy, apart: it.after?.exclusions ?? [] })), ({ target }) => JSON.stringify(target)).filter(({ from, to }) => from?.id !== to?.id),
    narrowed: grants.flatMap((grant) => {
      const parts = taken(policyId, grant, of(engine, grant.target, grant.actions), of(copy, grant.target, grant.actions));
      return parts === undefined ? [] : [{ grant, parts }];
    }),
    noLonger: unique(without(before, after), ({ id }) => id),
    anew: unique(without(after, before), ({ id }) => id),
  };
}

async function carriedOut(copy: AccessEngine, actor: Actor, command: Command): Promise<PolicyId | undefined> {
  if ("createPolicy" in command) return (await answering(copy.createPolicy(actor, command.createPolicy))).value?.policyId;
  if ("updatePolicy" in command) return (await answering(copy.updatePolicy(actor, command.updatePolicy))).value && command.updatePolicy.policyId;
  return undefined;
}

/** What a policy takes out of a grant that another one gave. */
function taken(policyId: PolicyId, grant: GrantView, before: Preview | undefined, after: Preview | undefined): Narrowed["parts"] | undefined {
  if (grant.policy.id === policyId || before === undefined || after === undefined) return undefined;
  if (after.policy?.id === policyId && before.policy?.id !== policyId) return "all";
  const known = new Set(before.exclusions.map(placeOf));
  const parts = after.exclusions.filter((it) => it.policyId === policyId && !known.has(placeOf(it)));
  return parts.length === 0 ? undefined : parts;
}

function placeOf({ policyId, environment, path, actions }: Exclusion): string {
  return JSON.stringify([policyId, environment, path, actions]);
}

/** What a finding says, whatever its policy is called. */
function markOf({ policy, ...finding }: Finding): string {
  return JSON.stringify([policy?.id, finding]);
}

function peopleOf(preview: Preview | undefined): Person[] {
  return (preview?.steps ?? []).flatMap(({ quorums, anyOf = [quorums] }) => anyOf.flat().flatMap(({ approvers }) => approvers));
}

function without(people: readonly Person[], others: readonly Person[]): Person[] {
  return people.filter(({ id }) => !others.some((it) => it.id === id));
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((it) => [keyOf(it), it])).values()];
}
