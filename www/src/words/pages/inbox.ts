export const inbox = "Inbox";
export const nothingIsWaitingForYou = "Nothing is waiting for you.";
export const countWaiting = (requests: string) => `${requests} waiting for you.`;
export const keys = "Keys";
export const openRequest = "Open request";

export const selectLabel = (what: string) => `Select ${what}`;
export const unreadLabel = (what: string) => `${what}, unread`;
export const noReasonGiven = "no reason given";
export const approve = "Approve";
export const approveLabel = (what: string) => `Approve ${what}`;

export const theNextRequest = "The next request";
export const thePreviousRequest = "The previous request";
export const approveIt = "Approve it";
export const goToReject = "Go to Reject; Enter rejects it";
export const shortenItsDuration = "Shorten its duration";
export const selectIt = "Select it, to approve several";
export const markItUnread = "Mark it unread";
export const search = "Search";
export const thisHelp = "This help";
export const close = "Close";
export const withTheseKeys = "Use these keys";

export const chooseOne = "Choose one from the list, or press j.";
export const noRequestIsOpen = "No request is open.";
export const theEngineSays = "The engine says";
export const backToTheList = "Back to the list";
export const openOnItsOwn = "Open it on a page of its own";

export const waitingForYou = "Waiting for you";
export const personPathOrReason = "Person, path or reason";
export const approveCount = (requests: string) => `Approve ${requests}`;
export const noTaskMatches = "No task matches this search.";
export const seeWhatWaitsForOthers = "Change who you are at the top to see what is waiting for others.";

export const countApproved = (requests: string) => `Approved: ${requests}.`;
