use serde::{Deserialize, Serialize};

use super::{Actor, DelegationId, SubjectId, Timestamp};

/// Lets a delegate review in the place of an approver, on `[startsAt, endsAt)` unless ended before. A record for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delegation {
    /// Made by the engine.
    pub id: DelegationId,
    /// In whose place.
    pub delegator: SubjectId,
    /// Who reviews.
    pub delegate: SubjectId,
    /// The first instant of it.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// Whether it has begun.
    pub begun: bool,
    /// How it ended; absent while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<DelegationEnd>,
}

/// How a delegation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationEnd {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: DelegationEndReason,
    /// Whose command ended it.
    pub by: Actor,
}

/// Why a delegation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum DelegationEndReason {
    /// Its time was up.
    Expired,
    /// The delegator, the delegate or an administrator ended it.
    Ended,
    /// One of the two was disabled or removed.
    SubjectDisabled,
}
