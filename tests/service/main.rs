//! The asynchronous shell over an in-memory host that fails, races and forgets on demand.
#![cfg(not(target_arch = "wasm32"))]

mod erasure;
mod host;
mod mail;
mod record;
mod snapshots;
mod turns;
