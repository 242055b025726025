//! What holds the project together: which room uses which, that every code fires and every rule is shown, and that what
//! pages list is what the code has.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails panics"
)]

mod architecture;
mod codes;
mod docs;
#[path = "../vectors/native/format.rs"]
mod format;
mod links;
mod lists;
mod page;
mod rules;
mod vocabulary;
