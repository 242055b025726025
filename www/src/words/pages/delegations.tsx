import type { ReactNode } from "react";

export const delegations = "Delegations";
export const delegationsHint = "Let a delegate review in your place while you are away. The record shows both.";

export const mayReviewInYourPlace = (who: string) => `${who} may review in your place.`;
export const onBehalfOf = (id: string) => `On behalf of ${id}`;
export const onlyForYourself = "You can delegate only your own reviews.";
export const delegate = "Delegate";
export const nameSomebody = "Name somebody";
export const from = "From";
export const leaveEmptyToStart = "Leave empty to start at once.";
export const forIt = "For";

export const allDelegations = "All delegations";
export const delegationsShown = "Delegations by you and to you; administrators see all.";
export const status = "Status";
export const all = "All";
export const nobodyIsReviewing = "No delegations that you may see.";
export const noDelegationMatches = "No delegation matches.";

export const noLongerReviews = (who: string, delegator: string) => `${who} no longer reviews on behalf of ${delegator}.`;
export const end = "End";
export const endLabel = (who: string, delegator: string) => `End: ${who} on behalf of ${delegator}`;
export const onBehalfOfWhom = (delegator: string) => ` on behalf of ${delegator}`;
export const fromUntil = (start: ReactNode, until: ReactNode) => <>From {start} until {until}</>;
export const endQuestion = (name: string) => `End the delegation to ${name}?`;
export const endItNow = "End it now";
export const keepIt = "Keep it";
export const whatEndingDoes = (who: string, delegator: string) => `Reviews that ${who} gave on behalf of ${delegator} no longer count where the request is still open.`;
