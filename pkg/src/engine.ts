/// <reference lib="esnext.disposable" preserve="true" />
import { Commands } from "./commands.js";
import { AccessError } from "./error.js";
import { follow, type Following } from "./following.js";
import { Handle, refusal } from "./handle.js";
import type { AccessHost } from "./host.js";
import { init } from "./instance.js";
import { renderNotice, type RenderOptions } from "./notice.js";
import {
  at,
  flat,
  flatQuery,
  idOf,
  type Instant,
  invalid,
  known,
  millis,
  type QuestionOptions,
  reading,
  text,
} from "./reading.js";
import type {
  AccessQuery,
  Action,
  ActionSearch,
  Actor,
  AmendRequest,
  Attributes,
  BundleId,
  BundleView,
  Decision,
  DelegationFilter,
  DelegationView,
  Deliveries,
  DescribedAction,
  DescribedResource,
  Explanation,
  Finding,
  GrantFilter,
  GrantStatus,
  GrantView,
  Head,
  HistoryEntry,
  HistoryFilter,
  ImportReport,
  InboxFilter,
  InboxItem,
  InboxTask,
  ManagedPage,
  Message,
  OpenOptions as ProjectOptions,
  Page,
  PermissionFilter,
  PermissionView,
  Person,
  PolicyExport,
  PolicyFilter,
  PolicyView,
  Preview,
  Receipt,
  RecordPage,
  RenderedNotice,
  RequestDraft,
  RequestFilter,
  RequestId,
  RequestStatus,
  RequestView,
  Resource,
  ResourceSearch,
  ScopedSnapshot,
  SimulatedCommand,
  Simulation,
  Snapshot,
  Stateless,
  SubjectId,
  SubjectRef,
  SubjectSearch,
  Verification,
} from "./types.js";
import { Batch } from "./batch.js";
import { Scratch } from "./scratch.js";
import { RawEngine } from "./glue.js";

/** What `AccessEngine.open` needs. */
export interface OpenOptions extends ProjectOptions, Following {
  /** Keeps the record, delivers the notices and tells the time. */
  host: AccessHost;
  /** How long each callback of the host may take, in seconds; above 0, default 30. */
  hostTimeoutSeconds?: number;
  /**
   * Makes a snapshot behind each commit of this engine whose version is a multiple of it, so that of several servers one does;
   * 0, the default, makes none but by `snapshot()`. 1,000 suits most: commands wait while one is saved, and `open` reads at most
   * that many commits.
   */
  snapshotEvery?: number;
}

/** What an engine does by itself. */
interface Unasked {
  /** Begins to follow the record; what it answers ends that. */
  follows(engine: AccessEngine): () => void;
  snapshotEvery: number;
  onError?: Following["onError"];
}

const NOTHING_UNASKED: Unasked = { follows: () => () => {}, snapshotEvery: 0 };

/** What goes with a snapshot that is opened. */
export interface SnapshotOptions {
  /** The time in milliseconds since 1970; `Date.now` where it is missing. It counts as no earlier than the snapshot's. */
  now?: () => number;
}

/**
 * The access engine of one project: commands change its record, questions are answered from memory.
 *
 * Who asks comes first: an actor sees what concerns him, `"host"` sees everything. Close the engine when done, best by
 * `await using engine = await AccessEngine.open(…)`.
 */
export class AccessEngine extends Commands {
  readonly #handle: Handle;
  readonly #scratch: Scratch;
  readonly #clock: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  readonly #unasked: Unasked;
  #told: number;

  private constructor(raw: RawEngine, host: Pick<AccessHost, "now">, unasked: Unasked) {
    // Where no types tell that it is private.
    if (!(raw instanceof RawEngine)) throw invalid("an engine is opened: `await AccessEngine.open({ project, host })`");
    const handle = new Handle(raw, () => this.#tell());
    super(handle);
    this.#handle = handle;
    this.#scratch = new Scratch(raw);
    this.#clock = () => {
      try {
        const now: unknown = host.now === undefined ? Date.now() : host.now();
        return typeof now === "number" ? now : Number.NaN;
      } catch {
        // The engine asks again, and says what is wrong.
        return Number.NaN;
      }
    };
    this.#unasked = unasked;
    this.#told = raw.version;
    this.#stop = unasked.follows(this);
  }

