export const thisRequestCannotBeAmended = "This request cannot be amended";
export const theEngineSays = "The engine says";
export const allRequests = "All requests";
export const nothingChanged = "Nothing changed: the request is as it was.";
export const amended = "Amended: the request starts again at step 1.";
export const amendTheRequest = "Amend the request";
export const amendHint = "The request keeps its id, but is decided like a new one: earlier reviews no longer count.";
export const whatToAskForInstead = "What to ask for instead";
export const keepAsItIs = "Keep the request as it is";

export const askForAccess = "Ask for access";
export const extendAccess = "Extend access";
export const youAskAs = (id: string, role: string, more: string) => `You are asking as ${id}, ${role}.${more}`;
export const beginsWhenTheOldEnds = " The new access begins when your current access ends.";
export const yourRequest = "Your request";
export const askToExtend = "Ask to extend";

export const breakTheGlass = "Break the glass";
export const ifItCannotWait = "If it cannot wait for approval";

export const folder = "Folder";
export const environment = "Environment";
export const project = "Project";
export const folderHint = "One path, or a folder with everything below it.";
export const environmentHint = "Everything in one environment.";
export const projectHint = "Everything in every environment.";
export const accessTo = "Access to";
export const chooseAnEnvironment = "Choose one, or type a name";
export const outsideEveryEnvironment = "Outside every environment";
export const path = "Path";
export const chooseAFolder = "Choose a folder, or type a path";
export const andEverythingBelow = "Include everything below it";
export const actions = "Actions";
export const actionsHint = "Choose actions, or type one and press Enter.";
export const why = "Reason";
export const ticket = "Ticket";

export const lengthOrEnd = "Length or end";
export const howLong = "How long";
export const untilWhen = "Until when";
export const untilTheDay = "Until the day";
export const untilTheTime = "Until the time";
export const hasPassed = "This time has passed: choose a later one.";
export const forHowLong = "For how long";
export const permanent = "Permanent: until it is revoked or given back";

export const chooseOneToSee = "choose an environment to see what governs it";
export const governedByNone = "no policy governs it: it cannot be asked for";
export const notOpenToYouNow = (name: string) => `${name}: you cannot ask right now`;

export const addATarget = "Add a target";
export const target = (number: number) => `Target ${number}`;
export const removeTarget = (number: number) => `Remove target ${number}`;
export const environmentOf = (number: number) => `Environment ${number}`;
export const pathOf = (number: number) => `Path ${number}`;
export const andEverythingBelowPath = (number: number) => `Include everything below path ${number}`;

export const usualLengths = "Usual lengths";

export const whatWouldHappen = "What would happen";
export const sayWhatYouNeed = "Fill in what you need: who must agree appears here as you type.";
export const askedAtEveryKeystroke = "The engine answers as you type.";
export const targetPrefix = (number: number) => `Target ${number}: `;
export const wouldBeAccepted = "The request would be accepted";
export const wouldBeRefused = "Not yet: the request would be refused";
export const governedBy = "Governed by";
export const noPolicyCoversAll = "No single policy governs all of this.";
export const noTimeLimit = "no time limit";
export const atMost = (length: string) => `at most ${length}`;
export const notThisPolicy = (name: string, because: string) => `Not “${name}”: ${because}`;
export const whoMustAgree = "Who must agree";
export const leftOut = "Left out";
export const breakGlass = "Break-glass";
export const breakGlassOpen = (limit: string) => `You may go ahead without approval${limit}. Approvers and administrators are told at once.`;
export const forAtMost = (breakGlassMaxDurationSeconds: string) => ` for at most ${breakGlassMaxDurationSeconds}`;
export const breakGlassClosed = "you may not break the glass";

export const starting = "Starts";
export const whenTheOldEnds = "When your current access ends";
export const onceApproved = "As soon as it is approved";
export const onADay = "At a set time";
export const day = "Day";
export const time = "Time";
export const inYourTimeZone = (date: string, clock: string) => `${date}, ${clock}, in your time zone.`;
export const startHasPassed = "This time has passed: access starts when it is approved.";

export const until = "Until";
