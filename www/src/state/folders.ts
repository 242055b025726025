import type { AccessEngine, Actor, GrantId, Pattern, PolicyId, PolicyTargets, RequestId } from "access-engine";
import { useAnswer } from "./ask.ts";
import { every, first, type Part } from "./pages.ts";

/** Of so many of the newest requests and grants the folders are known. */
const NEWEST = 1000;

/** Everything that the engine knows access to be about, and the actions it was for. */
export interface Known {
  readonly targets: readonly Pattern[];
  readonly actions: readonly string[];
}

export function useKnown(): Known {
  return useAnswer(["known"], known).value ?? { targets: [], actions: [] };
}

/** The folders of requests, grants and policies. */
export function useFolders(): string[] {
  const folders = useKnown().targets.map(({ path }) => path.replace(/\/\*\*$/u, ""));
  return [...new Set(folders)].filter((path) => path !== "" && !path.includes("*")).toSorted();
}

function known(engine: AccessEngine, actor: Actor, now: { at: number }): Known {
  const policies = every((part: Part<PolicyId>) => engine.policies(actor, part, now));
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