  /** Opens a project: loads its record, or makes it with these administrators where there is none. */
  static async open(options: OpenOptions): Promise<AccessEngine> {
    const { host, hostTimeoutSeconds, pollSeconds = 5, background = false, onError, snapshotEvery = 0, ...project } = reading(() => ({ ...options }));
    if (typeof host !== "object" || host === null) {
      throw invalid("it is missing: give one, such as `createHost({ store, mailer })`", { field: "host" });
    }
    if (typeof pollSeconds !== "number" || !(pollSeconds >= 0 && pollSeconds <= LONGEST_POLL)) {
      throw invalid(`give a number of seconds from 0 to ${LONGEST_POLL}`, { field: "pollSeconds" });
    }
    if (!Number.isSafeInteger(snapshotEvery) || snapshotEvery < 0) {
      throw invalid("give a whole number of commits", { field: "snapshotEvery" });
    }
    const following = { pollSeconds, background, ...(onError === undefined ? {} : { onError }) };
    const input = text(project);
    await init();
    try {
      const raw = await RawEngine.open(input, host, hostTimeoutSeconds);
      const follows = (engine: AccessEngine): (() => void) => follow(engine, host, following);
      return new AccessEngine(raw, host, { follows, onError, snapshotEvery: host.saveSnapshot ? snapshotEvery : 0 });
    } catch (thrown) {
      throw refusal(thrown);
    }
  }

  /**
   * Opens a read-only engine from a snapshot that a server has made for one subject: it answers `evaluate`, `evaluateAll`,
   * `isAllowed` and `batch` for that subject, and `inbox`, `requests`, `grants`, `policies` and `explain` as the server
   * answered them. What the snapshot does not carry is refused with `not_in_snapshot`, its lists from `nextWakeAt()` on with
   * `snapshot_out_of_date`, what is no question with `read_only`.
   */
  static async openSnapshot(snapshot: ScopedSnapshot, options?: SnapshotOptions): Promise<AccessEngine> {
    const { now } = known(options, "now");
    const [input, clock] = [text(snapshot, "snapshot"), now === undefined ? {} : { now }];
    await init();
    try {
      return new AccessEngine(RawEngine.openSnapshot(input, clock), clock, NOTHING_UNASKED);
    } catch (thrown) {
      throw refusal(thrown);
    }
  }

  /**
   * Of an engine that was opened from a snapshot: takes a newer one of the same subject, and tells the listeners of
   * `subscribe`. Answers whether it is newer; else nothing changes, so that snapshots may overtake each other.
   */
  update(snapshot: ScopedSnapshot): boolean {
    const isNewer = this.#handle.ask((raw) => raw.update(text(snapshot, "snapshot")));
    if (isNewer) this.#tell(true);
    return isNewer;
  }

