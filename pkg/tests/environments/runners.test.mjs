import { test } from "node:test";
import { STORY, TOLD } from "../tarball/fresh.mjs";
import { installed, npx } from "./install.mjs";

const CHECK = `test("the story", async () => expect(await story(engine, memory)).toBe(${JSON.stringify(TOLD)}));`;
const IMPORTED = `import * as engine from "access-engine";\nimport * as memory from "access-engine/stores/memory";\n${STORY}\n${CHECK}`;
const REQUIRED = `const engine = require("access-engine");\nconst memory = require("access-engine/stores/memory");\n${STORY}\n${CHECK}`;

for (const environment of ["node", "jsdom"]) {
  test(`Jest 30 in ${environment} requires it`, async () => {
    const packages = ["jest@30", ...(environment === "jsdom" ? ["jest-environment-jsdom@30"] : [])];
    const folder = await installed({ "story.test.cjs": REQUIRED }, packages, { type: "commonjs", jest: { testMatch: ["**/*.test.cjs"] } });
    await npx(folder, "jest", "--env", environment);
  });

  test(`Vitest 5 in ${environment} imports it`, async () => {
    const packages = ["vitest@5", ...(environment === "jsdom" ? ["jsdom@27"] : [])];
    const folder = await installed({ "story.test.js": IMPORTED }, packages);
    await npx(folder, "vitest", "run", "--globals", "--environment", environment);
  });
}
