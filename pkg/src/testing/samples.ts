import type { Commit, Head, Message, MessageRequest, Notice, Recipient, Snapshot, Subject } from "../types.js";

/** A commit of that version, with two notices. Stores do not look inside. */
export function commit(version: number, subject: Partial<Subject> = {}): Commit {
  return {
    project: "conformance",
    version,
    at: 1_795_392_000_000 + version,
    actor: { subject: "ada" },
    events: [
      {
        type: "subjectUpserted",
        subject: { type: "user", id: `dev-${version}`, name: `Developer ${version}`, ...subject },
      },
    ],
    notices: [notice(version, 0), notice(version, 1)],
    previousHash: head(version - 1).hash,
    hash: head(version).hash,
    texts: {
      ["a".repeat(64)]: { of: { [`dev-${version}`]: version }, salt: "0".repeat(32), text: `Developer ${version}` },
      ["b".repeat(64)]: { of: { ada: version, "dev-2": version }, salt: "1".repeat(32), text: "Both of us." },
      ["c".repeat(64)]: { of: { ada: version }, salt: "2".repeat(32) },
      ["d".repeat(64)]: { of: { "dev-2": 1 }, salt: "3".repeat(32), text: "Said of who had the id before." },
    },
  };
}

/** Six commits: a policy, a request of Dev's and its grant, another request, the grant's end two instants before, a review. */
export function story(): Commit[] {
  const target = { type: "secret", environment: "production", path: "/payments/stripe" };
  const [policyId, requestId, actions] = ["pol_1_0", "req_2_0", ["read"]];
  const terms = { target, actions, policyId, policyVersion: 1 };
  const grant = { id: "grt_3_0", requestId, holder: "dev", ...terms, exclusions: [], origin: "approval", startsAt: 3, endsAt: 60_003 };
  const asked = (id: string, requester: string, version: number): object => {
    const content = { requester, ...terms, durationSeconds: 60, exclusions: [] };
    return { type: "requestMade", requestId: id, content, at: timeOf(version), expiresAt: timeOf(100) };
  };
  const told: [actor: Commit["actor"], ...events: object[]][] = [
    [{ subject: "ada" }, { type: "policyCreated", policy: { id: policyId, version: 1 } }],
    [{ subject: "dev" }, asked(requestId, "dev", 2)],
    [{ subject: "sam" }, { type: "grantCreated", grant }],
    [{ subject: "eve" }, asked("req_4_0", "eve", 4)],
    ["clock", { type: "grantEnded", grantId: grant.id, end: { at: timeOf(2), by: "clock", reason: "expired" } }],
    [{ subject: "dev" }, { type: "requestReviewed", requestId: "req_4_0", review: { by: "dev", at: timeOf(6), step: 1, verdict: "approve" } }],
  ];
  return told.map(([actor, ...events], place) => Object.assign(commit(place + 1), { actor, events, notices: [] }) as Commit);
}

const timeOf = (version: number): number => commit(version).at;

/** The head of a record that ends with that commit. */
export function head(version: number): Head {
  return { version, hash: String(version).padStart(64, "0") };
}

/** A snapshot after that commit. */
export function snapshot(version: number): Snapshot {
  const data = Uint8Array.from({ length: 300 }, (_, index) => (index + version) % 256);
  return { ...head(version), digest: "e".repeat(64), data };
}

/** A notice of that commit. */
export function notice(version: number, place: number): Notice {
  return {
    id: `ntc_${version}_${place}`,
    kind: { type: "administrators_changed" },
    to: ["ada", "alan"],
  };
}

/** Parts of a message. */
export interface MessageParts {
  project?: string;
  id?: string;
  at?: number;
  recipient?: Partial<Recipient>;
  request?: Partial<MessageRequest>;
}

/** To an approver of that id: Dev asks for something. */
export function message(to: string, { project = "conformance", id = `ntc_4_0:${to}`, at = 1_795_392_000_000, recipient, request }: MessageParts = {}): Message {
  return {
    project,
    id,
    at,
    kind: { type: "review_asked", requestId: "req_4_0", step: 1 },
    recipient: { id: to, name: `Person ${to}`, email: `${to}@example.com`, ...recipient },
    request: {
      id: "req_4_0",
      requester: "Dev",
      target: { type: "secret", environment: "production", path: "/payments/stripe" },
      actions: ["read"],
      durationSeconds: 14_400,
      justification: "A refund fails.",
      ticketUrl: "https://tickets.example.com/OPS-1",
      policy: "Payments",
      expiresAt: Date.UTC(2026, 10, 26, 12),
      ...request,
    },
  };
}
