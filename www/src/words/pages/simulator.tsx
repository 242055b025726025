import type { ReactNode } from "react";

export const tryToBreakIt = "Try to break it";
export const simulatorLead = "Three servers with the real engine share one store. People work, and things go wrong: servers die, clocks jump, answers are lost, mail hangs. Break more yourself: the statements in the list stay true.";
export const theSimulatorHasStopped = "The simulator has stopped";
export const loadingTheSimulator = (loader: ReactNode) => <>{loader} Loading the simulator…</>;
export const whatItHasBeenThrough = "Rare events";
export const rareEvents = "Seen in this seed so far.";

export const breakIt = "Break";
export const breakLabel = (what: string) => `Break ${what}`;

export const pause = "Pause";
export const slow = "Slow";
export const fast = "Fast";
export const fullSpeed = "Full speed";
export const seed = "Seed";
export const nextSeed = "Next seed";
export const begin = "Start";
export const again = "Replay";
export const linkCopied = "Link copied";
export const copyTheLink = "Copy link";
export const speed = "Speed";

export const simulated = "Simulated";
export const checks = "Checks";
export const ofEnd = (end: string) => `of ${end}`;
export const realTime = "real time";
export const overLooks = (looks: string) => `in ${looks} rounds`;
export const seedsFinished = "Seeds finished";
export const sinceYouOpenedThisPage = "since you opened this page";
export const howFar = "How far this seed has run";

export const noneYet = "None yet.";

export const whatHappens = "Log";
export const toldHint = "Times are virtual. A server gets a new number after each restart: 1.92, then 1.97.";
export const toldLabel = "Log, newest first";

export const allHold = (count: number) => `All ${count} truths hold`;
export const someDoNotHold = (failed: number, count: number) => `${failed} of ${count} truths do not hold`;
export const truthsHint = "Checked from the outside: by the commands that people send, the answers they get, the mail, and the time.";

export const theWorld = "The world";
export const store = "Store";
export const theStore = "the store";
export const version = (number: number) => `version ${number}`;
export const commandsSent = (commands: string) => `${commands} commands sent`;
export const serverTitle = (number: number) => `Server ${number}`;
export const serverName = (number: number) => `server ${number}`;
export const startingAgain = "starting again";
export const hasReadAll = "has read everything";
export const hasReadUpTo = (number: number) => `has read up to version ${number}`;
export const clock = (clockOffset: string) => `clock ${clockOffset}`;
export const died = (deaths: number, sending: ReactNode) => <>died {deaths} ×{sending}</>;
export const sends = (sending: number) => `, sends ${sending}`;
export const mailServer = "Mail server";
export const theMailServer = "the mail server";
export const messagesAccepted = (mails: string) => `${mails} messages accepted`;
export const calmFromHereOn = "From here on nothing more goes wrong, so everything that is due must happen.";
export const isDead = "is dead";
export const isUp = "is up";
export const isRight = "is right";
export const secondsAhead = (seconds: number) => `${seconds} s ahead`;
export const secondsBehind = (seconds: number) => `${seconds} s behind`;
