import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions } from "../options.mjs";

test("the loop is always there, and the first, since the others are compared with it", () => {
  assert.deepEqual(readOptions(["--contestants", "engine"]).contestants, ["loop", "engine"]);
  assert.deepEqual(readOptions(["--contestants", "casl,loop"]).contestants, ["loop", "casl"]);
  assert.equal(readOptions([]).contestants[0], "loop");
});

test("counts are given by commas", () => {
  assert.deepEqual(readOptions(["--grants", "100,10000"]).grants, [100, 10_000]);
  assert.throws(() => readOptions(["--grants", "1e3"]), /--grants/);
  assert.throws(() => readOptions(["--rounds", "0"]), /--rounds/);
});

test("a smoke run is small where nothing else is said", () => {
  const { grants, rounds, questions } = readOptions(["--smoke", "--questions", "50"]);
  assert.deepEqual({ grants, rounds, questions }, { grants: [100], rounds: 1, questions: 50 });
});

test("what there is not is refused by name", () => {
  assert.throws(() => readOptions(["nothing"]), /no row `nothing`/);
  assert.throws(() => readOptions(["--contestants", "nobody"]), /no contestant `nobody`/);
});
