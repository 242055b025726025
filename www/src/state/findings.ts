import type { Finding } from "access-engine";
import { useOnce } from "./once.ts";

/** What is wrong with policies, people and requests; nothing for those who may not ask. */
export function useFindings(): readonly Finding[] | undefined {
  return useOnce("findings", (engine, actor, now) => engine.analyze(actor, now)).value;
}
