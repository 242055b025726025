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
  id?: string;
  at?: number;
  recipient?: Partial<Recipient>;
  request?: Partial<MessageRequest>;
}

/** To an approver of that id: Dev asks for something. */
export function message(to: string, { id = `ntc_4_0:${to}`, at = 1_795_392_000_000, recipient, request }: MessageParts = {}): Message {
  return {
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
