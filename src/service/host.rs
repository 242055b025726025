use serde_json::value::RawValue;

use super::delivery::Settlement;
use crate::engine::Snapshot;
use crate::events::SubjectErased;
use crate::notices::{Message, Notice};
use crate::people::Chance;
use crate::record::{Head, SealedCommit};
use crate::values::Timestamp;

/// All I/O of the engine: what keeps its record, delivers its notices and tells the time.
#[expect(async_fn_in_trait, reason = "the engine lives on one thread; nothing needs its futures to be Send")]
pub trait Host {
    /// The first commits after a version, at most so many, in order, each as the JSON text that was stored; fewer mean that
    /// there are no more. None that was appended before this call is missing, whoever appended it.
    async fn load(&self, after: u64, limit: u32) -> Result<Vec<Box<RawValue>>, HostError>;

    /// Writes a commit as it is to be stored, with its notices in one step, if version and hash of the record's last commit
    /// are the expected ones; an empty record has version 0 and any hash.
    async fn append(&self, commit: &SealedCommit, expected: &Head) -> Result<(), AppendError>;

    /// Delivers a message; it may be asked to more than once, `message.id` tells.
    async fn send(&self, message: &Message) -> Result<(), HostError>;

    /// The notices that are written and not settled for all their recipients, in order, each to those who are left;
    /// `None` where the host keeps no outbox.
    async fn undelivered(&self) -> Result<Option<Vec<Notice>>, HostError>;

    /// Notes what became of a notice for one of its recipients; it may be told more than once.
    async fn settle(&self, settlement: &Settlement) -> Result<(), HostError>;

    /// Whether it can erase.
    fn can_erase(&self) -> bool;

    /// Takes each text of the subject out of the `texts` of all commits up to a version, and throws older snapshots away.
    /// It may be asked to more than once.
    async fn erase(&self, erasure: &SubjectErased) -> Result<(), HostError>;

    /// The newest snapshot that it keeps, as [`Snapshot::data`] had it.
    async fn snapshot(&self) -> Result<Option<String>, HostError> {
        Ok(None)
    }

    /// Keeps a snapshot; those of earlier versions may go. Where it keeps none, nothing is lost but time.
    async fn save_snapshot(&self, _: &Snapshot) -> Result<(), HostError> {
        Ok(())
    }

    /// 32 bytes that nobody can guess, other ones each time; kept nowhere.
    fn chance(&self) -> Result<Chance, HostError>;

    /// The time.
    fn now(&self) -> Result<Timestamp, HostError>;
}

/// Why a host could not do its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostError {
    /// It failed.
    Failed(String),
    /// It did not settle in time; whether it did its part is unknown.
    Timeout,
}

/// Why a host did not append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// The record's last commit is another than the expected one.
    Conflict,
    /// It failed; whether the commit was written is unknown.
    Failed(HostError),
}
