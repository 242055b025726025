import type { ReactNode } from "react";
import { counted } from "../lists.ts";

export const policies = "Policies";
export const policiesLead = "Who must agree to what. Where several policies cover the same thing, the most specific one governs.";
export const makeAPolicy = "Make a policy";
export const folders = "Folders";
export const list = "List";
export const findingsTab = (count: number) => `Findings: ${count}`;
export const findingsAreForAdministrators = "Only administrators see findings.";

export const policyInForce = (called: string) => `The policy “${called}” is in force.`;
export const newPolicyLead = "It governs new requests from now on; pending ones keep the policy they were made under. What it changes for live access stands beside.";
export const makeThePolicy = "Make the policy";
export const thereIsNoSuchPolicy = "There is no such policy";
export const deletedOrWrong = "It was deleted, or the address is wrong.";
export const onlyForAdministrators = "Only administrators see a whole policy. Switch person at the top to see it.";
export const allPolicies = "All policies";
export const policyChanged = (called: string) => `The policy “${called}” has a new version.`;
export const policyUnchanged = (called: string) => `The policy “${called}” is unchanged; existing access and requests are handled as you chose.`;
export const savingMakesTheNext = (number: number) => `You are editing version ${number}.`;
export const saveAsVersion = (number: number) => `Save the policy as version ${number}`;
export const existingAccessAndRequests = "Existing access and requests";
export const nothingToSave = "There is nothing to save yet: change something first.";

export const whatThisChanges = "What this changes";
export const triedOnACopy = "The engine tries the change on a copy, as you type.";
export const cannotBeSavedYet = "It cannot be saved yet: a field is missing or wrong.";
export const wouldBeRefused = "The engine would refuse it";
export const whatWouldBeWrongThen = "Findings after this change";
export const nothingChanges = "Nothing changes for anybody who has access or has asked for it.";

export const accessThatItGave = "Live and scheduled access under this policy";
export const goesOn = "Keep it until its time is up";
export const endsNow = "End it now";
export const pendingRequests = "Pending requests";
export const goOnUnderTheirVersion = "Keep them under the version they were made under";
export const beginAgain = "Restart them under the new version; those it would refuse are cancelled";
export const areCancelled = "Cancel them";

export const policyDeleted = (called: string, events: string) => `The policy “${called}” is deleted: ${events}.`;
export const deleteQuestion = (called: string) => `Delete “${called}”?`;
export const deleteIt = "Delete it";
export const keepThePolicy = "Keep the policy";

export const nothingIsWrong = "Nothing is wrong with policies, people or requests";
export const findings = "Findings";
export const findingsHint = "Problems found before anybody runs into them, checked again after every change.";

export const seeTheRequest = "See the request";
export const changeIt = "Fix";
export const changeItLabel = (what: string) => `Fix: ${what}`;
export const changeNamedLabel = (who: string, what: string) => `Fix: ${who}, ${what}`;
export const seeThePeople = "See the people";

export const noPolicies = "There are no policies: nothing can be asked for.";
export const makeTheFirstOne = "Make the first one.";
export const anAdministratorCanMakeIt = "An administrator can make the first one.";
export const foldersHint = "Which policy governs each folder as a whole.";
export const actions = "Actions";

export const pasteFromInfisical = "Import from Infisical";

export const importedInForce = (which: string) => `${which} in force.`;
export const policyIs = "policy is";
export const policiesAre = "policies are";
export const policiesFromInfisical = "Import policies from Infisical";
export const json = "JSON";
export const importHint = "Paste the API response that lists your access-approval policies. You see how each would be imported before anything is made.";
export const notJson = "This is not JSON: paste the whole response.";
export const makeThePolicies = "Import the policies";
export const makeCount = (count: string) => `Import ${count}`;
export const fillInAnExample = "Fill in an example";

export const noPolicyInIt = "No policies found: paste the whole response.";
export const canBeImported = (count: number, all: string) => `${count} of ${all} can be imported.`;
export const whatBecomesOfThem = "Policies found";
export const taken = "can be imported";
export const leftOut = "skipped";

export const dragLabel = (what: string) => `Drag ${what}`;
export const moveUp = (what: string) => `Move ${what} up`;
export const moveDown = (what: string) => `Move ${what} down`;

export const version = (number: number) => `Version ${number}`;
export const edit = "Edit";
export const editLabel = (who: string) => `Edit ${who}`;
export const deletePolicy = "Delete";
export const deleteLabel = (who: string) => `Delete ${who}`;
export const governs = "Governs";
export const path = "Path";
export const paths = "Paths";
export const all = "all";
export const longestAccess = "Longest access";
export const permanent = "permanent";
export const aReasonIs = "Reason";

export const theWayToAccess = "Steps to access";
export const discard = "Discard";

export const whatItGoverns = "What it governs";
export const whoMustAgree = "Who must agree";
export const stepsHint = "Steps run in order; a step is done when all of its quorums are met.";
export const differentPeople = "Each step needs different people";
export const ownRequests = "Requesters may approve their own requests, together with somebody else";
export const howLong = "How long";
export const permanentMayBeAsked = "Permanent access may be asked for";
export const staysOpenFor = "Requests expire after";
export const whoMayAskAndRevoke = "Who may ask and revoke";
export const onlyIf = "Only those who meet this condition may ask";
export const onlyIfHint = "In JSON, about attributes of the subject. Leave empty to let everybody ask.";
export const requestersMustSayWhy = "Requesters must say why";
export const approversMayRevoke = "Approvers may revoke the access";
export const breakGlass = "Break-glass";
export const breakGlassHint = "Who may go ahead without approval in an emergency.";
export const mayBreakTheGlass = "Who may break the glass";
export const nobodyNamedHint = "Leave empty to allow no break-glass.";
export const longestByBreakGlass = "Longest access by break-glass";

