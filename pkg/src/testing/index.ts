/**
 * What every store and every mailer does, as cases to run against your own.
 *
 * @module access-engine/testing
 */
export { type Arrival, type MailerCase, mailerCases, type MailerUnderTest } from "./mailers.js";
export { type StoreCase, storeCases, type StoreUnderTest } from "./stores.js";
