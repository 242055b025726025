// What one would write by hand: the grants of each subject in a Map, and a loop over them. All others are measured by it.
import { bySubject } from "../closed.mjs";

export function open(workload) {
  const subjects = new Map(
    [...bySubject(workload)].map(([subject, { grants, permissions }]) => [subject, [...permissions, ...grants].map(compiled)]),
  );
  const clock = () => workload.now;

  function isAllowed(subject, action, environment, path) {
    const grants = subjects.get(subject);
    if (grants === undefined) return false;
    const now = clock();
    const segments = path.split("/");
    for (const grant of grants) {
      if (
        grant.environment === environment &&
        grant.endsAt > now &&
        grant.actions.includes(action) &&
        matches(grant.segments, segments) &&
        !isClosed(grant.closed, action, segments)
      ) {
        return true;
      }
    }
    return false;
  }
  return { isAllowed };
}

function compiled({ environment, path, actions, endsAt = Infinity, closed = [] }) {
  const parts = closed.map((part) => ({ segments: part.path.split("/"), actions: part.actions }));
  return { environment, segments: path.split("/"), actions, endsAt, closed: parts };
}

function isClosed(closed, action, segments) {
  for (const part of closed) {
    if (part.actions.includes(action) && matches(part.segments, segments)) return true;
  }
  return false;
}

function matches(pattern, segments) {
  for (let place = 0; place < pattern.length; place += 1) {
    const expected = pattern[place];
    if (expected === "**") return true;
    if (place === segments.length) return false;
    if (expected !== "*" && expected !== segments[place]) return false;
  }
  return pattern.length === segments.length;
}
