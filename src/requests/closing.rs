use serde::{Deserialize, Serialize};

use crate::people::{Actor, Personal, Visit};
use crate::values::{Text, Timestamp};

/// Why a request was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// Its requester did.
    Requester,
    /// An administrator did, saying why.
    Administrator,
    /// Its requester was disabled or removed.
    RequesterDisabled,
    /// Its requester no longer meets the condition of its policy.
    ConditionNotMet,
    /// Its policy was changed, and pending requests were not kept.
    PolicyUpdated,
    /// Its policy was deleted.
    PolicyDeleted,
    /// The grant that it would have carried on was revoked.
    GrantRevoked,
}

impl CancelReason {
    /// Why the request was cancelled, as a clause.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Requester => "its requester took it back",
            Self::Administrator => "an administrator took it back",
            Self::RequesterDisabled => "its requester was disabled",
            Self::ConditionNotMet => "its policy no longer lets its requester ask",
            Self::PolicyUpdated => "its policy was changed",
            Self::PolicyDeleted => "its policy was deleted",
            Self::GrantRevoked => "the access that it would have renewed was revoked",
        }
    }
}

/// How access came to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum GrantOrigin {
    /// Every step was approved.
    Approval,
    /// The requester went ahead, with a reason, to be reviewed afterwards.
    BreakGlass,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// Whose command ended it.
    pub by: Actor,
    /// Of an approval: how it came to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<GrantOrigin>,
    /// Of a cancellation: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CancelReason>,
    /// What whoever ended it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub note: Option<Personal<Text>>,
}

impl Closing {
    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.note.iter_mut().for_each(|note| visit(note, self.by.subject()));
    }
}
