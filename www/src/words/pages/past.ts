export const record = "Record";
export const asItWas = "The project as it was";
export const pastHint = "A second engine reads the record up to the moment you choose, and shows the project as it was. It writes nothing.";
export const cannotBeReadAnyMore = "This moment can no longer be read";
export const whyItCannotBeRead = "Either personal data in it has been erased since, or somebody changed the record: press Verify on the Record page to find out.";
export const readingTheRecord = "Reading the record…";

export const from = (name: string) => `${name} · from `;
export const forGood = ", permanent";
export const until = ", until ";

export const moment = "Moment";
export const momentHint = "Each commit is a moment; ← and → go from one to the next.";
export const versionValue = (number: number, newest: number, text: string) => `Version ${number} of ${newest}${text}`;
export const versionOf = (number: number, newest: number) => `Version ${number} of ${newest}`;
export const stillReading = ", reading the record…";
export const back = "Back";
export const pause = "Pause";
export const play = "Play";
export const forward = "Forward";

export const version = (number: number, actions: string, targets: string) => `Version ${number} · ${actions} · ${targets}`;
export const allActions = "all actions";

export const thisIsTheNewest = "This is how things are now";
export const thisIsThePast = (day: string, time: string) => `This is the past: ${day}, ${time}`;
export const linksLeadToNow = "Links lead to how things are now.";
export const requests = "Requests";
export const noRequestThen = "There was no request that you may see.";
export const liveAccess = "Live access";
export const noAccessThen = "There was no live access that you may see.";
export const policies = "Policies";
export const thereWasNoPolicyYet = "There was no policy yet.";
