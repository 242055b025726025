// What many processes write at once: people ask for few things, none of them so often in a day that they are to wait.
export const REQUESTERS = Array.from({ length: 24 }, (_, number) => `dev-${number}`);
export const APPROVERS = ["ann", "ben", "cyd"];
export const PATHS = ["a", "b"];
/** What a killed process has claimed is due again after six times as long. */
export const TIMEOUT_SECONDS = 5;
/** How many of the approvers must agree. */
export const REQUIRED = 2;

export const target = (path) => ({ environment: "production", path: `/payments/${path}` });

const person = (id) => ({ type: "user", id, name: id, email: `${id}@example.com` });
export const administrators = [person("ada")];

/** Makes the people and the policy. */
export async function prepare(engine) {
  await engine.syncDirectory({ subject: "ada" }, { changes: [...REQUESTERS, ...APPROVERS].map((id) => ({ upsertSubject: person(id) })) });
  await engine.createPolicy({ subject: "ada" }, {
    name: "Payments",
    targets: { environments: ["production"], paths: ["/payments/**"] },
    actions: "all",
    steps: [{ quorums: [{ approvers: APPROVERS.map((id) => ({ subject: id })), required: REQUIRED }] }],
  });
}

/** Draws one of a list, always the same for a seed (mulberry32). */
export function random(seed) {
  let state = seed;
  return (list) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return list[((mixed ^ (mixed >>> 14)) >>> 0) % list.length];
  };
}
