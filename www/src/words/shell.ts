export const accessRequests = "access requests";

export const itIs = "It is ";
export const andMoveIt = ". Move the clock forward";
export const clock = "Clock";

export const moveTheClockForward = "Move the clock forward";
export const whatFallsDue = (now: string) => `${now} What falls due in between happens at its due time.`;
export const itShowsTheRealTime = "The clock shows the real time.";
export const isAhead = (by: string) => `The clock is ${by} ahead of the real time.`;
export const isBehind = (by: string) => `The clock is ${by} behind the real time.`;
export const moveTheClock = "Move the clock";
export const by = "By";
export const unit = "Unit";
export const move = "Move";
export const noWayBack = "There is no way back: time in the record never runs backwards. To return to the present, start over.";

export const theEngineSays = "The engine says";
export const linkCutOff = "The link was cut off or altered on its way: ask for it again. Your own project is untouched.";
export const openMyProject = "Open my project";

export const start = "Start";
export const inbox = "Inbox";
export const requests = "Requests";
export const myAccess = "My access";
export const policies = "Policies";
export const permissions = "Permissions";
export const people = "People";
export const delegations = "Delegations";
export const outbox = "Outbox";
export const record = "Record";
export const tryToBreakIt = "Try to break it";
export const waitingForYou = "waiting for you";
export const messages = "messages";
export const pages = "Pages";
export const everythingStays = (place: string, network: string) => `Everything stays in this ${place}. ${network}`;
export const browser = "browser";
export const tab = "tab";
export const talksToNoServer = "The page talks to no server.";
export const youAreOffline = "You are offline. Everything still works.";
export const theCallJustMade = "The call just made";
export const showTheStory = "Show the story";
export const finding = "finding";
export const findings = "findings";

export const nextEvent = "Next event";
export const nothingIsDue = "Nothing is due.";
export const dueIn = (left: string, wakeAt: string) => `Due in ${left}: ${wakeAt}.`;
export const justHappened = "Just happened:";
export const nothingToDo = "The engine looked, and there was nothing to do.";

export const projectFile = "Project file";
export const openFile = "Open file";
export const cannotBeOpened = (name: string) => `“${name}” cannot be opened`;
export const openQuestion = (name: string) => `Open “${name}”?`;
export const replaceMyProject = "Replace my project";
export const keepMyProject = "Keep my project";
export const notAProject = "This file is not a saved project, or it was changed after it was saved";
export const engineHasReadIt = (commits: string, lastAt: string) => `This file holds ${commits}, the last from ${lastAt}. Opening it replaces your own project in this browser.`;

export const openingTheEngine = "Opening the engine in this page…";
export const linkNotOpened = "This link could not be opened";
export const demoNotOpened = "The demo could not be opened";
export const tampered = "You tampered with the record, and the engine opens only what it wrote. The original is kept: put it back.";
export const aboutTheRecord = "Something is wrong with the record stored in this browser. Trying again loses nothing.";
export const undoTheTampering = "Undo the tampering";
export const throwAwayAndStartOver = "Throw away what is stored and start over";
export const didNotLoad = "The engine, a WebAssembly file, did not load. Check your connection and content blockers, or use a newer browser, then try again.";
export const nothingWasTouched = "Nothing that is stored was touched.";
export const tryAgain = "Try again";

export const beSomebodyElse = "Switch person";
export const disabledAtTheMoment = "Disabled";

export const youAre = "You are ";
export const changeWhoYouAre = ". Switch person";

export const project = "Project";

export const dismiss = "Dismiss";
export const showTheCall = "Show the call";
export const countSent = (howMany: string) => `${howMany} sent`;

export const sharedCopy = "This is a copy that was shared with you";
export const staysInThisTab = "What you do here stays in this tab. Your own project is untouched.";
export const backToMyProject = "Back to my project";
export const keepThisCopy = "Keep this copy";
export const keepQuestion = "Keep this copy?";
export const whatKeepingDoes = "The copy, as it is now, replaces your own project in this browser.";

export const skipToThePage = "Skip to content";
export const closeTheMenu = "Close the menu";
export const openTheMenu = "Open the menu";
export const keepsNothing = "This browser keeps nothing for this page";
export const worksInThisTab = "The demo still works in this tab, but what you do is lost when you reload or close it.";

export const itCouldNotBeLoaded = "it could not be loaded";
export const startLarge = "Start large";
export const startLargeQuestion = "Start large?";
export const throwAwayAndStartLarge = "Throw away and start large";
export const keepEverything = "Keep everything";
export const cancel = "Cancel";
export const whatStartLargeDoes = "The engine makes a company with 9,900 policies, about 14,000 requests and 10,000 grants in this browser, which takes about half a minute. Once the company is ready, it replaces everything done here so far.";
export const howMuchIsMade = "Progress";
export const isMade = (done: number) => `${done}% done`;
export const couldNotBeMade = (failure: string) => `The company could not be made: ${failure}. Nothing has changed.`;

export const whatStartOverDoes = "Everything done in this browser is thrown away: requests, policies, messages, the record, and the time that was moved forward. The company starts again with its first ten working days.";
export const startOver = "Start over";
export const whatStartEmptyDoes = "Everything done in this browser is thrown away. You begin with one administrator and nothing else: no policies, no requests, no company. “Start over” brings the company back.";
export const startEmpty = "Start empty";
export const throwAwayAnd = (label: string) => `Throw away and ${label}`;

export const light = "Light";
export const system = "System";
export const dark = "Dark";
export const colours = "Colour scheme";
