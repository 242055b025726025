//! What is asked about Unicode: which characters are invisible, whether a text is normalised, which letters are capital.
//!
//! The tables are ours because they cross the wire: the crates that know more of Unicode add 17 to 56 KB to a WASM
//! of 200. They are dev-dependencies, from which the tests derive the tables and against which they hold them.

mod fold;
mod format;
mod nfc;
mod tables;

#[cfg(test)]
mod tests;

pub(crate) use fold::folded;
pub(super) use format::is_format;
pub(super) use nfc::is_nfc;
