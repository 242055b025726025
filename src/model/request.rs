use serde::{Deserialize, Serialize};

use super::{
    AccessDuration, ActionList, Actor, BundleId, EnvironmentPattern, GrantId, PathPattern, Pattern, PolicyId,
    RequestId, ReviewRequest, SubjectId, Text, TicketUrl, Timestamp,
};

/// What was asked for and what it was decided under. Its hash is the content hash that reviewers approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestContent {
    /// Who asks; always the actor of the command.
    pub requester: SubjectId,
    /// What for: one resource or a pattern of them.
    pub target: Pattern,
    /// To do what; sorted.
    pub actions: ActionList,
    /// When access should begin; absent: at approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// For how long: seconds, or `"permanent"`. A later shortening does not change it.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_url: Option<TicketUrl>,
    /// The policy that governs it.
    pub policy_id: PolicyId,
    /// The version of that policy which decides it, whatever becomes of the policy later.
    pub policy_version: u32,
    /// What other policies govern inside the target, and this request therefore leaves out.
    pub exclusions: Vec<Exclusion>,
}

/// A part of a request's target that a more specific policy governs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exclusion {
    /// The policy that governs this part.
    pub policy_id: PolicyId,
    /// Its version when the request was made.
    pub policy_version: u32,
    /// The environment of the part; absent: resources without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<EnvironmentPattern>,
    /// The path of the part.
    pub path: PathPattern,
    /// Which of the actions asked for are left out there; sorted.
    pub actions: ActionList,
}

/// What became of a request. `pending` ends as exactly one of the others, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum RequestStatus {
    /// Waits for the approvers of its current step.
    Pending,
    /// Made a grant.
    Approved,
    /// Rejected by the approvers of a step.
    Rejected,
    /// Withdrawn by its requester, an administrator, or a change.
    Cancelled,
    /// Not decided in time.
    Expired,
}

impl RequestStatus {
    /// The word on the wire, which is also the one for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// Why a request was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// Its requester did.
    Requester,
    /// An administrator did, saying why.
    Administrator,
    /// Its requester was disabled or removed.
    RequesterDisabled,
    /// Its policy was changed, and pending requests were not kept.
    PolicyUpdated,
    /// Its policy was deleted.
    PolicyDeleted,
    /// The grant that it would have carried on was revoked.
    GrantRevoked,
}

/// How access came to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Every step was approved.
    Approval,
    /// The requester went ahead, with a reason, to be reviewed afterwards.
    BreakGlass,
}

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
    pub comment: Option<Text>,
    /// The content hash that was shown to the approver.
    pub content_hash: String,
    /// The duration in force when it was given: seconds, or `"permanent"`.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// When.
    pub at: Timestamp,
}

impl Review {
    /// Whose slot it may fill: the reviewer's, or that of the approver in whose place it was given.
    pub fn voice(&self) -> &SubjectId {
        self.on_behalf_of.as_ref().unwrap_or(&self.reviewer)
    }

    /// Whether it uses this person up: as the one who gave it, or in whose place it was given.
    pub fn involves(&self, id: &SubjectId) -> bool {
        self.reviewer == *id || self.voice() == id
    }

    /// Whether it uses up somebody whom another review uses up, too.
    pub fn uses_up_one_of(&self, other: &Self) -> bool {
        self.involves(&other.reviewer) || self.involves(other.voice())
    }
}

/// Whether a review counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Standing,
    /// Its author took it back.
    Withdrawn,
    /// A newer one by the same person took its place.
    Replaced,
    /// Its author stopped being eligible, or the approver in whose place it was given.
    NotEligible,
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
    pub standing: Standing,
}

impl ReviewRecord {
    /// Whether it counts.
    pub fn stands(&self) -> bool {
        self.standing == Standing::Standing
    }
}

/// A shortening of the duration by an approver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DurationEdit {
    /// Who.
    pub editor: SubjectId,
    /// In whose place, by a delegation; absent: in their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
    /// The duration in force until then.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub before: AccessDuration,
    /// The duration in force since; always shorter.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub after: AccessDuration,
    /// Why; never blank.
    pub note: Text,
    /// When.
    pub at: Timestamp,
}

