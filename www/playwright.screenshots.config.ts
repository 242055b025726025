import config from "./playwright.config.ts";

/** What shows nothing that another does not. */
const WITHOUT_PICTURES = ["addresses", "keyboard", "lists", "offline", "weight"].map((name) => `**/${name}.spec.ts`);

/** Writes the pictures of the documentation: each page by itself, and each state that a test reaches, at both widths. */
export default {
  ...config,
  testMatch: ["*.spec.ts", "pages.pictures.ts"],
  testIgnore: WITHOUT_PICTURES,
  projects: config.projects?.map(({ name, use }) => ({ name, use })) ?? [],
  globalTeardown: ["./tests/support/film.ts", "./tests/support/gallery.ts"],
};
