import type { ReactNode } from "react";

export const tryToBreakIt = "Try to break it";
export const simulatorLead = "Three servers with the real engine share one store. People work, and things go wrong: servers die, clocks jump, answers are lost, mail hangs. Break more yourself: what the list says stays true.";
export const theSimulatorHasStopped = "The simulator has stopped";
export const loadingTheSimulator = (loader: ReactNode) => <>{loader} Loading the simulator…</>;
export const whatItHasBeenThrough = "What it has been through";
export const rareEvents = "Rare events in this seed so far.";

export const breakIt = "Break";
export const breakLabel = (what: string) => `Break ${what}`;

export const pause = "Pause";
export const slow = "Slow";
export const fast = "Fast";
export const fullSpeed = "Full speed";
export const seed = "Seed";
export const nextSeed = "Next seed";
export const begin = "Begin";
export const again = "Again";
export const linkCopied = "Link copied";
export const copyTheLink = "Copy the link";
export const speed = "Speed";

export const ofEnd = (end: string) => `of ${end}`;
export const realTime = "real time";
export const overLooks = (looks: string) => `over ${looks} looks`;
export const seedsFinished = "seeds finished";
export const sinceYouOpenedThisPage = "since you opened this page";
export const howFar = "How far this seed has run";

export const noneYet = "None yet.";

export const whatHappens = "What happens";
export const toldHint = "Every line has its virtual time. A server carries the number of its life, a new one after each restart: 1.92, then 1.97.";
export const toldLabel = "What happens, the newest first";

export const allHold = (count: number) => `All ${count} truths hold`;
export const someDoNotHold = (failed: number, count: number) => `${failed} of ${count} truths do not hold`;
export const truthsHint = "Checked from outside: by what people sent and were answered, by the mail, and by the time.";

export const theWorld = "The world";
export const store = "Store";
export const theStore = "the store";
export const version = (number: number) => `version ${number}`;
export const commandsSent = (commands: string) => `${commands} commands sent`;
export const serverTitle = (number: number) => `Server ${number}`;
export const serverName = (number: number) => `server ${number}`;
export const startingAgain = "starting again";
export const hasRead = (count: string) => `has read ${count}`;
export const all = "all";
export const upTo = (number: number) => `up to ${number}`;
export const clock = (clockOffset: string) => `clock ${clockOffset}`;
export const died = (deaths: number, sending: ReactNode) => <>died {deaths} ×{sending}</>;
export const sends = (sending: number) => `, sends ${sending}`;
export const mailServer = "Mail server";
export const theMailServer = "the mail server";
export const messagesAccepted = (mails: string) => `${mails} messages accepted`;
export const calmFromHereOn = "Nothing more goes wrong from here on: everything that is due has to happen.";
export const isDead = "is dead";
export const isUp = "is up";
export const isRight = "is right";
