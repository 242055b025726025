export const documentation = "Documentation";
export const repository = "Repository";

export const measured = "Measured";
export const measuredHint = "On two shared cores with Node 20. Each command measures it again, in benches/ of the repository.";

export const documentTitle = "Access engine: just-in-time access for any product";
export const accessEngine = "Access engine";
export const promise = "Access when it is needed, gone when it is not";
export const lead = "A developer asks, the right people agree, and access ends by itself: one engine for any product, in your server and, as here, in the browser.";
export const howToInstallIt = "How to install it";

export const itDecidesInThisPage = "It decides in this page";
export const may = "May";
export const read = "read";
export const within = "in";
export const yes = "Yes";
export const no = "No";
export const whoCanAgree = (name: string) => ` “${name}” says who can agree to it.`;
export const theQuestionAsCode = "The question as code";
export const microseconds = "µs";
export const howItIsMeasured = (calls: string) => `for this decision in your browser, just now: the mean of ${calls} in a row, as its clock is too coarse for one.`;
export const many = "many";

export const storyNeedsTheSample = "The story is told with the sample company: “Start over” brings it back.";
export const playTheStory = "Play the story";
export const goOnWithTheStory = "Go on with the story";

export const dontTakeOurWord = "Don’t take our word for it";
export const proofHint = "The simulator that tests every change runs in this page, too: three servers, one store, and everything that can go wrong. Crash what you like.";
export const tryToBreakIt = "Try to break it";
