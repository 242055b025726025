use serde::Serialize;

use crate::values::{SubjectId, Timestamp};

/// Commits that a store with an index is asked for: those of which all is true that is given here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Sought {
    /// From this version on.
    pub first: u64,
    /// Up to this version.
    pub last: u64,
    /// About the request of this id or one of its grants, or about the grant, delegation, policy or permission of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Sent by this subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<SubjectId>,
    /// Making a request of this subject, or a grant for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<SubjectId>,
    /// Telling of something that happened then or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Telling of something that happened before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Which of them, where there are more than the limit: the last, else the first.
    pub newest_first: bool,
    /// At most so many.
    pub limit: u32,
}
