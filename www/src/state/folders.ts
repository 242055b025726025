import type { AccessEngine, Actor, GrantId, Pattern, PolicyTargets, PolicyView, RequestId } from "access-engine";
import { ACTIONS, ENVIRONMENTS } from "../engine/company.ts";
import { useOnce } from "./once.ts";
import { first, type Part } from "./pages.ts";
import { useEveryPermission } from "./permissions.ts";
import { useEveryPolicy } from "./policies.ts";

/** Of so many of the newest requests and grants the folders are known. */
const NEWEST = 1000;

/** Everything that the engine knows access to be about, and the actions it was for. */
export interface Known {
  readonly targets: readonly Pattern[];
  readonly actions: readonly string[];
}

export function useKnown(): Known {
  const policies = useEveryPolicy().value ?? [];
  return useOnce("known", (engine, actor, now) => known(policies, engine, actor, now)).value ?? { targets: [], actions: [] };
}

/** The environments that are named somewhere; those of the sample where nobody has named one yet. */
export function useEnvironments(): readonly string[] {
  const permitted = useEveryPermission().value ?? [];
  const targets = [...useKnown().targets, ...permitted.flatMap((it) => entriesOf(it.targets))];
  const named = targets.flatMap(({ environment = "*" }) => (environment.includes("*") ? [] : [environment]));
  return named.length === 0 ? ENVIRONMENTS : [...new Set(named)].toSorted();
}

/** The actions that are named somewhere, and those of the sample. */
export function useActions(): readonly string[] {
  return [...new Set([...ACTIONS, ...useKnown().actions])];
}

/** The folders of requests, grants and policies. */
export function useFolders(): string[] {
  const folders = useKnown().targets.map(({ path }) => path.replace(/\/\*\*$/u, ""));
  return [...new Set(folders)].filter((path) => path !== "" && !path.includes("*")).toSorted();
}

function known(policies: readonly PolicyView[], engine: AccessEngine, actor: Actor, now: { at: number }): Known {
  const { items: requests } = first(NEWEST, (part: Part<RequestId>) => engine.requests(actor, part, now));
  const { items: grants } = first(NEWEST, (part: Part<GrantId>) => engine.grants(actor, part, now));
  const asked = [...requests, ...grants];
  const actions = [...policies.flatMap((it) => (it.actions === "all" ? [] : it.actions)), ...asked.flatMap((it) => it.actions)];
  return {
    targets: [...policies.flatMap((it) => entriesOf(it.targets)), ...asked.map(({ target }) => target)],
    actions: [...new Set(actions)].toSorted(),
  };
}

/** Every path that a policy is about, in every environment. */
export function entriesOf({ type, environments = [], paths }: PolicyTargets): Pattern[] {
  const places = environments.length === 0 ? [{}] : environments.map((environment) => ({ environment }));
  return places.flatMap((place) => paths.map((path) => ({ ...(type === undefined ? {} : { type }), ...place, path })));
}
