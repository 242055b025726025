use serde::{Deserialize, Serialize};

use crate::people::{Actor, Personal, Visit};
use crate::policies::{Exclusion, PolicyVersion};
use crate::requests::GrantOrigin;
use crate::resources::{ActionList, Pattern};
use crate::values::{GrantId, PolicyId, RequestId, SubjectId, Text, Timestamp};

/// The time-bound right that an approval or a break-glass gives; live on `[startsAt, endsAt)` unless ended before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grant {
    /// Made by the engine.
    pub id: GrantId,
    /// The request it came from.
    pub request_id: RequestId,
    /// Who has it.
    pub holder: SubjectId,
    /// What it opens, the exclusions aside.
    pub target: Pattern,
    /// To do what; sorted.
    pub actions: ActionList,
    /// What it leaves out, because another policy governs there.
    pub exclusions: Vec<Exclusion>,
    /// The policy it was given under.
    pub policy_id: PolicyId,
    /// The version of that policy.
    pub policy_version: u32,
    /// Approved, or broken glass.
    pub origin: GrantOrigin,
    /// The grant that it carries on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// The first instant of access.
    pub starts_at: Timestamp,
    /// The first instant without; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// Whether its holder has been warned that it is about to end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub warned: bool,
    /// How it ended; absent while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<GrantEnd>,
}

impl Grant {
    /// The version of the policy that it is under.
    pub(crate) fn policy(&self) -> PolicyVersion {
        (self.policy_id.clone(), self.policy_version)
    }

    /// Everybody whom it names.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &SubjectId> {
        let ended_by = self.end.as_ref().and_then(|end| end.by.subject());
        [&self.holder].into_iter().chain(ended_by)
    }

    /// Shows what can be erased of it, with who wrote it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.end.iter_mut().for_each(|end| end.personal(visit));
    }
}

/// How a grant ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEnd {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: EndReason,
    /// Whose command ended it.
    pub by: Actor,
    /// What whoever ended it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub note: Option<Personal<Text>>,
}

impl GrantEnd {
    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.note.iter_mut().for_each(|note| visit(note, self.by.subject()));
    }
}

/// Why a grant ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its time was up.
    Expired,
    /// An administrator ended it, or an approver where the policy allows.
    Revoked,
    /// Its holder gave it back.
    Released,
    /// Its policy was deleted, and live grants were not kept.
    PolicyDeleted,
    /// Its holder was disabled or removed.
    SubjectDisabled,
    /// Before it began its holder no longer met the condition of its policy.
    ConditionNotMet,
}

impl EndReason {
    /// Why access ended, as a clause.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Expired => "its time was up",
            Self::Revoked => "it was revoked",
            Self::Released => "its holder released it",
            Self::PolicyDeleted => "its policy was deleted",
            Self::SubjectDisabled => "its holder was disabled",
            Self::ConditionNotMet => "its policy no longer lets its holder ask",
        }
    }
}
