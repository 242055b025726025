/**
 * The engine, its errors and its host; the vocabulary of commands and answers.
 *
 * @module access-engine
 */
export type { Batch } from "./batch.js";
export { AccessEngine, type OpenOptions, type SnapshotOptions } from "./engine.js";
export type {
  BreakGlassReceipt,
  BundleReceipt,
  CommandOptions,
  Commands,
  DelegationReceipt,
  PermissionReceipt,
  PoliciesReceipt,
  PolicyReceipt,
  RequestReceipt,
} from "./commands.js";
export { AccessError, type AccessErrorCode, ConflictError, DeliveryError, isAccessError } from "./error.js";
export type { Following } from "./following.js";
export { type AccessHost, type AccessMailer, type AccessStore, createHost, type HostParts } from "./host.js";
export { init, type WasmSource } from "./instance.js";
export { renderNotice, type RenderOptions } from "./notice.js";
export { createPool, type EnginePool, type PoolOptions } from "./pool.js";
export type { OutboxFilter, OutboxMessage, OutboxState } from "./stores/outbox.js";
export type { Address, Instant, QuestionOptions, Signal } from "./reading.js";
export type * from "./types.js";
