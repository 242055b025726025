import { seeded } from "./random.mjs";
import { ACTIONS, AREAS, ENVIRONMENTS, patternIn } from "./tree.mjs";

/**
 * What every contestant is fed. A path in it has whole segments `*`, and `**` at its end only.
 *
 * @typedef {object} Workload
 * @property {number} now When the grants were given and the questions are asked, in milliseconds since 1970.
 * @property {string[]} subjects Who asks; a tenth as many as grants.
 * @property {Policy[]} policies
 * @property {Grant[]} grants
 * @property {Permission[]} permissions
 *
 * @typedef {object} Policy
 * @property {string} name
 * @property {string} environment One, or `*` for all.
 * @property {string} path
 * @property {"all" | string[]} actions
 * @property {boolean} whenAsked Whether it was live when the grants were asked for: what it governs is left out of
 *   them.
 * @property {boolean} live Whether it is live at the questions: what it governs is closed to grants under others.
 *
 * @typedef {object} Grant
 * @property {string} subject
 * @property {string} environment
 * @property {string} path
 * @property {string[]} actions
 * @property {number} endsAt In milliseconds since 1970; all are live at the questions.
 * @property {string} policy The name of the policy that it is given under.
 *
 * @typedef {object} Permission
 * @property {string} name
 * @property {string[]} holders
 * @property {string} environment
 * @property {string} path
 * @property {string[]} actions
 */

const NOW = Date.UTC(2026, 10, 23, 9);
const HOUR = 3_600_000;
const GRANTS_EACH = 10;
const PERMISSIONS = 100;
/** Policies that were live when the grants were asked for and have been deleted since. */
const DELETED = 20;
/** One narrower policy in so many was made after the grants. */
const NEW_ONE_IN = 20;
/** One narrower policy in so many is about reading only. */
const LISTED_ONE_IN = 5;
/** One grant in so many has exclusions: it is for a whole team, inside of which a narrower policy governs an app. */
const WIDE_ONE_IN = 20;

const WHOLE = { name: "Everything", environment: "*", path: "/**", actions: "all", whenAsked: true, live: true };

/**
 * Makes the same workload each time.
 *
 * @param {{ grants: number, policies: number, seed?: number }} size How many grants, and how many live policies.
 * @returns {Workload}
 */
export function makeWorkload({ grants, policies, seed = 11 }) {
  const chance = seeded(seed);
  const subjects = Array.from({ length: Math.ceil(grants / GRANTS_EACH) }, (_, number) => `subject-${number}`);
  const narrower = narrowerPolicies(policies - 1, chance);
  const given = subjects.flatMap((subject, number) => grantsOf(subject, number * GRANTS_EACH, narrower, chance));
  return {
    now: NOW,
    subjects,
    policies: [WHOLE, ...narrower.map(({ policy }) => policy)],
    grants: given.slice(0, grants),
    permissions: Array.from({ length: PERMISSIONS }, (_, number) => permission(number, subjects, chance)),
  };
}

/** Each in an area of its own, so that none are about the same. */
function narrowerPolicies(live, chance) {
  return chance.sample(AREAS, live + DELETED).map((area, number) => {
    const isNew = number < live && number % NEW_ONE_IN === NEW_ONE_IN - 1;
    const root = `/${area.team}/${area.app}`;
    const policy = {
      name: `Policy ${number}`,
      environment: area.environment,
      path: isNew ? chance.pick([`${root}/service-0/**`, `${root}/*/database`]) : `${root}/**`,
      actions: number % LISTED_ONE_IN === 0 ? ["read"] : "all",
      whenAsked: !isNew,
      live: number < live,
    };
    return { area, policy };
  });
}

/** Those of one subject are for different teams, so that none is inside another, which would be refused. */
function grantsOf(subject, first, narrower, chance) {
  const whenAsked = narrower.filter(({ policy }) => policy.whenAsked);
  const live = narrower.filter(({ policy }) => policy.live);
  const excluding = whenAsked.filter(({ policy }) => policy.actions === "all");
  const taken = new Set();
  return Array.from({ length: GRANTS_EACH }, (_, place) => {
    const isWide = (first + place) % WIDE_ONE_IN === 0;
    let area;
    do {
      area = isWide ? chance.pick(excluding).area : areaOf(live, chance);
    } while (taken.has(`${area.environment} ${area.team}`));
    taken.add(`${area.environment} ${area.team}`);
    const policy = isWide ? WHOLE : (whenAsked.find((it) => it.area === area)?.policy ?? WHOLE);
    const actions = chance.sample(ACTIONS, 1 + chance.below(2));
    return {
      subject,
      environment: area.environment,
      path: isWide ? `/${area.team}/**` : patternIn(area, chance),
      actions: policy.actions === "all" ? actions : policy.actions,
      endsAt: NOW + (1 + chance.below(720)) * HOUR,
      policy: policy.name,
    };
  });
}

/** Half of the areas have a narrower policy, where there are any. */
function areaOf(live, { below, pick }) {
  return live.length > 0 && below(2) === 0 ? pick(live).area : pick(AREAS);
}

function permission(number, subjects, chance) {
  return {
    name: `Permission ${number}`,
    holders: chance.sample(subjects, 1 + chance.below(2)),
    environment: chance.pick(ENVIRONMENTS),
    path: patternIn(chance.pick(AREAS), chance),
    actions: chance.sample(ACTIONS, 1 + chance.below(2)),
  };
}
