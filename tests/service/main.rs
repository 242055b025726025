//! The asynchronous shell over an in-memory host that fails, races and forgets on demand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

mod erasure;
mod host;
mod mail;
mod record;
mod turns;
