import type { Refused } from "access-engine";

/** What a button needs of the engine's `Ability`. */
export interface Ability {
  readonly allowed: boolean;
  readonly refusal?: Pick<Refused, "code" | "message">;
  readonly warning?: string;
}
