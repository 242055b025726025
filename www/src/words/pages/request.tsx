import type { ReactNode } from "react";

export const nothingToSeeHere = "Request not found";
export const mayNotSeeIt = (id: string) => `Either there is no such request, or ${id} may not see it; the engine does not say which. Switch person at the top, or go back to the requests.`;
export const theEngineSays = "The engine says";
export const allRequests = "All requests";

export const acknowledged = "Acknowledged.";
export const acknowledge = "Acknowledge";
export const whatYouFound = "What you found";
export const optional = "Optional.";
export const acknowledgeTheBreakGlass = "Acknowledge the break-glass";

export const approve = "Approve";
export const reject = "Reject";
export const editTheDuration = "Shorten the duration";
export const withdrawMyReview = "Withdraw my review";
export const breakTheGlass = "Break the glass";
export const amend = "Amend";
export const cancelTheRequest = "Cancel the request";
export const whatTheyCanDo = (id: string) => `What ${id} can do`;
export const nothingMoreNow = "Nothing more right now.";
export const nothingNow = "Nothing right now.";

export const edit = "Edit";
export const shortenedIt = (name: string, before: string, after: string, note: string) => `${name} shortened it from ${before} to ${after}: “${note}”, `;

export const theDurationIsNow = (length: string) => `The duration is now ${length}.`;
export const shortenTheDuration = "Shorten the duration";
export const newDuration = "New duration";
export const noteToTheRequester = "Note to the requester";
export const shorten = "Shorten";
export const keepTheDuration = "Keep the duration";

export const whatIsAskedFor = "What is asked for";
export const requester = "Requester";
export const starting = "Starts";
export const why = "Reason";
export const leftOut = "Left out";
export const policy = "Policy";
export const asked = "Asked";
export const expires = "Expires";
export const contentHash = "Content hash";
export const noReasonGiven = "No reason given; the policy does not ask for one.";
export const version = (name: string, what: number) => `${name}, version ${what}`;
export const copied = "Copied";
export const copyAll = "Copy all";

export const access = "Access";

export const whatNameAlreadyHas = (name: string) => `What ${name} already has`;
export const noneOfIt = "None of what is asked for.";
export const everything = "Everything";
export const standingPermission = (called: string) => `Standing permission “${called}”`;

export const askedAt = (when: ReactNode) => <>Asked {when}</>;
export const differentFromLastTime = "Compared with last time";
export const underTheSamePolicy = (link: ReactNode) => <>{link} under the same policy</>;
export const nothingDiffers = "No differences.";

export const theGlassWasBroken = "Break-glass access";
export const nobodyHasAcknowledgedItYet = "Nobody has acknowledged it yet.";
export const acknowledgedBy = (by: string, text: string) => `Acknowledged by ${by}${text}`;

export const cancelledCount = (count: number) => `Cancelled: ${count} requests have ended.`;
export const cancelled = "Cancelled: the request has ended.";
export const cancelQuestion = "Cancel the request?";
export const cancelItNow = "Cancel it now";
export const keepIt = "Keep the request";
export const whatCancellingDoes = "The request ends, and nobody can approve it any more.";
export const cancelAllMadeTogether = (count: number) => `Cancel all ${count} pending requests that were made together`;
export const whyItIsCancelled = "Why it is cancelled";

export const comment = "Comment";
export const commentHint = "Optional; the requester reads it.";

export const steps = "Steps";
export const policyRequires = (name: string, count: string) => `In order; “${name}” requires ${count}.`;
export const oneStep = "one step";
export const countSteps = (count: number) => `${count} steps`;
export const or = "or";
export const rejectionsSoFar = (rejections: number, rejectionsRequired: number) => `${rejections} of ${rejectionsRequired} rejections that end the request`;
export const passedOver = "skipped by break-glass";
export const statusHere = (status: string) => `${status} here`;
export const thisIsYou = (name: string) => `${name} (you)`;
export const canApproveNow = "Can approve now: ";
export const nobody = "nobody";
export const beThem = (name: string) => `Switch to ${name}`;
export const approved = "approved";
export const rejected = "rejected";

export const timeline = "Timeline";
export const fromTheRecordNewestFirst = "From the record, newest first.";

export const requestedTogether = "Requested together";
export const decidedOnItsOwn = "Each request is decided on its own.";

export const whyCantI = "Why can’t I …?";
export const pageKnowsNoRules = "The engine enables and disables every button and gives the reason; the page knows no rules.";

export const reviewWithdrawn = "Your review is withdrawn.";
export const withdrawQuestion = "Withdraw your review?";
export const withdrawIt = "Withdraw it";
export const letItStand = "Keep my review";
export const whatWithdrawingDoes = "Your review no longer counts. You may review again while the step is open.";

export const target = "Target";
export const actions = "Actions";
export const duration = "Duration";
export const durationAskedFor = "Duration asked for";
export const reason = "Reason";
export const ticket = "Ticket";
export const none = "none";
export const policyVersion = "Policy version";

export const askedFor = "Request sent. The approvers of step 1 can decide now.";
export const askedForSeveral = (count: number) => `${count} requests sent: each is decided on its own.`;
export const glassBroken = (shortened: string) => `You have access now, without approval${shortened}.`;
export const shortenedTo = (shortenedToSeconds: string) => `, shortened to ${shortenedToSeconds}`;
export const lastStepApproved = (given: string) => `Approved: that was the last step. ${given}`;
export const accessBeginsOn = (startsAt: string) => `Access begins on ${startsAt}.`;
export const accessIsGiven = "Access is live.";
export const rejectedAndEnded = "Rejected: the request has ended.";
export const stepApproved = "Approved: the next step is open.";
export const rejectionCounts = "Your rejection counts: more are needed to end the request.";
export const approvedStaysOpen = "Approved: the step needs more approvals.";
