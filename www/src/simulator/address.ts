import type { Broken, Mischief } from "./protocol.ts";

/** A seed and what was broken in it, as the address says them: `seed=7&broken=60000.crash.1_90000.hang`. */
export interface SimulatorSearch {
  readonly seed?: number;
  readonly broken?: string;
}

export function simulatorOf(search: Record<string, unknown>): SimulatorSearch {
  const { seed, broken } = search;
  return {
    ...(typeof seed === "number" && Number.isSafeInteger(seed) && seed >= 0 ? { seed } : {}),
    ...(typeof broken === "string" && brokenOf(broken).length > 0 ? { broken } : {}),
  };
}

export function brokenOf(text = ""): readonly Broken[] {
  return text.split("_").map(readBroken).filter((it) => it !== undefined);
}

function readBroken(part: string): Broken | undefined {
  const [at = "", mischief, server = ""] = part.split(".");
  if (!/^\d{1,12}$/u.test(at) || !isMischief(mischief) || !/^[0-2]?$/u.test(server)) return undefined;
  return { at: Number(at), mischief, ...(server === "" ? {} : { server: Number(server) }) };
}

export function textOf(broken: readonly Broken[]): string {
  return broken.map(({ at, mischief, server }) => [at, mischief, ...(server === undefined ? [] : [server])].join(".")).join("_");
}

/** What can be broken where. */
export const OF_SERVER: readonly Mischief[] = ["crash", "crashAsItWrites", "partition", "clockForward", "clockBack"];
export const OF_STORE: readonly Mischief[] = ["loseAnswers", "hang", "comeLate", "restore", "loseSnapshot"];
export const OF_MAIL: readonly Mischief[] = ["refuseMail", "hangMail", "loseMailAnswers"];

const ALL: ReadonlySet<string> = new Set([...OF_SERVER, ...OF_STORE, ...OF_MAIL]);

function isMischief(text: string | undefined): text is Mischief {
  return text !== undefined && ALL.has(text);
}
