//! The record: what a commit holds, and the hash chain of commits.

mod archive;
mod chain;
mod commit;
mod idempotency;
mod receipt;
mod sought;
mod texts;

pub use self::archive::Pages;
pub(crate) use self::archive::{commit_at, message, recall};
pub(crate) use self::chain::NOT_ERASED;
pub use self::chain::{Verification, commit_hash, first_hash, verify};
pub(crate) use self::chain::{Verifier, place, read_again, read_next};
pub use self::commit::{Commit, Head, SealedCommit, apply_commit};
pub(crate) use self::commit::{happen, read_into};
pub use self::idempotency::{CommandHash, Idempotency};
pub use self::receipt::Receipt;
pub use self::sought::Sought;
pub(crate) use self::texts::{Gaps, Standing, erase, goes_with, seal};
pub use self::texts::{StoredText, Texts};
