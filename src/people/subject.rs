use serde::{Deserialize, Serialize};

use super::personal::{Personal, Visit};
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

/// A subject as the directory has it: what it is called can be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KnownSubject {
    /// A person or a program.
    #[serde(rename = "type")]
    pub kind: SubjectType,
    /// Given by the host; never changes.
    pub id: SubjectId,
    /// What people call it.
    pub name: Personal<Name>,
    /// Where its notices go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal<Email>>,
    /// Its manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<SubjectId>,
    /// Whose account it is; absent: the id itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Whether it can do nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// What conditions may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Personal<Properties>>,
}

impl From<Subject> for KnownSubject {
    fn from(subject: Subject) -> Self {
        let Subject { kind, id, name, email, manager, person, disabled, properties } = subject;
        let properties = Some(properties).filter(|properties| !properties.is_empty());
        Self {
            kind,
            id,
            name: name.into(),
            email: email.map(Personal::from),
            manager,
            person,
            disabled,
            properties: properties.map(Personal::from),
        }
    }
}

impl KnownSubject {
    /// Whose account it is: the label of the person, by default the id.
    pub fn person_behind(&self) -> &str {
        self.person.as_ref().map_or_else(|| self.id.as_str(), |label| label.as_str())
    }

    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        let Self { id, name, email, properties, .. } = self;
        visit(name, Some(id));
        email.iter_mut().for_each(|email| visit(email, Some(id)));
        properties.iter_mut().for_each(|properties| visit(properties, Some(id)));
    }
}
