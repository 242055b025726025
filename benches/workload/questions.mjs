import { withClosedParts } from "../closed.mjs";
import { isAllowed } from "../oracle.mjs";
import { seeded } from "./random.mjs";
import { ACTIONS, ENVIRONMENTS, pathOf } from "./tree.mjs";

/**
 * Questions about a workload, as many allowed as denied, with the answers of the oracle.
 *
 * Each is about something that a grant or a permission is for; of two in three one part is another, so that what is
 * denied is nearly allowed.
 *
 * @param {import("./workload.mjs").Workload} workload
 * @returns {{ subject: string, action: string, environment: string, path: string, isAllowed: boolean }[]}
 */
export function drawQuestions(workload, count, seed = 12) {
  const chance = seeded(seed);
  const narrowed = withClosedParts(workload).filter(({ closed }) => closed.length > 0);
  const half = { true: Math.ceil(count / 2), false: Math.floor(count / 2) };
  const questions = [];
  while (questions.length < count) {
    const question = nearly(aboutSome({ ...workload, narrowed }, chance), workload, chance);
    const answer = isAllowed(workload, question);
    if (half[answer] === 0) continue;
    half[answer] -= 1;
    questions.push({ ...question, isAllowed: answer });
  }
  // In an order of their own, and as texts that are no contestant's: who is asked has them from elsewhere, too.
  return JSON.parse(JSON.stringify(chance.sample(questions, count)));
}

/** Three in twenty are about what is closed inside of a grant, one about a permission. */
function aboutSome({ grants, narrowed, permissions }, chance) {
  const number = chance.below(20);
  if (number < 3) {
    const { subject, environment, closed } = chance.pick(narrowed);
    const { path, actions } = chance.pick(closed);
    return { subject, action: chance.pick(actions), environment, path: pathOf(path, chance) };
  }
  const { subject, holders, environment, path, actions } = chance.pick(number === 3 ? permissions : grants);
  return {
    subject: subject ?? chance.pick(holders),
    action: chance.pick(actions),
    environment,
    path: pathOf(path, chance),
  };
}

function nearly(question, { subjects }, chance) {
  const another = [
    () => ({ action: chance.pick(ACTIONS) }),
    () => ({ environment: chance.pick(ENVIRONMENTS) }),
    () => ({ subject: chance.pick(subjects) }),
    () => ({ path: question.path.slice(0, question.path.lastIndexOf("/")) || "/" }),
  ][chance.below(6)];
  return another === undefined ? question : { ...question, ...another() };
}
