import type { ReactNode } from "react";

export const goAheadWithoutApproval = "Go ahead without approval";
export const whyThisCannotWait = "Why this cannot wait";
export const breakTheGlassNow = "Break the glass now";
export const notNow = "Not now";

export const theEngineWouldRefuseIt = "The engine would refuse it";
export const losesAccess = (name: string, actions: string, target: string) => `${name} loses access: ${actions} ${target}.`;
export const requestCancelled = (name: string, actions: string, target: string) => `${name}’s request is cancelled: ${actions} ${target}.`;
export const requestStuck = (name: string, actions: string, target: string, step: number) => `${name}’s request to ${actions} ${target} could not get past step ${step} any more.`;
export const nothingEnds = "Nobody loses access, and no request ends.";
export const whatWouldHappen = "What would happen";

export const steps = "Steps";
export const or = "or";
export const access = "access";
export const allOfCount = (approvers: number) => `all ${approvers}`;
export const someOfCount = (required: number, approvers: number) => `${required} of ${approvers}`;
export const andManyMore = (more: string) => `and ${more} more`;

export const youGetAccessAtOnce = (limit: string) => `You get access at once${limit}.`;
export const forAtMost = (most: string) => `, for at most ${most}`;
export const everybodyIsTold = "Every approver and every administrator is told at once.";
export const reviewedAfterwards = "Somebody else reviews it afterwards. Your reason stays on record.";

export const itsRequest = "Its request";
export const itsRequestLabel = (name: string, actions: string, target: string, startsAt: string) => `Its request: ${name}, ${actions} ${target}, from ${startsAt}`;
export const ended = (when: ReactNode, reason: string) => <>Ended {when}: {reason}</>;
export const beginsIn = (countdown: ReactNode) => <>Begins in {countdown}</>;
export const forGood = ", for good";
export const forALength = (left: string) => `, for ${left}`;
export const forGoodUntilEnded = "For good: until it is revoked or given back.";
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
export const revokingEndsIt = (target: ReactNode) => <>{target}: it ends at once.</>;
export const whyItIsRevoked = "Why it is revoked";
export const thisAccessWillNotBegin = "this access will not begin";
export const thisAccessHasEnded = "this access has ended";

export const nobodyCan = (of: string) => `${of}nobody: no active approver is named`;
export const someOf = (required: number) => `${required} of `;
export const allOf = (names: string) => `all of ${names}`;
export const someOfNames = (required: number, names: string) => `${required} of ${names}`;
export const approvedBy = (names: string) => `approved by ${names}`;
export const whichIsEnough = ", which is enough";

export const wentAheadTo = "went ahead to";
export const asksTo = "asks to";
export const rowLabel = (name: string, asks: string, actions: string, target: string, status: string, madeAt: string) => `${name} ${asks} ${actions} ${target}, ${status}, asked on ${madeAt}`;

export const glassBroken = "the glass was broken: access without approval";
export const waitingAtStep = (step: number, all: number) => `waiting at step ${step} of ${all}`;
export const allStepsApproved = (alls: number, all: number) => `all steps approved: ${alls} of ${all}`;
export const endedAtStep = (step: number, all: number) => `ended at step ${step} of ${all}`;

export const approvedStep = "A step that is approved";
export const openStep = "The step that is open now";
export const laterStep = "A step that comes later, or was not reached";
export const passedOverStep = "A step that was passed over: the glass was broken";
export const noAccessYet = "No access yet";
export const accessWasGiven = "Access was given";
export const accessWithoutApproval = "Access without approval";
export const whatTheMarksMean = "What the marks mean";

export const from = (when: ReactNode) => <>, from {when}</>;
