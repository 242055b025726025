import type { ReactNode } from "react";

export const andMore = (left: number) => `and ${left} more`;

export const showMoreLeft = (left: number) => `Show more: ${left} left`;

export const copied = (label: string) => `${label}: copied`;
export const copy = (label: string) => `Copy: ${label}`;

export const linkCopied = "Link copied";
export const copyLink = "Copy link";
export const tooLongForALink = "Too long for a link";
export const copyThisLink = "Copy this link";
export const packed = (size: number, most: number) => `As a link, this project takes ${size} KB, and many programs cut links off after ${most} KB. Save it as a file instead: whoever gets the file opens it with “Open file”.`;
export const link = "Link";

export const whichGoverns = (policy: string) => `, which ${policy} governs`;
export const aPolicyThatIsGone = "a deleted policy";

export const cancel = "Cancel";

export const keepIt = "Keep it";

export const unit = (label: string) => `${label}: unit`;

export const showMore = (nouns: string) => `Show more ${nouns}`;
export const showMoreOf = (left: string) => `Show more: ${left} left`;

export const nobodyByThatName = "Nobody by that name";

export const aGroup = (name: string) => `${name} (group)`;
export const disabledName = (name: string) => `${name} (disabled)`;
export const byRelation = "By relation";
export const theRequestersManager = "The requester’s manager";
export const groups = "Groups";
export const people = "People";
export const nameGroupsOrPeople = "Name groups or people";

export const theEngineRefused = "The engine refused";
export const code = (value: ReactNode) => <>code {value}</>;

export const saveFile = "Save file";

export const thisRequest = "this request";
export const underMyAccess = "under My access";

export const startAfresh = "Reset the form";
export const startAfreshQuestion = "Reset the form?";
export const throwItAway = "Reset";
export const whatStartingAfreshDoes = "What you have entered in this form is lost.";

export const breakGlass = "Break-glass";
