export const goThere = "Go there";
export const showMe = "Show me";
export const as = (persona: string) => `Continue as ${persona}`;

export const theStory = "The story";
export const storyOf = (count: number, all: number) => `The story: ${count} of ${all} done. `;
export const allDone = "You have seen the whole story.";
export const goOn = "Now put it into your product.";
export const press = (what: string) => `Press ${what}.`;
export const foldTheStory = "Collapse the story";
export const unfoldTheStory = "Expand the story";

export const done = ", done";
export const countDone = (count: number, all: number) => `${count} of ${all} done.`;
export const hideTheStory = "Hide the story";

export const makeThePolicy = "Make the policy";
export const makeAPolicy = "Make a policy";
export const sayWhoMustAgree = "Say who must agree before anybody gets access.";
export const noPolicyCovers = (path: string) => `No policy covers ${path} yet: say who must agree.`;
export const aPolicyDecides = (policy: string, path: string) => `“${policy}” governs ${path} now. Make one of your own.`;
export const decidesInSteps = (name: string, steps: string) => `“${name}” governs it, in ${steps}.`;
export const askForAccess = "Ask for access";
export const needs = (noor: string, path: string, decides: string) => `${noor} needs ${path}. ${decides}`;
export const seeWhatTheEngineSays = "See what the engine says.";
export const approveIt = "Approve it";
export const approve = "Approve";
export const asksTo = (name: string, actions: string, target: string) => `${name} asks to ${actions} ${target}`;
export const stepIsOpen = (asked: string, step: number, steps: number) => `${asked}: step ${step} of ${steps} is open.`;
export const nothingIsWaiting = "Nothing is waiting: ask for access first.";
export const mayGoAhead = (who: string, limit: string) => `${who} may go ahead without approval${limit}. Approvers and administrators are told.`;
export const forAtMost = (most: string) => `, for at most ${most}`;
export const isRefused = (name: string, why: string) => `${name} is refused: ${why}`;
export const breakTheGlass = "Break the glass";
export const nobodyMayBreakIt = "nobody may break the glass right now";
export const nothingIsLive = "No access is live: get a request approved first.";
export const canForMore = (name: string, actions: string, target: string, left: string) => `${name} can ${actions} ${target} for ${left} more.`;
export const watchAccessEnd = "Watch access end";
export const theClock = "the clock, then “Next event”";

export const putThisIntoYourProduct = "Put this into your product";
export const aFewLines = "A few lines do what you have just seen.";
