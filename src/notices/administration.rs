use serde::{Deserialize, Serialize};

use super::words::{About, Telling, Wording};
use crate::values::{Name, PermissionId, PolicyId};

/// To administrators: a policy was made, changed or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyNotice {
    /// The policy.
    pub policy_id: PolicyId,
    /// What was done.
    pub change: Change,
    /// By whom.
    pub by: Name,
}

impl Telling for PolicyNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { change, by, .. } = self;
        let About { topic, .. } = about;
        Wording::new(
            format!("Access policy {}: {topic}", changed(*change)),
            format!("{by} {} the access policy {topic}.", changed(*change)),
            vec![],
        )
    }
}

/// To administrators: a standing permission was made, changed or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionNotice {
    /// The permission.
    pub permission_id: PermissionId,
    /// What was done.
    pub change: Change,
    /// By whom.
    pub by: Name,
}

impl Telling for PermissionNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { change, by, .. } = self;
        let About { topic, .. } = about;
        Wording::new(
            format!("Standing permission {}: {topic}", changed(*change)),
            format!("{by} {} the standing permission {topic}.", changed(*change)),
            vec![],
        )
    }
}

/// To administrators: who administers was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdministratorsNotice {
    /// By whom.
    pub by: Name,
}

impl Telling for AdministratorsNotice {
    fn words(&self, _: &About<'_>) -> Wording {
        let Self { by } = self;
        Wording::new(
            "Administrators changed".to_owned(),
            format!("{by} changed who administers access."),
            vec![],
        )
    }
}

/// To administrators: a group that a policy names was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupNotice {
    /// What was done.
    pub change: Change,
    /// By whom.
    pub by: Name,
}

impl Telling for GroupNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { change, by } = self;
        let About { topic, .. } = about;
        Wording::new(
            format!("Approver group {}: {topic}", changed(*change)),
            format!("{by} {} the group {topic}, which an access policy names.", changed(*change)),
            vec![],
        )
    }
}

/// What was done to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Created,
    /// It is different now.
    Updated,
    /// It is gone.
    Deleted,
}

fn changed(change: Change) -> &'static str {
    match change {
        Change::Created => "created",
        Change::Updated => "changed",
        Change::Deleted => "deleted",
    }
}
