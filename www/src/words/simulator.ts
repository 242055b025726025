import type { Mischief } from "../simulator/protocol.ts";

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

export const itCouldNotBeLoaded = "it could not be loaded";
