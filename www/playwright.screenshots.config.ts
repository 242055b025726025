import config from "./playwright.config.ts";

/** Writes the pictures of the documentation: the story, and each page by itself. */
export default { ...config, testMatch: ["story.spec.ts", "pages.pictures.ts"], workers: 1, globalTeardown: "./tests/support/film.ts" };
