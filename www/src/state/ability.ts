import type { Refusal } from "../words/refusals.ts";

/** What a button needs of the engine's `Ability`. */
export interface Ability {
  readonly allowed: boolean;
  readonly refusal?: Pick<Refusal, "code" | "message" | "details">;
  readonly warning?: string;
}
