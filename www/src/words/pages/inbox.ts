export const inbox = "Inbox";
export const nothingIsWaitingForYou = "Nothing is waiting for you.";
export const countWaiting = (requests: string) => `${requests} waiting for you.`;
export const keys = "Keyboard shortcuts";
export const openRequest = "Selected request";

export const selectLabel = (what: string) => `Select ${what}`;
export const unreadLabel = (what: string) => `${what}, unread`;
export const noReasonGiven = "no reason given";
export const approve = "Approve";
export const approveLabel = (what: string) => `Approve ${what}`;

export const theNextRequest = "The next request";
export const thePreviousRequest = "The previous request";
export const approveIt = "Approve it";
export const goToReject = "Go to Reject, then press Enter to reject";
export const shortenItsDuration = "Shorten its duration";
export const selectIt = "Select it, to approve several";
export const markItUnread = "Mark it unread";
export const search = "Search";
export const thisHelp = "Show this list";
export const close = "Close";
export const withTheseKeys = "Use keyboard shortcuts";

export const chooseOne = "Choose one from the list, or press j.";
export const noRequestIsOpen = "No request is selected.";
export const theEngineSays = "The engine says";
export const backToTheList = "Back to the list";
export const openOnItsOwn = "Open the full page";

export const waitingForYou = "Waiting for you";
export const personPathOrReason = "Person, path or reason";
export const approveCount = (requests: string) => `Approve ${requests}`;
export const noTaskMatches = "No task matches this search.";
export const seeWhatWaitsForOthers = "Switch person at the top to see what is waiting for others.";

export const countApproved = (requests: string) => `Approved: ${requests}.`;
