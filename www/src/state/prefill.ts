import type { Pattern } from "access-engine";

/** What an address may say of a new request. */
export interface Prefill {
  environment?: string;
  path?: string;
  actions?: string[];
  /** The grant that it is to carry on. */
  renews?: string;
}

export function prefillOf(search: Record<string, unknown>): Prefill {
  const { environment, path, actions, renews } = search;
  return {
    ...(typeof environment === "string" ? { environment } : {}),
    ...(typeof path === "string" ? { path } : {}),
    ...(Array.isArray(actions) ? { actions: actions.filter((it) => typeof it === "string") } : {}),
    ...(typeof renews === "string" ? { renews } : {}),
  };
}

export function prefill(target: Pattern, actions: readonly string[]): Prefill {
  const { environment, path } = target;
  return { path, actions: [...actions], ...(environment === undefined ? {} : { environment }) };
}
