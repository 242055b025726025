import { mkdirSync, rmSync } from "node:fs";
import { PICTURES } from "./visitor.ts";

/** Throws the pictures of before away: what has another name now should not stay. */
export default function clear(): void {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES);
}
