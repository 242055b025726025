import { checkPart, known } from "./reading.js";
import type { OutboxFilter, OutboxMessage } from "./stores/outbox.js";
import type { Claim, Claimed, Commit, Head, Message, Settlement, Snapshot, Sought, SubjectErased } from "./types.js";

/** Keeps the record of one project: commits, in order, for ever. */
export interface AccessStore {
  /**
   * The first commits above that version, at most `limit`, in order, exactly as they were appended; fewer mean that there
   * are no more. None whose append was done before is missing, whoever appended it: a record that looks shorter than an
   * engine which has read it closes that engine.
   */
  load(afterVersion: number, limit: number): Promise<Commit[]>;
  /**
   * Appends a commit if version and hash of the record's last commit are the expected ones, else throws a
   * `ConflictError`; an empty record is at version 0, whatever the hash. The commit and its notices, if this store
   * keeps an outbox, are written whole or not at all, and are durable when this is done.
   */
  append(commit: Commit, expected: Head): Promise<void>;
  /**
   * The outbox: hands out messages that are due, first those that have waited longest, no more than asked for, at most one a recipient and none to
   * whom one is being sent. For as long as the claim says nobody else is given them; a message nothing was noted of by
   * then is due again. Without it, mail that a process could not send is never sent. It comes with `settle` and `retry`.
   */
  claim?(claim: Claim): Promise<Claimed[]>;
  /**
   * Notes what became of a message that was claimed. It may be told again: the first time counts, and that it failed counts
   * only for the last attempt.
   */
  settle?(settlement: Settlement): Promise<void>;
  /** Makes due, as if they had never been tried, the messages that have failed and are not being sent. */
  retry?(at: number): Promise<void>;
  /** The first messages of the outbox, in the order in which they were written: for whoever looks after it. */
  outbox?(filter?: OutboxFilter): Promise<OutboxMessage[]>;
  /**
   * The versions of the commits that are sought, best in order, at most `limit`: those for which all holds that is given. It
   * may name others, too, but leave out none. `history` and the archive read these alone; without it, one commit after the
   * other.
   */
  find?(sought: Sought): Promise<number[]>;
  /**
   * Tells of commits, also of those that others append, best with their version. What it answers ends that. Where a store
   * cannot tell, or fails to, an engine finds out at its next look.
   */
  onChange?(listener: (version?: number) => void): (() => void) | Promise<() => void>;
  /**
   * Takes out of all commits, for good, each entry of `texts` whose `of` names the subject with a version not above
   * `upTo`: as a rule that is the version of the commit; and throws all snapshots away. It may be asked to again, also by a
   * later `open`. Without it, `erase` is refused with `erase_unsupported`.
   */
  erase?(erasure: Pick<SubjectErased, "subjectId" | "upTo">): Promise<void>;
  /** The newest snapshot that was saved and not thrown away, as it was saved; nothing where there is none. */
  snapshot?(): Promise<Snapshot | undefined>;
  /**
   * Keeps a snapshot, unless it has a newer one, or a later commit tells of an erasure (`subjectErased`): it may have what was
   * erased. Older ones may go. Without it, `open` reads the whole record.
   */
  saveSnapshot?(snapshot: Snapshot): Promise<void>;
}

/** Delivers messages. */
export interface AccessMailer {
  /**
   * Sends one message, behind the command that has told it: nobody waits for it but `deliver` and `close`. It is called
   * for 16 recipients at once, for each one after the other. It may be asked to again, by a server whose process ended
   * before it noted that the message was sent: `message.id` is the idempotency key. What it throws undoes nothing, and the
   * message is tried again, unless a `DeliveryError` says otherwise.
   */
  send(message: Message): Promise<void>;
}

/**
 * Everything the engine needs of the world around it. Each callback may take as long as `hostTimeoutSeconds` says.
 *
 * Questions may be asked from inside any callback. A command that is awaited inside `load` or `append` waits for the
 * one that called back, until the time is up, and so does a `deliver` inside any of them; a command inside `send` does not.
 */
export interface AccessHost extends AccessStore, AccessMailer {
  /** The time in milliseconds since 1970, a whole number; `Date.now` where it is missing. */
  now?(): number;
  /** 32 bytes that nobody can guess, other ones each time; `crypto.getRandomValues` where it is missing. */
  chance?(): Uint8Array;
}

/** The parts of a host. */
export interface HostParts {
  /** Keeps the record. */
  store: AccessStore;
  /**
   * Delivers notices. `false` where nobody is told from here: they stay in the outbox of the store, for another process
   * that delivers them.
   */
  mailer: AccessMailer | false;
  /** The time in milliseconds since 1970; `Date.now` where it is missing. */
  now?: () => number;
}

/** Makes a host of a store, a mailer and a clock. */
export function createHost(parts: HostParts): AccessHost {
  const { store, mailer, now } = known(parts, "store", "mailer", "now");
  checkPart(store, "store", ["load", "append"], "give one, such as `memoryStore()`");
  if (mailer !== false) checkPart(mailer, "mailer", ["send"], "give one, or `false` where nobody is told from here");
  const host: AccessHost = {
    load: (afterVersion, limit) => store.load(afterVersion, limit),
    append: (commit, expected) => store.append(commit, expected),
    send: mailer ? (message) => mailer.send(message) : async () => {},
  };
  if (now) host.now = now;
  if (store.erase) host.erase = store.erase.bind(store);
  if (store.snapshot) host.snapshot = store.snapshot.bind(store);
  if (store.saveSnapshot) host.saveSnapshot = store.saveSnapshot.bind(store);
  if (store.find) host.find = store.find.bind(store);
  if (store.onChange) host.onChange = store.onChange.bind(store);
  if (mailer && store.claim && store.settle && store.retry) {
    host.claim = store.claim.bind(store);
    host.settle = store.settle.bind(store);
    host.retry = store.retry.bind(store);
  }
  return host;
}