  /** Commits what is due, such as the end of a grant. Nothing when nothing is due; `nextWakeAt` says when it is. */
  async tick(options?: { now?: Instant }): Promise<Receipt | undefined> {
    const { now } = known(options, "now");
    const receipt = (await this.#handle.run((raw) => raw.tick(millis(now, "now")))) ?? undefined;
    if (receipt) this.committed(receipt.version);
    return receipt;
  }

  /** Catches up with what others have appended to the record; the version after. */
  refresh(): Promise<number> {
    return this.#handle.run((raw) => raw.refresh());
  }

  /**
   * Calls the listener soon after each change of `version`, whoever made it, until what is answered is called. What changes
   * as time passes is no such change: `nextWakeAt` tells of it.
   */
  subscribe(listener: () => void): () => void {
    // The same function may listen twice.
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** @internal Makes a snapshot where one is due. */
  protected override committed(version: number): void {
    const { snapshotEvery, onError } = this.#unasked;
    const isDue = snapshotEvery > 0 && version % snapshotEvery === 0;
    // The receipt of a command that was repeated is of long ago; an engine that is closed meanwhile makes none.
    if (isDue && !this.#handle.isClosed && version === this.version) void this.snapshot().catch((error: unknown) => onError?.(error));
  }

  #tell(always = false): void {
    let version: number;
    try {
      version = this.version;
    } catch {
      // An engine that is of no use any more changes no more.
      return;
    }
    if (version === this.#told && !always) return;
    this.#told = version;
    for (const listener of this.#listeners) queueMicrotask(listener);
  }

  /**
   * Sends the messages that are due, and waits for those that are on their way behind their commands. Of several servers one
   * sends a message. What it answers as `left` has failed or hung: it is tried again after 30 seconds, then after twice as
   * long each time, 16 times in two days. With `retryFailed` all that has failed is tried now, what was given up included.
   */
  async deliver(options?: { retryFailed?: boolean }): Promise<Deliveries> {
    const { retryFailed = false } = known(options, "retryFailed");
    return this.#handle.run((raw) => raw.deliver(retryFailed));
  }

  /**
   * Makes a snapshot of the newest state, and has the host keep it. An engine that is opened then reads only the commits
   * behind it: call it now and then, such as once a day. Commands wait until it is saved.
   */
  snapshot(): Promise<Snapshot>;
  /**
   * Makes a snapshot of what one subject may see, for `AccessEngine.openSnapshot` in that subject's browser; nobody keeps it.
   * It shows what this engine has read. Who gets it is for the host to see to, as with `evaluate`.
   */
  snapshot(options: QuestionOptions & { for: SubjectId }): Promise<ScopedSnapshot>;
  async snapshot(options?: QuestionOptions & { for: SubjectId }): Promise<Snapshot | ScopedSnapshot> {
    if (options === undefined) return this.#handle.run((raw) => raw.snapshot());
    const { for: subject, ...when } = known(options, "for", "at");
    return this.#handle.ask((raw) => raw.snapshotFor(text(subject, "for"), at(when)));
  }

  /** Reads the whole record and checks its hash chain, and the host's snapshot against it; with a head that was noted elsewhere, that it is in it too. */
  async verify(options?: { head?: Head }): Promise<Verification> {
    const { head } = known(options, "head");
    return this.#handle.run((raw) => raw.verify(head === undefined ? undefined : text(head)));
  }

  /**
   * May this subject do this now, why, and if not, how can access be asked for?
   *
   * With the `version` of a receipt as `minVersion` the answer knows of that command, whichever server carried it out; an
   * engine that has not read so far refuses with `version_not_read`, and after a `refresh` answers.
   */
  evaluate(query: AccessQuery, options?: QuestionOptions & { minVersion?: number }): Decision {
    if (options === undefined) return this.#evaluate(query);
    const { minVersion, ...when } = known(options, "at", "minVersion");
    if (minVersion !== undefined && !(this.version >= minVersion)) throw notRead(this.version, minVersion);
    return this.#evaluate(query, when);
  }

  #evaluate(query: AccessQuery, options?: QuestionOptions): Decision {
    return this.#handle.ask((raw) => {
      const [plain, time] = [reading(() => flatQuery(query)), at(options)];
      const decision = plain === undefined ? undefined : raw.evaluatePlainly(plain, time ?? this.#clock());
      return decision === undefined ? raw.evaluate(text(query, "query"), time) : (JSON.parse(decision) as Decision);
    });
  }

  /** Answers many queries as of one instant, in their order. */
  evaluateAll(queries: readonly AccessQuery[], options?: QuestionOptions): Decision[] {
    return this.#handle.ask((raw) => raw.evaluateAll(text(queries, "queries"), at(options)));
  }

  /** The decision of `evaluate` and nothing else, several times as fast without properties: no object crosses into the WASM. */
  isAllowed(
    subject: SubjectRef,
    action: DescribedAction,
    resource: DescribedResource,
    options?: QuestionOptions & { context?: Attributes },
  ): boolean {
    const given = options === undefined ? NOTHING : known(options, "at", "context");
    const answer = this.#handle.ask(() => {
      if (typeof action !== "string" || given.context !== undefined) return undefined;
      const [id, parts] = [reading(() => idOf(subject)), reading(() => flat(resource))];
      if (id === undefined || parts === undefined) return undefined;
      const time = millis(given.at, "at") ?? this.#clock();
      return this.#scratch.isAllowed(id, action, parts.type, parts.environment, parts.path, time);
    });
    if (answer !== undefined) return answer;
    const { context, ...when } = given;
    return this.#evaluate({ subject, action, resource, ...(context === undefined ? {} : { context }) }, when).decision;
  }

