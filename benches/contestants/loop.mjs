// What one would write by hand: the grants of each subject in a Map, and a loop over them. All others are measured by
// it.
import { bySubject } from "../closed.mjs";
import { segmentsOf } from "../patterns.mjs";

export function open(workload) {
  const subjects = new Map([...bySubject(workload)].map(([subject, rights]) => [subject, compiledRights(rights)]));
  const clock = () => workload.now;

  function isAllowed(subject, action, environment, path) {
    const grants = subjects.get(subject);
    if (grants === undefined) return false;
    const now = clock();
    for (const grant of grants) {
      if (
        grant.environment === environment &&
        grant.endsAt > now &&
        grant.actions.includes(action) &&
        matches(grant.segments, path) &&
        !isClosed(grant.closed, action, path)
      ) {
        return true;
      }
    }
    return false;
  }
  return { isAllowed };
}

function compiledRights({ grants, permissions }) {
  return [...permissions, ...grants].map(compiled);
}

function compiled({ environment, path, actions, endsAt = Infinity, closed = [] }) {
  const parts = closed.map((part) => ({ segments: segmentsOf(part.path), actions: part.actions }));
  return { environment, segments: segmentsOf(path), actions, endsAt, closed: parts };
}

function isClosed(closed, action, path) {
  for (const part of closed) {
    if (part.actions.includes(action) && matches(part.segments, path)) return true;
  }
  return false;
}

/** Segment by segment, in place: to split the path would take longer than all else. */
function matches(segments, path) {
  let end = 0;
  for (const segment of segments) {
    if (segment === "**") return true;
    const start = end + 1;
    if (start >= path.length) return false;
    if (segment === "*") {
      const slash = path.indexOf("/", start);
      end = slash === -1 ? path.length : slash;
    } else {
      end = start + segment.length;
      if (!path.startsWith(segment, start) || (end < path.length && path[end] !== "/")) return false;
    }
  }
  return end === path.length;
}
