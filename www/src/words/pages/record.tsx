import type { ReactNode } from "react";

export const record = "Record";
export const recordLead = "Everything that ever happened, in order. Each commit carries the hash of the one before, so nothing can be changed or cut out unnoticed.";
export const seeItAsItWas = "See it as it was";

export const hashChain = "Hash chain";
export const chainHint = "Keep a copy of the head elsewhere to notice if the record is cut short or rewritten.";
export const verify = "Verify";
export const tamperWithIt = "Tamper with it";
export const commits = "Commits";
export const head = "Head";
export const theRecordIsIntact = "The record is intact";
export const wereRead = (count: string, place: string, version: number) => `Checked ${count} from ${place}: each fits the one before, and the last is the head, version ${version}.`;
export const indexedDb = "this browser’s IndexedDB";
export const memory = "memory";
export const recordIsNot = "The record is not intact";
export const firstBad = (firstBadVersion: number) => `The first bad commit is version ${firstBadVersion}.`;

export const ofRequest = (request: string) => `${request} · `;
export const entries = "Entries";
export const entriesHint = "What you may see; administrators see all.";
export const searchForLess = "Try a shorter search, or remove a filter.";
export const nothingMatches = "Nothing in the record matches.";
export const seeItThen = "See the project as it was then";
export const seeItThenLabel = (summary: string) => `See the project as it was then: ${summary}`;
export const openTheRequest = "Open the request";
export const openTheRequestLabel = (summary: string) => `Open the request: ${summary}`;

export const search = "Search";
export const partOfWhatHappened = "Words of the entry";
export const by = "By";
export const anybody = "Anybody";
export const about = "About";
export const anything = "Anything";
export const request = "Request";
export const anyRequest = "Any request";
export const noSuchRequest = "No such request";
export const from = "From";
export const until = "Until";

export const exportCsv = "Export these as CSV";
export const exportNdjson = "Export all commits as NDJSON";

export const versionWasChanged = (version: number) => `Version ${version} was changed in the stored record`;
export const behindTheEnginesBack = (change: ReactNode) => <>{change} It was done behind the engine’s back, in the database of this browser. Verify finds it.</>;
export const undo = "Undo";
export const verdictChanged = (who: string, was: string, is: string) => `where ${who} said “${was}”, the record now says “${is}”`;
export const timeChanged = "The time of the commit was changed.";
