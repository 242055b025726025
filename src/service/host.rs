use serde_json::value::RawValue;

use super::delivery::{Claim, Claimed, Settlement};
use crate::engine::Snapshot;
use crate::events::SubjectErased;
use crate::notices::Message;
use crate::people::Chance;
use crate::record::{Head, SealedCommit, Sought};
use crate::values::{Seconds, Timestamp};

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
    async fn send(&self, message: &Message) -> Result<(), SendError>;

    /// Whether it keeps an outbox; without one the service keeps one in memory, and asks for none of the next three.
    fn has_outbox(&self) -> bool;

    /// Messages that are due, first those that have waited longest, and not more than asked for: at most one a recipient, and none to whom one is being
    /// sent. Nobody else is given them for as long as the claim says.
    async fn claim(&self, claim: &Claim) -> Result<Vec<Claimed>, HostError>;

    /// Notes what became of a message that was claimed. It may be told more than once; that a message failed counts only
    /// for its last attempt.
    async fn settle(&self, settlement: &Settlement) -> Result<(), HostError>;

    /// Makes due, as if they had never been tried, the messages that have failed and are not being sent.
    async fn retry(&self, at: Timestamp) -> Result<(), HostError>;

    /// The versions of the commits that are sought, in any order. It may name others, too, but none may be missing. Nothing
    /// where the host keeps no index: then commit after commit is read.
    async fn find(&self, _: &Sought) -> Result<Option<Vec<u64>>, HostError> {
        Ok(None)
    }

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

    /// How long each of these may take.
    fn timeout(&self) -> Seconds;

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

/// Why a host did not deliver a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// It may be delivered later; not before so long, where the receiver has said so.
    Failed(HostError, Option<Seconds>),
    /// The receiver has refused it for good.
    Refused(String),
}

impl From<HostError> for SendError {
    fn from(error: HostError) -> Self {
        Self::Failed(error, None)
    }
}
