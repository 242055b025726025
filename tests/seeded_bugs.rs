//! Bugs that are put into the engine on purpose, each found by the plain model.
//!
//! ```text
//! cargo test --features seeded-bugs --test seeded_bugs -- --nocapture
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

#[allow(dead_code, reason = "the counts are for `tests/model.rs`")]
#[path = "model/mod.rs"]
mod model;

use access_engine::seeded::{Bug, seed};
use model::runner::first_difference;

/// Within so many sequences each must be found.
const SEQUENCES: u64 = 200;

#[test]
fn the_model_finds_every_bug_that_is_seeded() {
    assert_eq!(first_difference(0..SEQUENCES), None, "without a bug");
    for bug in [
        Bug::DueTooLate,
        Bug::SelfApprovalSuffices,
        Bug::ApproversRepeat,
        Bug::GrantsAreNotNarrowed,
        Bug::RevocationIsForgotten,
    ] {
        seed(Some(bug));
        let found = first_difference(0..SEQUENCES);
        seed(None);
        let (sequence, problem) = found.unwrap_or_else(|| panic!("{bug:?} is not found"));
        println!("{bug:?}: sequence {sequence}, {}", problem.lines().next().unwrap_or_default());
    }
}
