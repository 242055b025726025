import type { ReactNode } from "react";

export const policies = "Policies";
export const policiesLead = "Who must agree to what. Where several cover the same thing, the most specific one decides.";
export const makeAPolicy = "Make a policy";
export const folders = "Folders";
export const list = "List";
export const findingsTab = (count: number) => `Findings: ${count}`;
export const findingsAreForAdministrators = "Findings are for administrators.";

export const policyInForce = (called: string) => `The policy “${called}” is in force.`;
export const newPolicyLead = "It decides new requests from now on; pending ones keep the policy they were made under.";
export const makeThePolicy = "Make the policy";
export const thereIsNoSuchPolicy = "There is no such policy";
export const deletedOrWrong = "It was deleted, or the address is wrong.";
export const onlyForAdministrators = "Only administrators see a whole policy. Change who you are at the top to see it.";
export const allPolicies = "All policies";
export const policyChanged = (called: string) => `The policy “${called}” has a new version.`;
export const policyUnchanged = (called: string) => `The policy “${called}” is unchanged; existing access and requests are handled as you chose.`;
export const savingMakesTheNext = (number: number) => `Version ${number}; saving makes the next one.`;
export const saveAsVersion = (number: number) => `Save the policy as version ${number}`;
export const existingAccessAndRequests = "Existing access and requests";
export const nothingToSave = "Nothing has changed yet, so there is nothing to save.";

export const whatThisChanges = "What this changes";
export const triedOnACopy = "Tried by the engine on a copy, as you type.";
export const cannotBeSavedYet = "It cannot be saved yet: a field is missing or wrong.";
export const wouldBeRefused = "The engine would refuse it";
export const whatWouldBeWrongThen = "What would be wrong then";
export const nothingChanges = "Nothing changes for anybody who has access or has asked for it.";

export const accessThatItGave = "Live and scheduled access that it gave";
export const goesOn = "goes on until its time is up";
export const endsNow = "ends now";
export const pendingRequests = "Pending requests";
export const goOnUnderTheirVersion = "go on under the version they were made under";
export const beginAgain = "begin again under the new one; it cancels those it would refuse";
export const areCancelled = "are cancelled";

export const policyDeleted = (called: string, events: string) => `The policy “${called}” is deleted: ${events}.`;
export const deleteQuestion = (called: string) => `Delete “${called}”?`;
export const deleteIt = "Delete it";
export const keepThePolicy = "Keep the policy";

export const nothingIsWrong = "Nothing is wrong with policies, people or requests";
export const findings = "Findings";
export const findingsHint = "What is wrong, found before anybody runs into it and checked again after every change.";

export const seeTheRequest = "See the request";
export const changeIt = "Change it";
export const changeItLabel = (what: string) => `Change it: ${what}`;
export const changeNamedLabel = (who: string, what: string) => `Change it: ${who}, ${what}`;
export const seeThePeople = "See the people";

export const noPolicies = "There are no policies: nothing can be asked for.";
export const makeTheFirstOne = "Make the first one.";
export const anAdministratorCanMakeIt = "An administrator can make the first one.";
export const foldersHint = "Which policy decides about a whole folder.";
export const actions = "Actions";

export const pasteFromInfisical = "Paste from Infisical";

export const importedInForce = (policyIss: string) => `${policyIss} in force.`;
export const policyIs = "policy is";
export const policiesAre = "policies are";
export const policiesFromInfisical = "Policies from Infisical";
export const importHint = "Paste what its API returns for access-approval policies. You see what becomes of each before anything is made.";
export const notJson = "This is not JSON: paste the whole response.";
export const makeThePolicies = "Make the policies";
export const makeCount = (count: string) => `Make ${count}`;
export const fillInAnExample = "Fill in an example";

export const noPolicyInIt = "There is no policy in it.";
export const canBeImported = (all: number, count: string) => `${all} of ${count} can be imported.`;
export const whatBecomesOfThem = "What becomes of them";
export const taken = "taken";
export const leftOut = "left out";

export const dragLabel = (what: string) => `Drag ${what}`;
export const moveLabel = (what: string, way: string) => `Move ${what} ${way}`;

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
export const aReasonIs = "A reason is";

export const theWayToAccess = "The way to access";
export const discard = "Discard";

export const whatItGoverns = "What it governs";
export const whoMustAgree = "Who must agree";
export const stepsHint = "Steps run in order; a step is done when all of its quorums are met.";
export const differentPeople = "Different people in different steps";
export const ownRequests = "Requesters may approve their own requests, together with somebody else";
export const howLong = "How long";
export const permanentMayBeAsked = "Permanent access may be asked for";
export const staysOpenFor = "A request stays open for";
export const whoMayAskAndRevoke = "Who may ask and revoke";
export const onlyIf = "Only those who meet this condition may ask";
export const onlyIfHint = "In JSON, about attributes of the subject. Leave empty to let everybody ask.";
export const requestersMustSayWhy = "Requesters must say why";
export const approversMayRevoke = "Approvers may revoke the access";
export const breakGlass = "Break-glass";
export const breakGlassHint = "Who may go ahead without approval in an emergency.";
export const mayBreakTheGlass = "May break the glass";
export const nobodyNamedHint = "If you name nobody, nobody may.";
export const longestByBreakGlass = "Longest access by break-glass";

