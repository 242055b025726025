import { AccessError, isAccessError } from "./error.js";
import { closed, type Handle } from "./handle.js";
import { checkSignal, type Instant, known, millis, type Signal, text } from "./reading.js";
import type {
  AcknowledgeBreakGlass,
  Actor,
  AmendRequest,
  BreakGlass,
  BundleId,
  CancelBundle,
  CancelRequest,
  Client,
  Command,
  CreateDelegation,
  DelegationId,
  DeletePermission,
  CreatePolicies,
  DeletePolicy,
  EditDuration,
  EndDelegation,
  Erase,
  GrantId,
  PermissionId,
  PermissionTerms,
  PolicyId,
  PolicyTerms,
  Receipt,
  ReleaseGrant,
  RequestBundle,
  RequestDraft,
  RequestId,
  ReviewRequest,
  RevokeGrant,
  SetAdministrators,
  SyncDirectory,
  UpdatePermission,
  UpdatePolicy,
  WithdrawReview,
} from "./types.js";

/** What goes with a command. */
export interface CommandOptions {
  /**
   * Makes a repeated command act once: within 30 days the same key with an equal command of the same actor returns the
   * first receipt. 1 to 255 printable ASCII characters.
   */
  idempotencyKey?: string;
  /**
   * Through what the command came: a program, an agent that acts for the actor, the id of an evaluation. An object of at
   * most 4 KiB as JSON; it is recorded, shown to approvers, and read by no rule.
   */
  client?: Client;
  /** The time of the command; the host's unless given. Never earlier than the last commit's. */
  now?: Instant;
  /**
   * An `AbortSignal`: honoured at once until the commit is handed to the host; after that the command finishes and tells
   * the truth.
   */
  signal?: Signal;
}

/** The receipt of `createPolicy`. */
export interface PolicyReceipt extends Receipt {
  /** The policy it made. */
  policyId: PolicyId;
}

/** The receipt of `createPolicies`. */
export interface PoliciesReceipt extends Receipt {
  /** The policies it made, in the order in which they were given. */
  policyIds: PolicyId[];
}

/** The receipt of `createPermission`. */
export interface PermissionReceipt extends Receipt {
  /** The standing permission it made. */
  permissionId: PermissionId;
}

/** The receipt of `requestAccess`. */
export interface RequestReceipt extends Receipt {
  /** The request it made. */
  requestId: RequestId;
}

/** The receipt of `requestBundle`. */
export interface BundleReceipt extends Receipt {
  /** The bundle it made. */
  bundleId: BundleId;
  /** The requests in it, in the order in which they were given. */
  requestIds: RequestId[];
}

/** The receipt of `breakGlass`. */
export interface BreakGlassReceipt extends Receipt {
  /** The request that it made, or went ahead with. */
  requestId: RequestId;
  /** The grant it made. */
  grantId: GrantId;
}

/** The receipt of `createDelegation`. */
export interface DelegationReceipt extends Receipt {
  /** The delegation it made. */
  delegationId: DelegationId;
}

/**
 * One method a command. The actor, whom the host has authenticated, comes beside the input and never in it.
 *
 * A command resolves to its receipt when its commit is stored, or is rejected with an `AccessError` and has changed
 * nothing. Commands queue one behind the other.
 */
export abstract class Commands {
  readonly #handle: Handle;

  /** @internal */
  protected constructor(handle: Handle) {
    this.#handle = handle;
  }

  /** Makes an access policy; for administrators. The receipt has its `policyId`. */
  createPolicy(actor: Actor, terms: PolicyTerms, options?: CommandOptions): Promise<PolicyReceipt> {
    return this.#execute(actor, { createPolicy: terms }, options);
  }

  /**
   * Makes 1 to 100 access policies, all of them or none; for administrators. The receipt has their `policyIds`;
   * the refusal of one is `item_refused`.
   */
  createPolicies(actor: Actor, input: CreatePolicies, options?: CommandOptions): Promise<PoliciesReceipt> {
    return this.#execute(actor, { createPolicies: input }, options);
  }

