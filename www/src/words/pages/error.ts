export const couldNotBeShown = "This page could not be shown";
export const tryAgain = "Try again";

export const thereIsNoSuchPage = "There is no such page";
export const leadsNowhere = "This address leads nowhere in the demo.";
export const goToTheRequests = "Go to the requests";