/// An access request with everything that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessRequest {
    /// Made by the engine.
    pub id: RequestId,
    /// What was asked for, as last amended.
    pub content: RequestContent,
    /// SHA-256 over the content's RFC 8785 form, in lower-case hex.
    pub content_hash: String,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// The bundle that it was asked for in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when on it is expired, if still pending.
    pub expires_at: Timestamp,
    /// What became of it.
    pub status: RequestStatus,
    /// The duration in force: the one asked for, or a shorter one.
    pub duration: AccessDuration,
    /// The current step, counted from 1; of a decided request the last one that was open.
    pub step: u32,
    /// Who was told of the current step.
    pub asked: Vec<SubjectId>,
    /// The steps whose escalated approvers have been called.
    pub escalated: Vec<u32>,
    /// When those of the current step will be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalates_at: Option<Timestamp>,
    /// When approvers will next be reminded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminds_at: Option<Timestamp>,
    /// All reviews, also those that no longer count, in order.
    pub reviews: Vec<ReviewRecord>,
    /// All shortenings, in order.
    pub edits: Vec<DurationEdit>,
    /// How and when it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// The grant it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// Of a break-glass request: the review after use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<BreakGlassRecord>,
}

impl AccessRequest {
    /// A request that is new, at its first step.
    pub(crate) fn opened(
        id: RequestId,
        content: RequestContent,
        content_hash: String,
        made_at: Timestamp,
        expires_at: Timestamp,
    ) -> Self {
        Self {
            id,
            duration: content.duration,
            content,
            content_hash,
            renews: None,
            bundle_id: None,
            made_at,
            expires_at,
            status: RequestStatus::Pending,
            step: 1,
            asked: Vec::new(),
            escalated: Vec::new(),
            escalates_at: None,
            reminds_at: None,
            reviews: Vec::new(),
            edits: Vec::new(),
            closing: None,
            grant_id: None,
            break_glass: None,
        }
    }

    /// The review that this command gives.
    pub(crate) fn review(&self, reviewer: &SubjectId, command: &ReviewRequest, at: Timestamp) -> Review {
        Review {
            step: self.step,
            reviewer: reviewer.clone(),
            on_behalf_of: command.on_behalf_of.clone(),
            verdict: command.verdict,
            comment: command.comment.clone(),
            content_hash: self.content_hash.clone(),
            duration: self.duration,
            at,
        }
    }

    /// Adds a review; earlier ones on the same step that use up one of its persons are replaced.
    pub(crate) fn add_review(&mut self, review: Review) {
        let is_replaced = |record: &&mut ReviewRecord| {
            record.stands() && record.review.step == review.step && record.review.uses_up_one_of(&review)
        };
        self.reviews.iter_mut().filter(is_replaced).for_each(|record| record.standing = Standing::Replaced);
        self.reviews.push(ReviewRecord { review, standing: Standing::Standing });
    }

    /// Makes a person's standing review of a step void.
    pub(crate) fn void(&mut self, step: u32, reviewer: &SubjectId, reason: Standing) {
        let is_meant = |record: &&mut ReviewRecord| {
            record.stands() && record.review.step == step && record.review.reviewer == *reviewer
        };
        self.reviews.iter_mut().filter(is_meant).for_each(|record| record.standing = reason);
    }

    /// Whether it waits for a decision.
    pub fn is_pending(&self) -> bool {
        self.status == RequestStatus::Pending
    }

    /// The reviews that count in a step.
    pub fn standing(&self, step: u32) -> impl Iterator<Item = &Review> {
        self.reviews
            .iter()
            .filter(move |record| record.stands() && record.review.step == step)
            .map(|record| &record.review)
    }

    /// The person's review of a step, if it counts.
    pub fn standing_by(&self, step: u32, reviewer: &SubjectId) -> Option<&Review> {
        self.standing(step).find(|review| review.reviewer == *reviewer)
    }
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// Whose command ended it.
    pub by: Actor,
    /// Of an approval: how it came to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Of a cancellation: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CancelReason>,
    /// What whoever ended it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// The reason for breaking the glass, and the review after use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassRecord {
    /// Why the requester did not wait.
    pub justification: Text,
    /// Who looked at it afterwards; absent while nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<Acknowledgement>,
}

/// An approver's word on a break-glass access after the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Acknowledgement {
    /// Who.
    pub by: SubjectId,
    /// When.
    pub at: Timestamp,
    /// What was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

impl Exclusion {
    /// The part as a pattern, inside a target of some type.
    pub fn pattern(&self, target: &Pattern) -> Pattern {
        Pattern { kind: target.kind.clone(), environment: self.environment.clone(), path: self.path.clone() }
    }
}