  /** Changes an access policy: what is left out stays, `null` takes an optional part away; for administrators. */
  updatePolicy(actor: Actor, changes: UpdatePolicy, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { updatePolicy: changes }, options);
  }

  /** Deletes an access policy and cancels its pending requests; for administrators. */
  deletePolicy(actor: Actor, input: DeletePolicy, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { deletePolicy: input }, options);
  }

  /** Makes a standing permission: who may do what without asking; for administrators. The receipt has its `permissionId`. */
  createPermission(actor: Actor, terms: PermissionTerms, options?: CommandOptions): Promise<PermissionReceipt> {
    return this.#execute(actor, { createPermission: terms }, options);
  }

  /** Changes a standing permission: what is left out stays, `null` takes the condition away; for administrators. */
  updatePermission(actor: Actor, changes: UpdatePermission, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { updatePermission: changes }, options);
  }

  /** Deletes a standing permission; for administrators. */
  deletePermission(actor: Actor, input: DeletePermission, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { deletePermission: input }, options);
  }

  /** Asks for access, for the actor. The receipt has its `requestId`; `preview` says what would become of it. */
  requestAccess(actor: Actor, draft: RequestDraft, options?: CommandOptions): Promise<RequestReceipt> {
    return this.#execute(actor, { requestAccess: draft }, options);
  }

  /**
   * Asks for several targets at once, all or none; each is then decided by itself. The receipt has a `bundleId` and
   * the `requestIds`; `bundle` says what became of it.
   */
  requestBundle(actor: Actor, input: RequestBundle, options?: CommandOptions): Promise<BundleReceipt> {
    return this.#execute(actor, { requestBundle: input }, options);
  }

  /** Asks anew under the same id, decided exactly like a new request; for its requester. */
  amendRequest(actor: Actor, input: AmendRequest, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { amendRequest: input }, options);
  }

  /** Takes a pending request back; for its requester, and with a reason for administrators. */
  cancelRequest(actor: Actor, input: CancelRequest, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { cancelRequest: input }, options);
  }

  /** Takes all pending requests of a bundle back, or none. An administrator gives a reason. */
  cancelBundle(actor: Actor, input: CancelBundle, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { cancelBundle: input }, options);
  }

  /**
   * Approves or rejects the current step of a request, as it was shown by `explain`: give its `contentHash`. The
   * receipt of the approval that completes the last step has a `grantId`.
   */
  reviewRequest(actor: Actor, review: ReviewRequest, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { reviewRequest: review }, options);
  }

  /** Takes one's review back while its step is open. */
  withdrawReview(actor: Actor, input: WithdrawReview, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { withdrawReview: input }, options);
  }

  /** Shortens the duration of a pending request, or makes permanent temporary; for approvers of its current step. */
  editDuration(actor: Actor, edit: EditDuration, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { editDuration: edit }, options);
  }

  /**
   * Goes ahead without approval, where the policy lists the actor, for a pending request of one's own or for a draft.
   * The receipt has the `grantId`, and `shortenedToSeconds` where the policy gives less than was asked for.
   */
  breakGlass(actor: Actor, input: BreakGlass, options?: CommandOptions): Promise<BreakGlassReceipt> {
    return this.#execute(actor, { breakGlass: input }, options);
  }

  /** Says that a break-glass access has been looked at; for approvers and administrators other than the requester. */
  acknowledgeBreakGlass(actor: Actor, input: AcknowledgeBreakGlass, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { acknowledgeBreakGlass: input }, options);
  }

  /** Ends somebody's grant; for administrators, and for approvers where the policy allows. */
  revokeGrant(actor: Actor, input: RevokeGrant, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { revokeGrant: input }, options);
  }

  /** Gives one's own grant back. */
  releaseGrant(actor: Actor, input: ReleaseGrant, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { releaseGrant: input }, options);
  }

  /** Lets a delegate review in the actor's place for a while. The receipt has its `delegationId`. */
  createDelegation(actor: Actor, input: CreateDelegation, options?: CommandOptions): Promise<DelegationReceipt> {
    return this.#execute(actor, { createDelegation: input }, options);
  }

  /** Ends a delegation before its time; for the delegator, the delegate and administrators. */
  endDelegation(actor: Actor, input: EndDelegation, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { endDelegation: input }, options);
  }

  /** Takes over changes of subjects and groups, all of them or none; for administrators. */
  syncDirectory(actor: Actor, input: SyncDirectory, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { syncDirectory: input }, options);
  }

  /** Says who the administrators are; for administrators. */
  setAdministrators(actor: Actor, input: SetAdministrators, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { setAdministrators: input }, options);
  }

  /**
   * Erases what a subject that is disabled or removed was called and wrote, and what others wrote on its requests and
   * grants; for administrators and the host. The store must have `erase`. The record still verifies; where it stood,
   * `[erased]` stands. Rejected with `host_failed` where the store could not do its part: send it again.
   */
  erase(actor: Actor, input: Erase, options?: CommandOptions): Promise<Receipt> {
    return this.#execute(actor, { erase: input }, options);
  }

  /** @internal Hears of each commit of this engine's own. */
  protected committed(_version: number): void {}

  async #execute<R extends Receipt>(actor: Actor, command: Command, options?: CommandOptions): Promise<R> {
    const { client, idempotencyKey, now, signal } = known(options, "client", "idempotencyKey", "now", "signal");
    checkSignal(signal);
    let isHandedOver = false;
    const isAborted = (): boolean => signal?.aborted === true;
    // Asked right before each append.
    const isOver = (): boolean => {
      isHandedOver = !isAborted() && !this.#handle.isClosed;
      return !isHandedOver;
    };
    try {
      const running = this.#handle.run((raw) => {
        const key = idempotencyKey === undefined ? undefined : text(idempotencyKey);
        const through = client === undefined ? undefined : text(client);
        return raw.execute(text(actor), stated(command), through, key, millis(now, "now"), isOver);
      });
      // What a command makes is in its receipt, always: the tests ask each for it.
      const receipt = (await (signal === undefined ? running : unlessAborted(running, signal, () => isHandedOver))) as R;
      this.committed(receipt.version);
      return receipt;
    } catch (error) {
      if (!isAccessError(error, "aborted")) throw error;
      throw isAborted() ? aborted(signal?.reason) : closed();
    }
  }
}

/** A command, or that it was aborted while it waited for its turn: it will then find that out, and write nothing. */
function unlessAborted<T>(running: Promise<T>, signal: Signal, isHandedOver: () => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      if (!isHandedOver()) reject(aborted(signal.reason));
    };
    signal.addEventListener("abort", onAbort);
    void running.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) onAbort();
  });
}

function aborted(cause: unknown): AccessError {
  const message = "the call was aborted; nothing was written";
  return new AccessError({ message, fault: "host", details: { code: "aborted" } }, { cause });
}

/** A command as JSON text: where its input is nothing that JSON has, as when it was left out, `null` stands for it. */
function stated(command: Command): string {
  return Object.entries(command)
    .map(([name, input]) => `{"${name}":${text(input, name)}}`)
    .join();
}
