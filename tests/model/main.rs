//! The engine beside a slow, plain model that was written apart from it, from the pages in `docs/`: random sequences
//! of commands are sent to both, and everything is compared after each. Beside that stand the invariants: what holds
//! after every command, whatever happens. `tests/guards/vocabulary.rs` holds that the model shares nothing with the engine
//! but the vocabulary.
//!
//! ```text
//! cargo test --test model
//! REFERENCE_SEQUENCES=1000000 cargo test --release --test model engine_does
//! REFERENCE_SEED=4711 REFERENCE_SEQUENCES=1 cargo test --test model engine_does
//! SEED=4711 STORIES=10000 cargo test --test model invariants
//! ```
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails panics"
)]

mod invariants;
#[path = "mod.rs"]
mod model;

use model::runner;

#[test]
fn the_engine_does_what_the_model_says() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
    };
    runner::run(number("REFERENCE_SEED", 0), number("REFERENCE_SEQUENCES", 10_000));
}
