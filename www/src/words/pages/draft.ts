export const thisRequestCannotBeAmended = "This request cannot be amended";
export const theEngineSays = "The engine says";
export const allRequests = "All requests";
export const nothingChanged = "Nothing changed: the request is as it was.";
export const amended = "Amended: it begins again at the first step.";
export const amendTheRequest = "Amend the request";
export const amendHint = "It keeps its id and its place, but is decided like a new one: earlier reviews no longer count.";
export const whatToAskForInstead = "What to ask for instead";
export const keepAsItIs = "Keep the request as it is";

export const askForAccess = "Ask for access";
export const extendAccess = "Extend access";
export const youAskAs = (id: string, role: string, theNewAccessBeginsWhen: string) => `You ask as ${id}, ${role}.${theNewAccessBeginsWhen}`;
export const beginsWhenTheOldEnds = " The new access begins when the one you have ends.";
export const yourRequest = "Your request";
export const askToExtend = "Ask to extend";

export const breakTheGlass = "Break the glass";
export const ifItCannotWait = "If it cannot wait for approval";

export const folder = "Folder";
export const environment = "Environment";
export const project = "Project";
export const folderHint = "One secret, or a folder with everything below it.";
export const environmentHint = "Everything in one environment.";
export const projectHint = "Everything in every environment.";
export const accessTo = "Access to";
export const chooseAnEnvironment = "Choose one, or type a name";
export const outsideEveryEnvironment = "Outside every environment";
export const path = "Path";
export const chooseAFolder = "Choose a folder, or type a path";
export const andEverythingBelow = "And everything below it";
export const actions = "Actions";
export const actionsHint = "Choose actions, or type one and press Enter.";
export const why = "Why";
export const ticket = "Ticket";

export const lengthOrEnd = "Length or end";
export const howLong = "How long";
export const untilWhen = "Until when";
export const untilTheDay = "Until the day";
export const untilTheTime = "Until the time";
export const hasPassed = "This has passed: choose a later day or time.";
export const forHowLong = "For how long";
export const permanent = "Permanent: until it is revoked or given back";

export const chooseOneToSee = "choose an environment to see what governs it";
export const governedByNone = "no policy governs it: it cannot be asked for";
export const notOpenToYouNow = (name: string) => `${name}: not open to you now`;

export const addATarget = "Add a target";
export const target = (number: number) => `Target ${number}`;
export const removeTarget = (number: number) => `Remove target ${number}`;
export const environmentOf = (number: number) => `Environment ${number}`;
export const pathOf = (number: number) => `Path ${number}`;
export const andEverythingBelowPath = (number: number) => `And everything below path ${number}`;

export const usualLengths = "Usual lengths";

export const whatWouldHappen = "What would happen";
export const sayWhatYouNeed = "Say what you need: who must agree is shown here as you type.";
export const askedAtEveryKeystroke = "The engine is asked at every keystroke.";
export const targetPrefix = (number: number) => `Target ${number}: `;
export const wouldBeAccepted = "The request would be accepted";
export const wouldBeRefused = "Not yet: the request would be refused";
export const governedBy = "Governed by";
export const noPolicyCoversAll = "No policy covers all of this.";
export const noTimeLimit = "no time limit";
export const atMost = (maxDurationSeconds: string) => `at most ${maxDurationSeconds}`;
export const notThisPolicy = (name: string, because: string) => `not “${name}”: ${because}`;
export const whoMustAgree = "Who must agree";
export const leftOut = "Left out";
export const breakGlass = "Break-glass";
export const breakGlassOpen = (limit: string) => `Open to you${limit}; everybody concerned is told at once.`;
export const forAtMost = (breakGlassMaxDurationSeconds: string) => ` for at most ${breakGlassMaxDurationSeconds}`;
export const breakGlassClosed = "not open to you";

export const starting = "Starting";
export const whenTheOldEnds = "when the access you have ends";
export const onceApproved = "as soon as it is approved";
export const onADay = "on a day";
export const day = "Day";
export const time = "Time";
export const inYourTimeZone = (date: string, clock: string) => `${date}, ${clock}, in your time zone.`;
export const startHasPassed = "This time has passed: access starts when it is approved.";

export const until = "Until";
