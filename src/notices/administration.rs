use serde::{Deserialize, Serialize};

use super::words::{About, Telling, Wording};
use crate::values::{Name, PermissionId, PolicyId, SubjectId};

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

/// To administrators: a group that a policy or a permission names was changed.
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
            format!("Group {}: {topic}", changed(*change)),
            format!("{by} {} the group {topic}, on which access depends.", changed(*change)),
            vec![],
        )
    }
}

/// To administrators: who manages a subject was changed while a policy asks managers, or whose account it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectNotice {
    /// The subject.
    pub subject_id: SubjectId,
    /// What of it was changed.
    pub changed: Vec<SubjectPart>,
    /// By whom.
    pub by: Name,
}

/// What of a subject others depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum SubjectPart {
    /// Who manages it.
    Manager,
    /// Whose account it is.
    Person,
}

impl Telling for SubjectNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { changed, by, .. } = self;
        let About { topic, .. } = about;
        let parts = changed.iter().map(|part| match part {
            SubjectPart::Manager => "who manages",
            SubjectPart::Person => "which person is behind",
        });
        let parts = parts.collect::<Vec<_>>().join(", and ");
        Wording::new(format!("Subject changed: {topic}"), format!("{by} changed {parts} {topic}."), vec![])
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
