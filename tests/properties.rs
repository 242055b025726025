//! What holds after every command, whatever happens: the invariants of the engine, checked by a model that shares no
//! deciding code with it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails panics"
)]

#[path = "properties/mod.rs"]
mod parts;
