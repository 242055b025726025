// An outside oracle: picomatch decides which path a pattern matches, and by that, over every path of a small alphabet,
// which pattern covers or overlaps which. The engine decides both on the patterns.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import picomatch from "picomatch";
import { ada, dev, open, terms } from "./support.mjs";

/** Where picomatch is of another opinion, by name: with us `**` stands for no folder at all wherever it stands. */
const KNOWN_DIFFERENCES = [
  {
    name: "`/**/a` matches `/a`: picomatch wants a folder for a `**` at the start",
    concerns: (segments) => segments.length > 1 && segments[0] === "**",
  },
  {
    name: "`/a*/**` matches `/a`: picomatch wants a folder for a `**` behind a `*`, though not behind `/a`",
    concerns: (segments) => segments.some((segment, at) => segment === "**" && segments[at - 1]?.includes("*")),
  },
];

const SEGMENTS = ["a", "b", "a*", "*b", "*a*", "*", "**"];
/** As many letters and levels as it takes to tell these patterns apart: `c` is in none of them. */
const LETTERS = ["a", "b", "c", "ab", "cac"];
const DEPTH = 5;
const PAIRS = 12_000;

const rows = (parts, most) =>
  Array.from({ length: most }).reduce(
    ({ all, longest }) => {
      const longer = longest.flatMap((row) => parts.map((part) => [...row, part]));
      return { all: [...all, ...longer], longest: longer };
    },
    { all: [[]], longest: [[]] },
  ).all;

const patterns = rows(SEGMENTS, 3)
  .filter((row) => row.every((segment, at) => segment !== "**" || row[at - 1] !== "**"))
  .map((row) => `/${row.join("/")}`);
const paths = rows(LETTERS, DEPTH).map((row) => `/${row.join("/")}`);

const options = { dot: true, nobrace: true, noext: true, nonegate: true };
const differs = (segments) => KNOWN_DIFFERENCES.some(({ concerns }) => concerns(segments));

/** The pattern with each `**` either there or not, so that picomatch hears that it may stand for nothing. */
const variants = ([first, ...rest]) => {
  if (first === undefined) return [[]];
  const tails = variants(rest);
  const longer = tails.map((tail) => [first, ...tail]);
  return first === "**" ? [...longer, ...tails] : longer;
};

/** Which paths picomatch says a pattern matches, a bit each. */
function judged(pattern) {
  const segments = pattern.split("/").filter(Boolean);
  const spoken = differs(segments) ? variants(segments).map((row) => `/${row.join("/")}`) : [pattern];
  const isMatch = spoken.map((text) => picomatch(text, options));
  return Uint8Array.from(paths, (path) => Number(isMatch.some((matches) => matches(path))));
}

/** The same pairs in every run, spread over all there are. */
const pairs = Array.from({ length: PAIRS }, (_, number) => {
  const at = (number * 7919 + Math.floor(number / patterns.length) * 104_729) % (patterns.length * patterns.length);
  return [at % patterns.length, Math.floor(at / patterns.length)];
});

let engine;
let judgements;
before(async () => {
  ({ engine } = await open());
  judgements = patterns.map(judged);
  // Each pattern governs an environment of its own, so that no policy stands in another's way.
  const targets = patterns.map((path, number) => ({ environments: [`e${number}`], paths: [path] }));
  await Promise.all(targets.map((it) => engine.createPolicy(ada, terms({ name: it.paths[0], targets: it }))));
});

test("what a pattern matches is what picomatch says", () => {
  const wrong = [];
  // Every fourth path of each pattern, another fourth for the next one.
  for (const [number, pattern] of patterns.entries()) {
    const some = paths.map((path, at) => ({ path, at })).filter(({ at }) => at < 156 || at % 16 === number % 16);
    const queries = some.map(({ path }) => ({ subject: { subject: "dev" }, action: "read", resource: { environment: `e${number}`, path } }));
    for (const [index, { requestable }] of engine.evaluateAll(queries).entries()) {
      const { path, at } = some[index];
      if ((requestable !== undefined) !== (judgements[number][at] === 1)) wrong.push(`${pattern} ${path}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("what covers and what overlaps is what picomatch says of every path", () => {
  const wrong = [];
  const seen = { covers: 0, overlaps: 0, neither: 0 };
  for (const [one, other] of pairs) {
    const target = { environment: `e${one}`, path: patterns[other] };
    const { policy, rivals } = engine.preview(dev, { target, actions: ["read"], duration: "PT1H" });
    const covers = policy !== undefined;
    const overlaps = covers || rivals.length > 0;
    const both = judgements[one].map((bit, at) => bit & judgements[other][at]);
    if (covers !== judgements[other].every((bit, at) => bit === both[at])) wrong.push(`${patterns[one]} covers ${patterns[other]}`);
    if (overlaps !== both.includes(1)) wrong.push(`${patterns[one]} overlaps ${patterns[other]}`);
    seen[covers ? "covers" : overlaps ? "overlaps" : "neither"] += 1;
  }
  assert.deepEqual(wrong, []);
  for (const [relation, count] of Object.entries(seen)) assert.ok(count > 400, `${relation}: ${count}`);
});

test("every known difference is one, and there are no others", () => {
  const concerned = new Set();
  for (const [number, pattern] of patterns.entries()) {
    const isMatch = picomatch(pattern, options);
    const at = judgements[number].findIndex((bit, index) => bit !== Number(isMatch(paths[index])));
    if (at === -1) continue;
    const segments = pattern.split("/").filter(Boolean);
    for (const { name, concerns } of KNOWN_DIFFERENCES) if (concerns(segments)) concerned.add(name);
  }
  assert.deepEqual([...concerned].toSorted(), KNOWN_DIFFERENCES.map(({ name }) => name).toSorted());
});
