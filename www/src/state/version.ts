import type { AccessEngine } from "access-engine";
import { answer } from "./ask.ts";

/** Up to which commit an engine has read; none where its record was replaced, until the page is loaded anew. */
export function versionOf(engine: AccessEngine): number {
  return answer(() => engine.version).value ?? -1;
}
