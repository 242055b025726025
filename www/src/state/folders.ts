import type { GrantView, Pattern, PolicyTargets, RequestView } from "access-engine";
import { useMemo } from "react";
import { ACTIONS, ENVIRONMENTS } from "../engine/company.ts";
import { useAnswer } from "./ask.ts";
import { useDemo } from "./demo.tsx";
import { LARGEST } from "./pages.ts";
import { useEveryPermission } from "./permissions.ts";
import { useEveryPolicy } from "./policies.ts";

/** Everything that the engine knows access to be about, and the actions it was for. */
export interface Known {
  readonly targets: readonly Pattern[];
  readonly actions: readonly string[];
}

const NONE: readonly (RequestView | GrantView)[] = [];

/** The targets and actions of policies, and of the newest requests and grants. */
export function useKnown(): Known {
  const policies = useEveryPolicy();
  const newest = useAnswer(["newest"], (engine, actor, now) => [
    ...engine.requests(actor, { limit: LARGEST }, now).items,
    ...engine.grants(actor, { limit: LARGEST }, now).items,
  ]).value;
  const asked = newest ?? NONE;
  return useMemo(() => {
    const actions = [...policies.flatMap((it) => (it.actions === "all" ? [] : it.actions)), ...asked.flatMap((it) => it.actions)];
    return {
      targets: [...policies.flatMap((it) => entriesOf(it.targets)), ...asked.map(({ target }) => target)],
      actions: [...new Set(actions)].toSorted(),
    };
  }, [policies, asked]);
}

/** The folders of requests, grants and policies. */
export function useFolders(): readonly string[] {
  const { targets } = useKnown();
  return useMemo(() => {
    const folders = targets.map(({ path }) => path.replace(/\/\*\*$/u, ""));
    return [...new Set(folders)].filter((path) => path !== "" && !path.includes("*")).toSorted();
  }, [targets]);
}

/** The environments that are named somewhere, and those of the sample; also where nobody has named one yet. */
export function useEnvironments(): readonly string[] {
  const { isSample } = useDemo().demo;
  const permissions = useEveryPermission().value;
  const { targets } = useKnown();
  return useMemo(() => {
    const permitted = (permissions ?? []).flatMap((it) => entriesOf(it.targets));
    const named = [...targets, ...permitted].flatMap(({ environment = "*" }) => (environment.includes("*") ? [] : [environment]));
    return [...new Set(isSample || named.length === 0 ? [...ENVIRONMENTS, ...named] : named.toSorted())];
  }, [isSample, targets, permissions]);
}

/** The actions that are named somewhere, and those of the sample. */
export function useActions(): readonly string[] {
  return [...new Set([...ACTIONS, ...useKnown().actions])];
}

/** Every path that a policy is about, in every environment. */
export function entriesOf({ type, environments = [], paths }: PolicyTargets): Pattern[] {
  const places = environments.length === 0 ? [{}] : environments.map((environment) => ({ environment }));
  return places.flatMap((place) => paths.map((path) => ({ ...(type === undefined ? {} : { type }), ...place, path })));
}
