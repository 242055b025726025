//! The engine beside a slow, plain model that was written apart from it, from SEMANTICS.md: random sequences of
//! commands are sent to both, and everything is compared after each. `tests/architecture.rs` holds that they share
//! nothing but the vocabulary.
//!
//! ```text
//! cargo test --test reference -- --nocapture
//! REFERENCE_SEQUENCES=1000000 cargo test --release --test reference -- --nocapture
//! REFERENCE_SEED=4711 REFERENCE_SEQUENCES=1 cargo test --test reference -- --nocapture
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

#[path = "reference/breaking.rs"]
mod breaking;
#[path = "reference/chance.rs"]
mod chance;
#[path = "reference/comparison.rs"]
mod comparison;
#[path = "reference/directory.rs"]
mod directory;
#[path = "reference/generator.rs"]
mod generator;
#[path = "reference/grants.rs"]
mod grants;
#[path = "reference/inputs.rs"]
mod inputs;
#[path = "reference/model.rs"]
mod model;
#[path = "reference/patterns.rs"]
mod patterns;
#[path = "reference/policies.rs"]
mod policies;
#[path = "reference/requests.rs"]
mod requests;
#[path = "reference/reviews.rs"]
mod reviews;
#[path = "reference/runner.rs"]
mod runner;
#[path = "reference/shrink.rs"]
mod shrink;
#[path = "reference/state.rs"]
mod state;
#[path = "reference/ticks.rs"]
mod ticks;

#[test]
fn the_engine_does_what_the_reference_says() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
    };
    runner::run(number("REFERENCE_SEED", 0), number("REFERENCE_SEQUENCES", 10_000));
}
