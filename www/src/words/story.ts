export const goThere = "Go there";
export const showMe = "Show me";
export const as = (persona: string) => `As ${persona}`;

export const theStory = "The story";
export const storyOf = (count: number, all: number) => `The story: ${count} of ${all} done. Next: step `;
export const press = (what: string) => `Press ${what}.`;
export const foldTheStory = "Fold the story";
export const unfoldTheStory = "Unfold the story";

export const done = ", done";
export const countDone = (count: number, all: number) => `${count} of ${all} done.`;
export const hideTheStory = "Hide the story";

export const makeAPolicy = "Make a policy";
export const noPolicyCovers = (path: string) => `No policy covers ${path} yet: say who must agree.`;
export const aPolicyDecides = (policy: string, path: string) => `“${policy}” decides about ${path} now. Make one of your own.`;
export const decidesInSteps = (name: string, steps: string) => `“${name}” decides, in ${steps}.`;
export const askForAccess = "Ask for access";
export const needs = (noor: string, path: string, decides: string) => `${noor} needs ${path}. ${decides}`;
export const seeWhatTheEngineSays = "See what the engine says.";
export const approveIt = "Approve it";
export const approve = "Approve";
export const asksTo = (name: string, actions: string, target: string) => `${name} asks to ${actions} ${target}`;
export const stepIsOpen = (asked: string, step: number, steps: number) => `${asked}: step ${step} of ${steps} is open.`;
export const nothingIsWaiting = "Nothing is waiting at the moment: ask for something first.";
export const mayGoAhead = (who: string, limit: string) => `${who} may go ahead without approval${limit}. Everybody concerned is told.`;
export const forAtMost = (most: string) => `, for at most ${most}`;
export const breakTheGlass = "Break the glass";
export const nobodyMayBreakIt = "nobody may break the glass at the moment";
export const nothingIsLive = "Nothing is live at the moment: have something approved first.";
export const canForMore = (name: string, actions: string, target: string, left: string) => `${name} can ${actions} ${target} for ${left} more.`;
export const watchAccessEnd = "Watch access end";
export const theClock = "the clock, then “Next event”";

export const putThisIntoYourProduct = "Put this into your product";
export const aFewLines = "A few lines do what you have just seen.";
