//! The engine beside a slow, plain model that was written apart from it, from SEMANTICS.md: random sequences of
//! commands are sent to both, and everything is compared after each. `tests/architecture.rs` holds that they share
//! nothing but the vocabulary.
//!
//! ```text
//! cargo test --test reference
//! REFERENCE_SEQUENCES=1000000 cargo test --release --test reference
//! REFERENCE_SEED=4711 REFERENCE_SEQUENCES=1 cargo test --test reference
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

#[path = "reference/mod.rs"]
mod parts;

use parts::runner;

#[test]
fn the_engine_does_what_the_reference_says() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
    };
    runner::run(number("REFERENCE_SEED", 0), number("REFERENCE_SEQUENCES", 10_000));
}
