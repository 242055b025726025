use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::values::{GroupId, Name, Set, SubjectId};

/// A named set of subjects and other groups, up to 32 levels deep, never a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// Given by the host; never changes.
    pub id: GroupId,
    /// What people call it.
    pub name: Name,
    /// Who belongs to it, directly.
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub members: BTreeSet<Principal>,
}

/// A group as the directory has it: whoever joins or leaves is one change, however many there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownGroup {
    /// Given by the host; never changes.
    pub id: GroupId,
    /// What people call it.
    pub name: Name,
    pub(super) members: Set<Principal>,
}

impl KnownGroup {
    /// Who belongs to it, directly.
    pub fn members(&self) -> impl Iterator<Item = &Principal> {
        self.members.iter()
    }
}

impl From<&Group> for KnownGroup {
    fn from(Group { id, name, members }: &Group) -> Self {
        Self { id: id.clone(), name: name.clone(), members: members.iter().cloned().collect() }
    }
}

/// A subject or a group, by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", expecting = "`{ subject: … }` or `{ group: … }` with an id")]
pub enum Principal {
    /// One subject.
    Subject(SubjectId),
    /// Every active member of a group, transitively.
    Group(GroupId),
}

impl From<&SubjectId> for Principal {
    fn from(id: &SubjectId) -> Self {
        Self::Subject(id.clone())
    }
}

impl From<&GroupId> for Principal {
    fn from(id: &GroupId) -> Self {
        Self::Group(id.clone())
    }
}
