//! What one subject may do, written out flat: the innermost loop of `access-engine`.
//!
//! It knows numbers, bits and bytes, and none of the rules: the engine writes the sheets, and says what is to be on them.
//! A crate of its own, because it alone is compiled for speed, all else for size.

#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

mod names;
mod paths;
mod scratch;
mod sheet;

pub use self::names::{Name, Names};
pub use self::scratch::Scratch;
pub use self::sheet::{Answer, Asked, Bits, Place, Right, Sheet};
