import type { ReactNode } from "react";

export const appliesAtOnce = "A permission applies at once to everybody it names, until it is deleted.";
export const permissionInForce = (name: string) => `The permission “${name}” is in force.`;
export const makeAPermission = "Make a permission";
export const makeThePermission = "Make the permission";
export const thereIsNoSuchPermission = "There is no such permission";
export const deletedOrNotSeen = "It was deleted, or you may not see it.";
export const onlyForAdministrators = "Only administrators see a whole permission. Switch person at the top to see it.";
export const allPermissions = "All permissions";
export const permissionUnchanged = (name: string) => `The permission “${name}” is unchanged.`;
export const permissionChanged = (name: string) => `The permission “${name}” has a new version.`;
export const versionAndLead = (version: number, lead: string) => `Version ${version}. ${lead}`;
export const saveThePermission = "Save the permission";

export const permissions = "Permissions";
export const permissionsLead = "What people may do without asking. A permission lasts until it is deleted; no policy overrides it.";

export const itApplies = "Applies";
export const group = "Group";
export const nameInTheContext = "Name in the context";
export const property = "Property";
export const is = "Is";
export const condition = "Condition";
export const jsonHint = "About attributes of subject, resource, action and context.";
export const inJson = (fields: ReactNode) => <>In JSON: {fields}</>;

export const whatItAllows = "What it allows";
export const whoMay = "Who holds it";
export const holders = "Holders";
export const onWhatCondition = "Condition";
export const discard = "Discard";

export const standingPermissions = "Standing permissions";
export const permissionsHint = "Permissions that name you, directly or through a group; administrators see all.";
export const search = "Search";
export const nameOrPath = "Name or path";
export const heldBy = "Held by";
export const anybody = "Anybody";
export const noPermissionMatches = "No permission matches these filters.";
export const thereAreNone = "There are no permissions: all access has to be asked for.";

export const permissionDeleted = (name: string) => `The permission “${name}” is deleted.`;
export const deletePermission = "Delete";
export const deleteLabel = (name: string) => `Delete ${name}`;
export const edit = "Edit";
export const editLabel = (name: string) => `Edit ${name}`;
export const allActionsOn = (targets: string) => `all actions on ${targets}`;
export const onlyIf = (text: ReactNode) => <>only if {text}</>;
export const deleteQuestion = (name: string) => `Delete “${name}”?`;
export const deleteIt = "Delete it";
export const keepThePermission = "Keep the permission";
export const whatDeletingDoes = "What it allows has to be asked for from then on, unless another permission or a grant allows it.";

export const always = "Always";
export const ifTheHolderIsInAGroup = "If the holder is in a group";
export const ifASubjectPropertyMatches = "If a property of the holder matches";
export const ifAResourcePropertyNamesTheHolder = "If a property of the resource names the holder";
export const ifTheContextMatches = "If the context of the question matches";
export const ifAJsonConditionIsMet = "If a condition in JSON is met";