export const search = "Search";
export const nameOrPath = "Name or path";
export const noPolicyMatches = "No policy has this in its name or paths.";
export const searchHint = "Try part of a path, such as /payments.";

export const stepsNotShown = "Only administrators see a whole policy. When you ask for access, you see who must agree.";
export const steps = "Steps";
export const access = "access";
export const nobodyYet = "nobody yet";
export const allOf = (names: string) => `all of ${names}`;
export const someOf = (required: number, names: string) => `${required} of ${names}`;
export const theRequestersManager = "the requester’s manager";
export const remindedEvery = (every: string) => `reminded every ${every}`;
export const escalatesTo = (after: string, called: string) => `after ${after}, ${called} may approve too`;
export const rejectionsEndIt = (rejectionsRequired: number) => `${rejectionsRequired} rejections end the request`;
export const noBreakGlass = "nobody may break the glass";
export const breakGlassBy = (names: string, limit: string) => `break-glass by ${names}${limit}`;
export const atMost = (cap: string) => `, at most ${cap}`;

export const removeThisQuorum = "Remove this quorum";
export const approvers = "Approvers";
export const howManyMustApprove = "How many must approve";
export const allOfThem = "All of them";

export const extras = "Name, reminders, escalation";
export const whatTheStepIsCalled = "Step name";
export const remindApprovers = "Remind approvers who have not answered";
export const remindEvery = "Remind them every";
export const callOthers = "Escalate if the step waits too long";
export const callAfter = "Escalate after";
export const whoMayApproveThen = "Who may approve then";

export const removeThisStep = "Remove this step";
export const or = "or";
export const and = "and";
export const quorumOfStep = (index: number, number: number) => `quorum ${index} of step ${number}`;
export const addAQuorum = "Add a quorum";
export const addAnAlternative = "Add an alternative";
export const rejectionsThatEndIt = "Rejections that end the request";

export const isStepNow = (to: number) => `Moved to step ${to}.`;
export const isQuorumNow = (index: number, step: number) => `Moved to quorum ${index} of step ${step}.`;
export const stepTitle = (index: number) => `Step ${index}`;
export const stepName = (index: number) => `step ${index}`;
export const addAStep = "Add a step";

export const name = "Name";
export const environments = "Environments";
export const environmentsHint = "Type a name and press Enter; * means every environment.";
export const outsideEveryEnvironment = "Outside every environment";
export const pathsHint = "/payments/** means the folder and everything below; * matches inside one segment. Press Enter after each.";
export const allActions = "All actions";

export const noLongerAskedToApprove = (noLonger: string) => `No longer asked to approve: ${noLonger}.`;
export const askedFromNowOn = (anew: string) => `Asked to approve from now on: ${anew}.`;
export const isCancelled = (request: string) => `${request} is cancelled.`;
export const beginsAgainAtStep = (request: string, step: number) => `${request} starts again at step ${step}.`;
export const wouldBeStuck = (request: string, step: number) => `${request} would be stuck: nobody could get it past step ${step}.`;
export const losesAccess = (who: string, what: string, target: string) => `${who} loses access to ${what} ${target}.`;
export const apartFrom = (what: string, parts: string) => `${what}, apart from ${parts},`;
export const isGovernedBy = (what: string, to: string | undefined, from: string | undefined) =>
  `${what} is governed by ${to === undefined ? "no policy" : `“${to}”`}${from === undefined ? "" : `, until now by “${from}”`}.`;
export const endGrants = (count: number) => `end ${counted(count, "grant")}`;
export const closeGrants = (count: number) => `close ${counted(count, "grant")}`;
export const narrowGrants = (count: number) => `narrow ${counted(count, "grant")}`;
export const cancelRequests = (count: number) => `cancel ${counted(count, "request")}`;
export const restartRequests = (count: number) => `restart ${counted(count, "request")}`;
export const accessOf = (who: string, what: string, target: string) => `${who}’s access to ${what} ${target}`;
export const noLongerOpensAnything = (whose: string) => `${whose} no longer covers anything.`;
export const noLongerOpens = (whose: string, part: string) => `${whose} no longer covers ${part}.`;
export const requestOf = (who: string, what: string, target: string) => `${who}’s request to ${what} ${target}`;

export const nameAnEnvironment = "name an environment, or tick “Outside every environment”";
export const aPolicy = "A policy";

export const whoDecides = (action: string) => `Which policy governs “${action}” here.`;
export const noPolicyGoverns = "No single policy governs all of this";
export const nothingCanBeAskedFor = "Nothing can be asked for.";
export const askForItsParts = "Ask for its parts one by one.";
export const noTimeLimit = "No time limit";
export const longest = (length: string) => `At most ${length}`;
export const notThis = "Left out";
export const otherPoliciesThatCoverIt = "Other policies that cover it";
export const editThisPolicy = "Edit this policy";
export const newPolicyForThisFolder = "New policy for this folder";

export const noPolicyForAll = "no single policy";

export const moreFolders = (count: number) => `${count} more folders: close some above, or search under “List”.`;

export const countLive = (total: number) => `Live access: ${total}`;
export const left = (countdown: ReactNode) => <>, {countdown} left</>;
export const countPending = (total: number) => `Pending requests: ${total}`;
export const atStepOf = (step: number, count: number) => `, at step ${step} of ${count}`;

export const noEnvironment = "no environment";
export const everyEnvironment = "every environment";

export const countInside = (what: string) => `${what} inside`;
export const otherPolicy = "other policy";
export const otherPolicies = "other policies";
