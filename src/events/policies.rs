use serde::{Deserialize, Serialize};

use crate::policies::Policy;
use crate::values::PolicyId;

/// A policy was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyCreated {
    /// Its first version.
    pub policy: Policy,
}

/// A policy got its next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyUpdated {
    /// The new version.
    pub policy: Policy,
}

/// A policy was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyDeleted {
    /// Which policy.
    pub policy_id: PolicyId,
}
