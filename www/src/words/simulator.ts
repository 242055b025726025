export const crashIt = "Crash it";
export const crashInACommit = "Crash it in the middle of a commit";
export const cutItOff = "Cut it off from the store";
export const clockForward = "Move its clock 3 minutes forward";
export const clockBack = "Move its clock 2 minutes back";
export const loseItsAnswers = "Lose its answers";
export const makeItHang = "Make it hang";
export const makeItActTooLate = "Make it act too late";
export const restoreAnOlderCopy = "Restore an older copy of it";
export const loseItsSnapshot = "Lose its snapshot";
export const refuseAllMail = "Refuse all mail";
export const acceptAndLoseAnswers = "Accept mail but lose the answers";

export const itCouldNotBeLoaded = "it could not be loaded";
