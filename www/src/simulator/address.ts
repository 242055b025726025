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

/** What can be broken, in the words of a button. */
export const MISCHIEF: Record<Mischief, string> = {
  crash: "Crash it",
  crashAsItWrites: "Crash it in the middle of a commit",
  partition: "Cut it off from the store",
  clockForward: "Move its clock 3 minutes forward",
  clockBack: "Move its clock 2 minutes back",
  loseAnswers: "Lose its answers",
  hang: "Make it hang",
  comeLate: "Make it act too late",
  restore: "Restore an older copy of it",
  loseSnapshot: "Lose its snapshot",
  refuseMail: "Refuse all mail",
  hangMail: "Make it hang",
  loseMailAnswers: "Accept mail but lose the answers",
};

export const OF_SERVER: readonly Mischief[] = ["crash", "crashAsItWrites", "partition", "clockForward", "clockBack"];
export const OF_STORE: readonly Mischief[] = ["loseAnswers", "hang", "comeLate", "restore", "loseSnapshot"];
export const OF_MAIL: readonly Mischief[] = ["refuseMail", "hangMail", "loseMailAnswers"];

function isMischief(text: string | undefined): text is Mischief {
  return text !== undefined && Object.hasOwn(MISCHIEF, text);
}
