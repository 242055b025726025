use serde_json::value::RawValue;

use super::delivery::Delivery;
use crate::notices::Notice;
use crate::record::Commit;
use crate::values::Timestamp;

/// All I/O of the engine: what keeps its record, delivers its notices and tells the time.
#[expect(async_fn_in_trait, reason = "the engine lives on one thread; nothing needs its futures to be Send")]
pub trait Host {
    /// All commits after a version, in order, each as the JSON text that was stored.
    async fn load(&self, after: u64) -> Result<Vec<Box<RawValue>>, HostError>;

    /// Writes a commit with its notices in one step, unless the record has moved on from the expected version.
    async fn append(&self, commit: &Commit, expected_version: u64) -> Result<(), AppendError>;

    /// Delivers a notice; it may be asked to more than once, `notice.id` tells.
    async fn send(&self, notice: &Notice) -> Result<(), HostError>;

    /// The notices that are written and not settled; `None` where the host keeps no outbox.
    async fn undelivered(&self) -> Result<Option<Vec<Notice>>, HostError>;

    /// Notes what became of a notice.
    async fn settle(&self, notice: &Notice, delivery: Delivery) -> Result<(), HostError>;

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
    /// The record has moved on from the expected version.
    Conflict,
    /// It failed; whether the commit was written is unknown.
    Failed(HostError),
}
