//! What the model asks about Unicode: which characters are invisible, and whether a text is normalised.
//!
//! The tables are ours because they cross the wire: the crates that know more of Unicode add 17 to 56 KB to a WASM
//! of 200. They are dev-dependencies, from which the tests derive the tables and against which they hold them.

mod format;
mod nfc;
mod tables;

#[cfg(test)]
mod tests;

pub(super) use format::is_format;
pub(super) use nfc::is_nfc;
