export { type StoreCase, storeCases, type StoreUnderTest } from "./stores.js";
