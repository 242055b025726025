export const documentation = "Documentation";
export const repository = "Repository";

export const measured = "Measured";
export const measuredHint = "On two shared cores with Node 20. To measure again, run the commands in benches/ of the repository.";

export const documentTitle = "Access engine: just-in-time access for any product";
export const accessEngine = "Access engine";
export const promise = "Access when you need it, gone when you don’t";
export const lead = "A developer asks, the right people agree, and access ends by itself. One engine for any product, on your server and, as here, in the browser.";
export const howToInstallIt = "How to install it";

export const itDecidesInThisPage = "Ask the engine, right here";
export const may = "May";
export const read = "read";
export const within = "in";
export const yes = "Yes";
export const no = "No";
export const whoCanAgree = (name: string) => ` “${name}” says who can agree to it.`;
export const theQuestionAsCode = "The question as code";
export const microseconds = "µs";
export const howItIsMeasured = (calls: string) => `for this decision in your browser, just now: the average of ${calls} calls, because the browser’s clock is too coarse to time one.`;
export const many = "many";

export const storyNeedsTheSample = "The story needs the sample company: “Start over” brings it back.";
export const playTheStory = "Play the story";
export const goOnWithTheStory = "Go on with the story";

export const dontTakeOurWord = "Don’t take our word for it";
export const proofHint = "The simulator that tests every change runs in this page, too: three servers, one store, and everything that can go wrong. Crash what you like.";
export const tryToBreakIt = "Try to break it";
