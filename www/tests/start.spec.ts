import { readFileSync } from "node:fs";
import { FACTS } from "../src/words/facts.ts";
import { expect, test } from "./support/visitor.ts";

test("the first screen says what this is, shows it at work and says how to have it", async ({ visitor, page }) => {
  await visitor.open();
  await expect(page.getByText("A developer asks, the right people agree, and access ends by itself", { exact: false })).toBeVisible();
  await expect(page.getByRole("figure", { name: "How to install it" })).toContainText("npm i access-engine");
  await expect(page.getByTestId("microseconds")).toHaveText(/^\d+\.\d µs$/u);

  const decision = page.getByRole("region", { name: "Ask the engine, right here" });
  await expect(decision).toContainText("No live grant covers this.");
  await decision.getByRole("combobox", { name: "in" }).selectOption("staging");
  await expect(decision).toContainText("A live grant allows it.");
  await expect(page.getByRole("figure", { name: "The question as code" })).toContainText('environment: "staging"');
  await visitor.stage("start");
});

test("where the build was told no addresses there are no links to them", async ({ visitor, page }) => {
  await visitor.open();
  await expect(page.getByRole("link", { name: "Documentation" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Repository" })).toHaveCount(0);
});

test("what the page says was measured stands in the documentation, and each command is one", () => {
  const documentation = readFileSync(new URL("../../docs/performance.md", import.meta.url), "utf8");
  const benches = readFileSync(new URL("../../benches/README.md", import.meta.url), "utf8");
  for (const { figure, command, source } of FACTS) {
    expect(documentation).toContain(source);
    expect(source).toContain(figure.split(" ")[0]);
    expect(benches).toContain(command.split(" --")[0]?.replace(/ (?!bench)\S+$/u, ""));
  }
});
