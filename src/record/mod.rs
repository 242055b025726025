//! The record: what a commit holds, and the hash chain of commits.

mod chain;
mod commit;
mod receipt;

pub use self::chain::{Verification, commit_hash, first_hash, verify};
pub(crate) use self::chain::{place, read_next};
pub(crate) use self::commit::read_into;
pub use self::commit::{Commit, Head, Idempotency, apply_commit};
pub use self::receipt::Receipt;
