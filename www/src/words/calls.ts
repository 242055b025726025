export const theCallJustMade = "The call just made";
export const close = "Close";
export const commands = "Commands";
export const questions = "Questions";
export const noCommandSent = "You have sent no command since this page was loaded. Ask for access or approve something, and look again.";
export const questionsHint = "What this page asks the engine in order to draw itself, answered from memory. Times are as coarse as a browser’s clock.";

export const took = "Took";
export const refused = "Refused";
export const commit = "Commit";
export const itsHash = "Its hash";
export const nothingToDo = "None: there was nothing to do.";

export const lessThan01Ms = "less than 0.1 ms";
export const milliseconds = (time: string) => `${time} ms`;
