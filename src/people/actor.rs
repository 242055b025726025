use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::values::SubjectId;

/// Who sends a command or asks a question; the host has authenticated it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", expecting = "`host`, or `{ subject: … }` with an id")]
pub enum Actor {
    /// A subject of the directory.
    Subject(SubjectId),
    /// The host itself: it sees everything, makes the project, and sends no other command.
    Host,
    /// The passing of time: it only ticks.
    Clock,
}

/// One subject, by id, where no group can stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(deny_unknown_fields, expecting = "`{ subject: … }` with an id")]
pub struct SubjectRef {
    /// Its id.
    pub subject: SubjectId,
}

impl From<&SubjectId> for SubjectRef {
    fn from(id: &SubjectId) -> Self {
        Self { subject: id.clone() }
    }
}

impl Deref for SubjectRef {
    type Target = SubjectId;

    fn deref(&self) -> &SubjectId {
        &self.subject
    }
}

impl Actor {
    /// The subject, if it is one.
    pub fn subject(&self) -> Option<&SubjectId> {
        match self {
            Self::Subject(id) => Some(id),
            Self::Host | Self::Clock => None,
        }
    }
}
