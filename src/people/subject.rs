use serde::{Deserialize, Serialize};

use crate::values::{Email, Name, PersonId, Properties, SubjectId};

/// Whether a subject is a person or a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum SubjectType {
    /// A person.
    User,
    /// A program.
    Service,
}

impl SubjectType {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Service => "service",
        }
    }
}

/// Who may ask, approve or administer. The id is compared byte for byte; all else is display data, except
/// `manager`, `person` and `disabled`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subject {
    /// A person or a program.
    #[serde(rename = "type")]
    pub kind: SubjectType,
    /// Given by the host; never changes.
    pub id: SubjectId,
    /// What people call it.
    pub name: Name,
    /// Where its notices go; without one it gets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// The person's manager, whom a quorum may name as approver. One that is missing or disabled is nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<SubjectId>,
    /// Whose account it is, where somebody has several: who has approved with one does not count again with another.
    /// Absent: the id itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// A disabled subject is eligible for nothing and denied everything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub disabled: bool,
    /// What conditions may read, at most 64.
    #[serde(default, skip_serializing_if = "Properties::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, PropertyValue>"))]
    pub properties: Properties,
}
