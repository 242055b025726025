/** The vocabulary, as it is derived from the engine's Rust types, docs included. Nothing of it is restated here. */
export type * from "./wasm/vocabulary.js";
