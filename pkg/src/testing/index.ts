/**
 * What every store does, as cases to run against your own.
 *
 * @module access-engine/testing
 */
export { type StoreCase, storeCases, type StoreUnderTest } from "./stores.js";