  /**
   * Queries that are asked again and again, such as those of the rows of a table: each is known by its number, counted
   * from 0, and nothing of it is read when it is asked. At most 100,000.
   */
  batch(queries: readonly AccessQuery[]): Batch {
    return new Batch(this.#handle, this.#handle.ask((raw) => raw.batch(text(queries, "queries"))));
  }

  /** What would become of a draft if the actor asked for it: the policy, the steps, what is left out or refused. */
  preview(actor: Actor, draft: RequestDraft, options?: QuestionOptions): Preview {
    return this.#handle.ask((raw) => raw.preview(text(actor), text(draft, "draft"), at(options)));
  }

  /** The same of a draft that takes the place of what a pending request asks for: what `amendRequest` would do. */
  previewAmendment(actor: Actor, amendment: AmendRequest, options?: QuestionOptions): Preview {
    return this.#handle.ask((raw) => raw.previewAmendment(text(actor), text(amendment), at(options)));
  }

  /** How a request stands: who has reviewed, who can now, what the actor can do and why not. */
  explain(actor: Actor, requestId: RequestId, options?: QuestionOptions): Explanation {
    return this.#handle.ask((raw) => raw.explain(text(actor), text(requestId), at(options)));
  }

  /** What waits for the actor. */
  inbox(actor: Actor, filter: InboxFilter = {}, options?: QuestionOptions): Page<InboxItem, InboxTask> {
    return this.#handle.ask((raw) => raw.inbox(text(actor), text(filter, "filter"), at(options)));
  }

  /** Requests that the actor may see. */
  requests(actor: Actor, filter: RequestFilter = {}, options?: QuestionOptions): Page<RequestView, RequestStatus> {
    return this.#handle.ask((raw) => raw.requests(text(actor), text(filter, "filter"), at(options)));
  }

  /** Grants that the actor may see. */
  grants(actor: Actor, filter: GrantFilter = {}, options?: QuestionOptions): Page<GrantView, GrantStatus> {
    return this.#handle.ask((raw) => raw.grants(text(actor), text(filter, "filter"), at(options)));
  }

  /** The live policies; their terms are for administrators and the host. */
  policies(actor: Actor, filter: PolicyFilter = {}, options?: QuestionOptions): ManagedPage<PolicyView> {
    return this.#handle.ask((raw) => raw.policies(text(actor), text(filter, "filter"), at(options)));
  }

  /**
   * What these commands would bring about, one after the other on a copy, and which pending requests nobody could then
   * approve any more; for administrators and the host.
   */
  simulate(actor: Actor, commands: readonly SimulatedCommand[], options?: QuestionOptions): Simulation {
    return this.#handle.ask((raw) => raw.simulate(text(actor), text(commands, "commands"), at(options)));
  }

  /** What is wrong with policies, directory and pending requests; for administrators and the host. */
  analyze(actor: Actor, options?: QuestionOptions): Finding[] {
    return this.#handle.ask((raw) => raw.analyze(text(actor), at(options)));
  }

  /** What became of a bundle: of those of its requests that the actor may see. */
  bundle(actor: Actor, bundleId: BundleId, options?: QuestionOptions): BundleView {
    return this.#handle.ask((raw) => raw.bundle(text(actor), text(bundleId), at(options)));
  }

  /** Delegations: all of them for administrators and the host, else those by or to the actor. */
  delegations(
    actor: Actor,
    filter: DelegationFilter = {},
    options?: QuestionOptions,
  ): Page<DelegationView, GrantStatus> {
    return this.#handle.ask((raw) => raw.delegations(text(actor), text(filter, "filter"), at(options)));
  }

  /** Who may do this (AuthZEN §8.4), by id. For whoever does not administer: whether he may. */
  searchSubjects(actor: Actor, search: SubjectSearch, options?: QuestionOptions): Page<Person, Stateless> {
    return this.#handle.ask((raw) => raw.searchSubjects(text(actor), text(search, "search"), at(options)));
  }

  /** On which of these resources a subject may do this (AuthZEN §8.5), in their order. */
  searchResources(actor: Actor, search: ResourceSearch, options?: QuestionOptions): Page<Resource, Stateless> {
    return this.#handle.ask((raw) => raw.searchResources(text(actor), text(search, "search"), at(options)));
  }

  /** What a subject may do here (AuthZEN §8.6): of the actions that policies, permissions and its grants list, by name. */
  searchActions(actor: Actor, search: ActionSearch, options?: QuestionOptions): Page<Action, Stateless> {
    return this.#handle.ask((raw) => raw.searchActions(text(actor), text(search, "search"), at(options)));
  }

  /** The standing permissions that the actor may see; their terms are for administrators and the host. */
  permissions(actor: Actor, filter: PermissionFilter = {}, options?: QuestionOptions): ManagedPage<PermissionView> {
    return this.#handle.ask((raw) => raw.permissions(text(actor), text(filter, "filter"), at(options)));
  }

  /**
   * What would become of Infisical's access-approval policies here: terms for `createPolicies`, what is otherwise than
   * there and what is refused. Give its API's answer as it is, at most 1 MiB; for administrators and the host.
   */
  importPolicies(actor: Actor, policies: object, options?: QuestionOptions): ImportReport {
    return this.#handle.ask((raw) => raw.importPolicies(text(actor), text(policies), at(options)));
  }

  /** The live policies as `createPolicies` takes them, 100 at a time; for administrators and the host. */
  exportPolicies(actor: Actor): PolicyExport {
    return this.#handle.ask((raw) => raw.exportPolicies(text(actor)));
  }

  /**
   * Entries of the record that the actor may see, what is archived included. They are read from the host: an answer looks
   * at 2,000 commits at most, so that a page may have few entries, or none, and still a `next`.
   */
  history(actor: Actor, filter: HistoryFilter = {}, options?: QuestionOptions): Promise<RecordPage<HistoryEntry>> {
    return this.#handle.run((raw) => raw.history(text(actor), text(filter, "filter"), at(options)));
  }

  /** Archived requests that the actor may see, read from the host as `history` is. */
  archivedRequests(
    actor: Actor,
    filter: RequestFilter = {},
    options?: QuestionOptions,
  ): Promise<RecordPage<RequestView>> {
    return this.#handle.run((raw) => raw.archivedRequests(text(actor), text(filter, "filter"), at(options)));
  }

  /** Archived grants that the actor may see, read from the host as `history` is. */
  archivedGrants(actor: Actor, filter: GrantFilter = {}, options?: QuestionOptions): Promise<RecordPage<GrantView>> {
    return this.#handle.run((raw) => raw.archivedGrants(text(actor), text(filter, "filter"), at(options)));
  }

  /**
   * When the next `tick` has something to commit; nothing while nothing will be due. Of an engine opened from a snapshot: when
   * its lists end and a newer snapshot is wanted.
   */
  nextWakeAt(): number | undefined {
    return this.#handle.ask((raw) => raw.nextWakeAt());
  }

  /** The newest entry of the record: note it elsewhere and `verify` finds a record that was cut or rewritten. */
  head(): Head {
    return this.#handle.ask((raw) => raw.head());
  }

  /** How many commits the record has, as far as this engine knows. */
  get version(): number {
    return this.#handle.ask((raw) => raw.version);
  }

  /** A message in words, as plain text and as escaped HTML, with links below the base address. */
  renderNotice(message: Message, options: RenderOptions): RenderedNotice {
    return renderNotice(message, options);
  }

  /**
   * Waits for what is under way, commands and the notices behind them, then frees the memory; twice is harmless. So ends
   * a process, best by `await using engine = …`. What failed stays in the outbox.
   */
  async close(): Promise<void> {
    this.#stop();
    if (this.#handle.isClosed) return;
    await this.#handle.run((raw) => raw.settled());
    this.free();
  }

  /** Closes, at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Frees the memory and waits for nothing; twice is harmless. A command whose commit is already with the host finishes
   * and tells the truth, and notices go out; what comes after is refused with `engine_closed`.
   */
  free(): void {
    this.#stop();
    this.#handle.free();
  }

  /** Frees the memory, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.free();
  }
}

/** The longest time that a timer can wait, in whole days. */
const LONGEST_POLL = 24 * 24 * 60 * 60;

function notRead(version: number, minVersion: number): AccessError {
  const message = `the record was read up to version ${version}, and not yet to ${minVersion}: \`refresh\` first`;
  return new AccessError({ message, fault: "host", details: { code: "version_not_read", version, minVersion } });
}

const NOTHING: { at?: Instant; context?: Attributes } = {};
