use serde::{Deserialize, Serialize};

/// What became of a request. `pending` ends as exactly one of the others, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::VariantArray)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum RequestStatus {
    /// Waits for the approvers of its current step.
    Pending,
    /// Made a grant.
    Approved,
    /// Rejected by the approvers of a step.
    Rejected,
    /// Withdrawn by its requester, an administrator, or a change.
    Cancelled,
    /// Not decided in time.
    Expired,
}

impl RequestStatus {
    /// The word on the wire, which is also the one for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// Where a grant stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::VariantArray)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum GrantStatus {
    /// Begins later.
    Scheduled,
    /// Opens what it opens.
    Live,
    /// Is over.
    Ended,
}
