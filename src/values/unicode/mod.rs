//! What is asked about Unicode: which characters are invisible, and whether a text is normalised.
//!
//! The tables are ours: the crates that know all of Unicode would add 63 KB to the WASM for these two questions. They
//! are dev-dependencies, from which the tests derive the tables and against which they hold them.

mod format;
mod nfc;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use format::is_format;
pub(crate) use nfc::is_nfc;
