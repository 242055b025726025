use serde::{Deserialize, Serialize};

use crate::people::{Personal, Visit};
use crate::values::{AccessDuration, SubjectId, Text, Timestamp};

/// What an approver says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Yes.
    Approve,
    /// No.
    Reject,
}

/// One approver's word on one step of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Review {
    /// Which step, counted from 1.
    pub step: u32,
    /// Who.
    pub reviewer: SubjectId,
    /// In whose place, by a delegation; absent: in their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
    /// Approve or reject.
    pub verdict: Verdict,
    /// What the approver added.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub comment: Option<Personal<Text>>,
    /// The content hash that was shown to the approver.
    pub content_hash: String,
    /// The duration in force when it was given: seconds, or `"permanent"`.
    #[serde(rename = "durationSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// When.
    pub at: Timestamp,
}

impl Review {
    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.comment.iter_mut().for_each(|comment| visit(comment, Some(&self.reviewer)));
    }

    /// Whose slot it may fill: the reviewer's, or that of the approver in whose place it was given.
    pub fn voice(&self) -> &SubjectId {
        self.on_behalf_of.as_ref().unwrap_or(&self.reviewer)
    }

    /// Whether it uses up an account that another review uses up, too.
    pub(crate) fn is_in_place_of(&self, other: &Self) -> bool {
        let ours = [&self.reviewer, self.voice()];
        [&other.reviewer, other.voice()].into_iter().any(|id| ours.contains(&id))
    }
}

/// Whether a review counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ReviewStatus {
    /// It counts.
    Standing,
    /// Its author took it back.
    Withdrawn,
    /// A newer one by the same person took its place.
    Replaced,
    /// Its author stopped being eligible, or the approver in whose place it was given.
    NotEligible,
    /// Its author turned out to be the person who gave an earlier review of the step.
    SamePerson,
    /// The delegation under which it was given ended.
    DelegationEnded,
    /// The request went back to an earlier step.
    StepReopened,
    /// The request was amended.
    Amended,
}

/// A review with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewRecord {
    /// What was said.
    pub review: Review,
    /// Whether it counts.
    pub standing: ReviewStatus,
}

impl ReviewRecord {
    /// Whether it counts.
    pub fn stands(&self) -> bool {
        self.standing == ReviewStatus::Standing
    }
}
