// The resources that the workload is about: `/team/app/service/kind/key` in each of five environments.

export const ENVIRONMENTS = ["development", "test", "staging", "production", "recovery"];
export const ACTIONS = ["read", "write", "delete", "rotate"];

const names = (word, count) => Array.from({ length: count }, (_, number) => `${word}-${number}`);
/** What a segment may be called, by its place in a path. */
export const LEVELS = [
  names("team", 250),
  names("app", 10),
  names("service", 8),
  ["database", "queue", "cache", "api"],
  names("key", 10),
];
const [TEAMS, APPS, SERVICES, KINDS, KEYS] = LEVELS;

/** Every app in every environment: what a narrower policy is about, and most grants are inside of. */
export const AREAS = ENVIRONMENTS.flatMap((environment) =>
  TEAMS.flatMap((team) => APPS.map((app) => ({ environment, team, app }))),
);

/** A pattern inside an area. */
export function patternIn({ team, app }, { below, pick }) {
  const [root, service, kind, key] = [`/${team}/${app}`, pick(SERVICES), pick(KINDS), pick(KEYS)];
  const shapes = [
    `${root}/**`,
    `${root}/${service}/**`,
    `${root}/${service}/*`,
    `${root}/*/${kind}`,
    `${root}/*/${kind}/**`,
    `${root}/${service}/${kind}/${key}`,
  ];
  return shapes[below(shapes.length)];
}

/** A path that a pattern matches. */
export function pathOf(pattern, { below, pick }) {
  const segments = pattern.split("/").slice(1);
  const filled = segments.flatMap((segment, place) => {
    if (segment === "*") return [pick(LEVELS[place])];
    if (segment !== "**") return [segment];
    return LEVELS.slice(place, place + below(LEVELS.length - place + 1)).map((level) => pick(level));
  });
  return `/${filled.join("/")}`;
}
