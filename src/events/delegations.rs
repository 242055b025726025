use serde::{Deserialize, Serialize};

use crate::delegations::{Delegation, DelegationEnd};
use crate::values::{DelegationId, Timestamp};

/// A delegation was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationCreated {
    /// The delegation; begun, unless it is to begin later.
    pub delegation: Delegation,
}

/// A delegation that was to begin later began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationStarted {
    /// Which delegation.
    pub delegation_id: DelegationId,
    /// When it was due.
    pub at: Timestamp,
}

/// A delegation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationEnded {
    /// Which delegation.
    pub delegation_id: DelegationId,
    /// When, by whom and why.
    pub end: DelegationEnd,
}
