use serde::{Deserialize, Serialize};

use crate::people::{Group, Subject};
use crate::values::{GroupId, ProjectId, SubjectId};

/// The project was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProjectCreated {
    /// Its id.
    pub project: ProjectId,
    /// Its first administrators, who enter the directory.
    pub administrators: Vec<Subject>,
}

/// A subject was added or replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectUpserted {
    /// The whole subject.
    pub subject: Subject,
}

/// A subject was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectRemoved {
    /// Which subject.
    pub subject_id: SubjectId,
}

/// A group was added or replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupUpserted {
    /// The whole group.
    pub group: Group,
}

/// A group was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRemoved {
    /// Which group.
    pub group_id: GroupId,
}

/// The administrators were named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdministratorsSet {
    /// All of them; sorted.
    pub administrators: Vec<SubjectId>,
}
