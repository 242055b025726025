import type { ReactNode } from "react";

export const myAccess = "My access";
export const accessLead = (id: string) => `What ${id} may do now, and for how long. Access ends by itself when its time is up.`;

export const liveNow = "Live now";
export const scheduled = "Scheduled";
export const search = "Search";
export const personPathOrPolicy = "Person, path or policy";
export const heldBy = "Held by";
export const anybody = "Anybody";
export const inEnvironment = "In environment";
export const anyEnvironment = "Any environment";
export const status = "Status";
export const liveOrScheduled = "Live or scheduled";

export const allLiveAccess = "All live access";
export const liveAccessYouMaySee = "Live access that you may see";
export const scheduledAccessIsHereToo = "Including scheduled access.";
export const yoursAndYourPolicies = "Yours, and access given under policies that you approve for.";
export const selectAllShown = (count: number) => `Select all ${count} shown`;
export const revokeCount = (grants: string) => `Revoke ${grants}`;
export const selectGrant = (name: string, actions: string, target: string) => `Select ${name}: ${actions} ${target}`;
export const noAccessMatchesTheseFilters = "No access matches these filters.";
export const nobodyHasAccess = "Nobody has access right now.";

export const whatCanIAskFor = "What can I ask for?";
export const askableHint = "What policies cover, and how the engine would answer your request now.";
export const noPolicyLetsYouAsk = "No policy lets you ask, or you have already asked for all of it.";
export const nothingAtTheMoment = "Nothing to ask for";
export const whatICanAskFor = "What I can ask for";
export const ask = "Ask";
export const askTo = (actions: string, target: string) => `Ask to ${actions} ${target}`;

export const canI = "Can I?";
export const canIHint = "One action on one path, as the engine decides it now.";
export const action = "Action";
export const path = "Path";
export const environment = "Environment";
export const noEnvironment = "No environment";
export const theEngineCannotAnswerThis = "The engine cannot answer this";
export const yes = "Yes";
export const no = "No";
export const itDoesNotEnd = " It does not end.";
export const forMoreUntil = (countdown: ReactNode, when: ReactNode) => <>For {countdown} more, until {when}.</>;
export const letsYouAsk = (name: string, limit: string) => `“${name}” lets you ask for it, ${limit}.`;
export const withNoTimeLimit = "with no time limit";
export const forAtMost = (length: string) => `for at most ${length}`;
export const askForIt = "Ask for it";
export const cannotBeAskedFor = "You cannot ask for it either.";

export const liveAndScheduled = "Live and scheduled";
export const myLiveAndScheduledAccess = "My live and scheduled access";
export const howAccessAppears = ", and it appears here once the last step is approved.";
export const noAccessAtTheMoment = "You have no access right now.";
export const askForAccess = "Ask for access";
export const ended = "Ended";
export const endedGrantsStayOnRecord = "Ended grants stay on record.";
export const myEndedAccess = "My ended access";

export const givenUnder = "Given under";
export const anyPolicy = "Any policy";
export const noSuchPolicy = "No such policy";

export const revokeQuestion = (grants: string) => `Revoke ${grants}?`;
export const revokeNow = "Revoke now";
export const keepTheAccess = "Keep the access";
export const whyItIsRevoked = "Why it is revoked";
export const theHoldersAreTold = "The holders are told.";

export const countRevoked = (grants: string, refused: string) => `${grants} revoked${refused}`;
export const hadEnded = (grants: string) => `${grants} had already ended.`;
export const andRefused = (count: number) => `, ${count} refused`;
