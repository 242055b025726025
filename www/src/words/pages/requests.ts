export const requests = "Requests";
export const requestsLead = "Ask for access, let the right people agree, and see it end by itself. The engine decides all of it inside this page; there is no server.";
export const askForAccess = "Ask for access";

export const waitingForYou = "Waiting for you";
export const nothingIsWaiting = (id: string) => `Nothing is waiting for ${id}. Switch person at the top to see what is waiting for others.`;
export const workThroughThem = "Open the inbox";

export const allRequests = "All requests";
export const requestsHint = "Your requests, and those that you may review or administer.";
export const status = "Status";
export const all = (count: number) => `All ${count}`;
export const search = "Search";
export const personPathOrReason = "Person, path or reason";
export const environment = "Environment";
export const any = "Any";
export const onlyMine = "Only mine";
export const noRequestMatches = "No request matches these filters.";
export const clearTheFilters = "Clear the filters";
export const whichYouSee = "You see your requests, and those that you may review or administer.";
export const noRequestsYet = "No requests yet";
