import assert from "node:assert/strict";
import { test } from "node:test";
import { batch } from "../batch.mjs";
import { withClosedParts } from "../closed.mjs";
import { isAllowed as judge } from "../oracle.mjs";
import { compare } from "../rows/is-allowed.mjs";
import { race, summary } from "../timing.mjs";
import { drawQuestions } from "../workload/questions.mjs";
import { makeWorkload } from "../workload/workload.mjs";

const OPTIONS = { rounds: 1, turnMilliseconds: 0 };
const workload = makeWorkload({ grants: 400, policies: 300 });
const questions = drawQuestions(workload, 300);

test("a workload is the same each time", () => {
  assert.deepEqual(makeWorkload({ grants: 400, policies: 300 }), workload);
  assert.deepEqual(drawQuestions(workload, 300), questions);
});

test("half of the questions are allowed", () => {
  assert.equal(questions.filter((it) => it.isAllowed).length, 150);
});

test("one grant in twenty has exclusions, with one policy and with many", () => {
  for (const policies of [1, 300]) {
    const made = makeWorkload({ grants: 400, policies });
    assert.equal(made.policies.filter(({ live }) => live).length, policies);
    // Without policies made since, what is closed was left out when the grant was asked for.
    const whenAsked = made.policies.filter((policy) => policy.whenAsked);
    const closed = withClosedParts({ ...made, policies: whenAsked }).filter((grant) => grant.closed.length > 0);
    assert.equal(closed.length, 20);
  }
});

test("some grants are narrowed by policies made since", () => {
  const narrowed = (policies) => withClosedParts({ ...workload, policies }).filter(({ closed }) => closed.length > 0);
  const whenAsked = workload.policies.filter((policy) => policy.whenAsked);
  assert.ok(narrowed(workload.policies).length > narrowed(whenAsked).length);
});

test("many a question would be answered otherwise if nothing were closed inside of a grant", () => {
  const [whole] = workload.policies;
  const grants = workload.grants.map((grant) => Object.assign({}, grant, { policy: whole.name }));
  const open = { ...workload, policies: [whole], grants };
  const count = questions.filter((it) => judge(open, it) !== it.isAllowed).length;
  assert.ok(count > 15, `${count}`);
});

for (const name of ["loop", "casl", "casbin", "cedar"]) {
  test(`${name} answers as the oracle does`, async () => {
    const { open } = await import(`../contestants/${name}.mjs`);
    const { rows, wrong } = await compare([{ name, batch, readyIn: 0, ...(await open(workload, {})) }], questions, OPTIONS);
    assert.deepEqual(wrong, []);
    assert.deepEqual(rows.map(([first]) => first), [name]);
  });
}

const text = ({ subject, action, environment, path }) => [subject, action, environment, path].join(" ");

const right = (name) => {
  const answers = new Map(questions.map((it) => [text(it), it.isAllowed]));
  return { name, batch, readyIn: 0, isAllowed: (...question) => answers.get(question.join(" ")) };
};
const liar = (name) => {
  const { isAllowed, ...others } = right(name);
  const lie = text(questions[7]);
  return { ...others, isAllowed: (...question) => isAllowed(...question) !== (question.join(" ") === lie) };
};

test("a contestant with one wrong answer gets no figure, and the others do", async () => {
  const { rows, wrong } = await compare([right("loop"), liar("liar"), right("other")], questions, OPTIONS);
  assert.deepEqual(rows.map(([name]) => name), ["loop", "other"]);
  assert.equal(wrong.length, 1);
  assert.match(wrong[0], /^liar answered 1 of 300 questions wrong, such as \{/);
});

test("nobody gets a figure when what the others are compared with is wrong", async () => {
  const { rows, wrong } = await compare([liar("loop"), right("other")], questions, OPTIONS);
  assert.deepEqual(rows, []);
  assert.equal(wrong.length, 1);
});

test("an answer that changes while it is timed ends the run", async () => {
  let asked = 0;
  const { isAllowed, ...others } = right("forgetful");
  const forgets = (...question) => (asked += 1) <= questions.length && isAllowed(...question);
  const forgetful = { ...others, isAllowed: forgets };
  await assert.rejects(compare([right("loop"), forgetful], questions, OPTIONS), /forgetful answers otherwise/);
});

test("every contestant has one turn a round, after one to warm up", async () => {
  const turns = [];
  const contestants = ["one", "two", "three"].map((name) => ({ name, run: () => turns.push(name) }));
  const results = await race(contestants, { rounds: 2, turnMilliseconds: 0 });
  assert.deepEqual(turns, ["one", "two", "three", "one", "two", "three", "two", "three", "one"]);
  assert.deepEqual(results.map(({ name }) => name), ["one", "two", "three"]);
  assert.deepEqual(results[0].ratio, { median: 1, min: 1, max: 1 });
});

test("a summary is the median and the spread", () => {
  assert.deepEqual(summary([5, 1, 10, 2, 3]), { median: 3, min: 1, max: 10 });
  assert.deepEqual(summary([4, 10, 1, 2]), { median: 3, min: 1, max: 10 });
});
