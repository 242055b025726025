import type { ReactNode } from "react";

export const goAheadWithoutApproval = "Go ahead without approval";
export const whyThisCannotWait = "Why this cannot wait";
export const breakTheGlassNow = "Break the glass now";
export const notNow = "Not now";

export const theEngineWouldRefuseIt = "The engine would refuse it";
export const losesAccess = (name: string, actions: string, target: string) => `${name} loses access to ${actions} ${target}.`;
export const requestCancelled = (name: string, actions: string, target: string) => `${name}’s request to ${actions} ${target} is cancelled.`;
export const requestStuck = (name: string, actions: string, target: string, step: number) => `${name}’s request to ${actions} ${target} could not get past step ${step} any more.`;
export const nothingEnds = "Nobody loses access, and no request ends.";
export const whatWouldHappen = "What would happen";

export const steps = "Steps";
export const or = "or";
export const and = "and ";
export const access = "access";
export const allOfCount = (approvers: number) => `all ${approvers}`;
export const someOfCount = (required: number, approvers: number) => `${required} of ${approvers}`;
export const andManyMore = (more: string) => `and ${more} more`;

export const youGetAccessAtOnce = (limit: string) => `You get access at once${limit}.`;
export const forAtMost = (most: string) => `, for at most ${most}`;
export const everybodyIsTold = "Every approver and every administrator is told at once.";
export const reviewedAfterwards = "Somebody else is asked to acknowledge it afterwards. Your reason stays on record.";

export const itsRequest = "Request";
export const itsRequestLabel = (name: string, actions: string, target: string, startsAt: string) => `Request: ${name}, ${actions} ${target}, from ${startsAt}`;
export const ended = (when: ReactNode, reason: string) => <>Ended {when}: {reason}</>;
export const beginsIn = (countdown: ReactNode) => <>Begins in {countdown}</>;
export const forGood = ", permanent";
export const forALength = (left: string) => `, for ${left}`;
export const forGoodUntilEnded = "Permanent: until it is revoked or given back.";
export const until = (when: ReactNode) => <>, until {when}</>;
export const timeLeftOver = (countdown: ReactNode) => <>{countdown} left</>;
export const timeLeft = "Time left";
export const extend = "Extend";
export const extendLabel = (actions: string, target: string) => `Extend: ${actions} ${target}`;
export const givenBack = (grant: string) => `Given back: ${grant}.`;
export const giveItBack = "Give it back";
export const giveThisAccessBack = "Give this access back?";
export const giveItBackNow = "Give it back now";
export const keepIt = "Keep it";
export const givingBackEndsIt = (target: ReactNode) => <>{target}: it ends at once. To have it again, you ask again.</>;
export const revoked = (grant: string) => `Revoked: ${grant}.`;
export const revoke = "Revoke";
export const revokeTheAccessOf = (name: string) => `Revoke the access of ${name}?`;
export const revokeNow = "Revoke now";
export const itWillNotBegin = (target: ReactNode) => <>{target}: it will not begin.</>;
export const revokingEndsIt = (target: ReactNode) => <>{target}: it ends at once.</>;
export const whyItIsRevoked = "Why it is revoked";
export const thisAccessWillNotBegin = "this access will not begin";
export const thisAccessHasEnded = "this access has ended";

export const nobodyCan = "nobody can approve: no active approver is named";
export const allOf = (names: string) => `all of ${names}`;
export const someOfNames = (required: number, names: string) => `${required} of ${names}`;
export const approvedBy = (names: string) => `approved by ${names}`;
export const whichIsEnough = ", which is enough";

export const wentAheadTo = "broke the glass to";
export const asksTo = "asks to";
export const rowLabel = (name: string, asks: string, actions: string, target: string, status: string, madeAt: string) => `${name} ${asks} ${actions} ${target}, ${status}, asked on ${madeAt}`;

export const glassBroken = "break-glass: access without approval";
export const waitingAtStep = (step: number, all: number) => `waiting at step ${step} of ${all}`;
export const allStepsApproved = (count: number) => `all steps approved: ${count} of ${count}`;
export const endedAtStep = (step: number, all: number) => `ended at step ${step} of ${all}`;

export const approvedStep = "Approved step";
export const openStep = "Step that is open now";
export const laterStep = "Step that comes later, or was not reached";
export const passedOverStep = "Step skipped by break-glass";
export const noAccessYet = "No access yet";
export const accessWasGiven = "Access was given";
export const accessWithoutApproval = "Access without approval";
export const whatTheMarksMean = "What the marks mean";

export const from = (when: ReactNode) => <>, from {when}</>;
