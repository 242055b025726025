import type { RequestView } from "access-engine";
import { useAnswer } from "./ask.ts";

/** The requests that were made at once with this one, itself among them, as far as the visitor sees them. */
export function useTogether({ bundleId }: RequestView): readonly RequestView[] {
  const { value } = useAnswer(["bundle", bundleId], (engine, actor, now) => (bundleId === undefined ? [] : engine.bundle(actor, bundleId, now).requests));
  return value ?? [];
}
