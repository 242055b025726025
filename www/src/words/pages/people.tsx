import type { ReactNode } from "react";

export const people = "People";
export const peopleHint = "The directory, synced into the engine by this page. Disabling somebody ends their access at once, and their reviews no longer count; enabling them again restores nothing.";
export const addSomebody = "Add somebody";
export const directoryIsClosed = (sentence: ReactNode) => <>You cannot change the directory. {sentence}</>;

export const administrators = "Administrators";
export const changeAdministrators = "Change administrators";
export const whoAdministers = "Change administrators";

export const administerNow = (names: string) => `Administrators now: ${names}.`;
export const whatTheyDo = "They make policies, manage the directory and revoke access.";
export const nobodyByThatName = "Nobody by that name";
export const save = "Save";

export const isDisabled = (who: string, events: string) => `${who} is disabled: ${events}.`;
export const disableQuestion = (who: string) => `Disable ${who}?`;
export const disable = "Disable";
export const keepEnabled = "Keep enabled";
export const whatDisablingDoes = "A disabled person can do nothing here, and enabling them again restores nothing.";

export const isUnchanged = (who: string) => `${who} is unchanged.`;
export const isAdded = (who: string) => `${who} is added.`;
export const isChanged = (who: string) => `${who} is changed.`;
export const id = "Id";
export const idHint = "The id in your directory. It can never change.";
export const name = "Name";
export const add = "Add";

export const erased = "The personal data is erased. The record still verifies.";
export const eraseQuestion = (who: string) => `Erase the personal data of ${who}?`;
export const erase = "Erase";
export const keepTheData = "Keep the data";
export const whatErasingDoes = (who: string, key: string) => `The name, address, reasons and comments of ${who} are removed from the record for good, and so is what others wrote on those requests. What happened stays on record under the id ${key}, and the record still verifies.`;

export const groupIdTaken = "A group already has this id: choose another.";
export const members = "Members";

export const groups = "Groups";
export const addAGroup = "Add a group";
export const thereAreNoGroups = "There are no groups.";
export const editLabel = (who: string) => `Edit ${who}`;

export const remove = "Remove";
export const removeLabel = (who: string) => `Remove ${who}`;
export const edit = "Edit";
export const nobody = "nobody";

export const aPerson = "A person";
export const aProgram = "A program";
export const personIdTaken = "Somebody already has this id: choose another.";
export const kind = "Kind";
export const email = "Email";
export const emailHint = "Without one, no mail is sent.";
export const manager = "Manager";
export const noManagerChosen = "Nobody";
export const properties = "Properties";
export const propertiesHint = "JSON that conditions can read.";

export const isEnabledAgain = (who: string) => `${who} is enabled again. What had ended stays ended.`;
export const administrator = "administrator";
export const disabled = "disabled";
export const inNoGroup = "in no group";
export const noManager = "no manager";
export const managerOf = (who: string) => `manager ${who}`;
export const noAddress = "no address: gets no mail";
export const enable = "Enable";
export const enableLabel = (who: string) => `Enable ${who}`;
export const eraseLabel = (who: string) => `Erase the personal data of ${who}`;
export const disableLabel = (who: string) => `Disable ${who}`;

export const groupRemoved = (who: string, events: string) => `The group ${who} is removed: ${events}.`;
export const removeGroupQuestion = (who: string) => `Remove the group ${who}?`;
export const keepTheGroup = "Keep the group";
export const whatRemovingDoes = "Policies that name this group lose its members, and nobody takes their place.";
