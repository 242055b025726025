//! The record: what a commit holds, and the hash chain of commits.

mod chain;
mod commit;
mod idempotency;
mod receipt;
mod texts;

pub(crate) use self::chain::NOT_ERASED;
pub use self::chain::{Verification, commit_hash, first_hash, verify};
pub(crate) use self::chain::{place, read_next};
pub use self::commit::{Commit, Head, apply_commit};
pub(crate) use self::commit::{happen, read_into, remember_commit};
pub use self::idempotency::{CommandHash, Idempotency};
pub use self::receipt::Receipt;
pub(crate) use self::texts::{Gaps, erase, lay_beside, seal};
pub use self::texts::{StoredText, Texts};
