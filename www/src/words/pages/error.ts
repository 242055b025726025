export const couldNotBeShown = "This page could not be shown";
export const tryAgain = "Try again";

export const thereIsNoSuchPage = "Page not found";
export const leadsNowhere = "Check the address, or go to the requests.";
export const goToTheRequests = "Go to the requests";