export const search = "Search";
export const nameOrPath = "Name or path";
export const noPolicyMatches = "No policy has this in its name or paths.";
export const searchHint = "Try a part of a path, such as /payments.";

export const stepsNotShown = "Who must agree is shown where you ask for access; only administrators see a whole policy.";
export const steps = "Steps";
export const access = "access";
export const nobodyYet = "nobody yet";
export const allOf = (names: string) => `all of ${names}`;
export const someOf = (required: number, names: string) => `${required} of ${names}`;
export const theRequestersManager = "the requester’s manager";
export const remindedEvery = (every: string) => `reminded every ${every}`;
export const escalatesTo = (after: string, called: string) => `after ${after} also ${called}`;
export const rejectionsEndIt = (rejectionsRequired: number) => `${rejectionsRequired} rejections end it`;
export const noBreakGlass = "break-glass is open to nobody";
export const breakGlassBy = (names: string, limit: string) => `break-glass by ${names}${limit}`;
export const atMost = (cap: string) => `, at most ${cap}`;

export const removeThisQuorum = "Remove this quorum";
export const approvers = "Approvers";
export const howManyMustApprove = "How many must approve";
export const allOfThem = "All of them";

export const extras = "Name, reminders, escalation";
export const whatTheStepIsCalled = "What the step is called";
export const remindApprovers = "Remind approvers who have not answered";
export const remindEvery = "Remind them every";
export const callOthers = "Call others if it waits too long";
export const callAfter = "Call them after";
export const whoMayApproveThen = "Who may approve then";

export const removeThisStep = "Remove this step";
export const or = "or";
export const and = "and";
export const quorumOfStep = (index: number, number: number) => `quorum ${index} of step ${number}`;
export const addAQuorum = "Add a quorum";
export const addAnAlternative = "Add an alternative";
export const rejectionsThatEndIt = "Rejections that end it";

export const isStepNow = (to: number) => `It is step ${to} now.`;
export const isQuorumNow = (index: number, step: number) => `It is quorum ${index} of step ${step} now.`;
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
export const beginsAgainAtStep = (request: string, step: number) => `${request} begins again at step ${step}.`;
export const wouldBeStuck = (request: string, step: number) => `${request} would be stuck: nobody could get it past step ${step}.`;
export const losesAccess = (who: string, what: string, target: string) => `${who} loses access: ${what} ${target}.`;
export const apartFrom = (parts: string) => `, apart from ${parts},`;
export const isGovernedByNoPolicy = "is governed by no policy";
export const isGovernedBy = (called: string) => `is governed by “${called}”`;
export const untilNowBy = (called: string) => `, until now by “${called}”`;
export const accessOf = (who: string, what: string, target: string) => `${who}’s access to ${what} ${target}`;
export const noLongerOpensAnything = (whose: string) => `${whose} no longer opens anything.`;
export const noLongerOpens = (whose: string, part: string) => `${whose} no longer opens ${part}.`;
export const requestOf = (who: string, what: string, target: string) => `${who}’s request to ${what} ${target}`;

export const nameAnEnvironment = "name an environment, or tick “Outside every environment”";
export const aPolicy = "A policy";

export const whoDecides = (action: string) => `Who decides about “${action}” here, as the engine would decide a request.`;
export const noPolicyGoverns = "No policy governs all of it";
export const nothingCanBeAskedFor = "Nothing can be asked for.";
export const askForItsParts = "Ask for its parts one by one.";
export const noTimeLimit = "No time limit";
export const longest = (maxDurationSeconds: string) => `At most ${maxDurationSeconds}`;
export const notThis = "Left out";
export const otherPoliciesThatCoverIt = "Other policies that cover it";
export const editThisPolicy = "Edit this policy";
export const newPolicyForThisFolder = "New policy for this folder";

export const noPolicyForAll = "no policy for all of it";

export const moreFolders = (count: number) => `${count} more folders: close some above, or search under “List”.`;

export const countLive = (total: number) => `Live access: ${total}`;
export const left = (countdown: ReactNode) => <>, {countdown} left</>;
export const countPending = (total: number) => `Pending requests: ${total}`;
export const atStepOf = (step: number, alls: number) => `, at step ${step} of ${alls}`;

export const noEnvironment = "no environment";
export const everyEnvironment = "every environment";

export const countInside = (what: string) => `${what} inside`;
export const otherPolicy = "other policy";
export const otherPolicies = "other policies";
