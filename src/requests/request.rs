use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::closing::Closing;
use super::content::RequestContent;
use super::review::{Review, ReviewRecord, ReviewStatus};
use crate::people::{Personal, Visit};
use crate::values::{
    AccessDuration, BundleId, GrantId, RequestId, RequestStatus, SubjectId, Text, Timestamp,
};

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
    #[serde(rename = "beforeSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub before: AccessDuration,
    /// The duration in force since; always shorter.
    #[serde(rename = "afterSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub after: AccessDuration,
    /// Why; never blank.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub note: Personal<Text>,
    /// When.
    pub at: Timestamp,
}

impl DurationEdit {
    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        visit(&mut self.note, Some(&self.editor));
    }
}

/// An access request with everything that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessRequest {
    /// Made by the engine.
    pub id: RequestId,
    /// What was asked for, as last amended.
    pub content: RequestContent,
    /// SHA-256 over the content's RFC 8785 form, in lower-case hex.
    pub content_hash: String,
    /// The bundle that it was asked for in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When its content was stated: made, or last amended.
    pub stated_at: Timestamp,
    /// From when on it is expired, if still pending.
    pub expires_at: Timestamp,
    /// What became of it.
    pub status: RequestStatus,
    /// The duration in force: the one asked for, or a shorter one.
    #[serde(rename = "durationSeconds")]
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
    /// In which commit somebody last reviewed it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reviewed_in: BTreeMap<SubjectId, u64>,
    /// All shortenings, in order.
    pub edits: Vec<DurationEdit>,
    /// How and when it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<Box<Closing>>,
    /// The grant it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// Of a break-glass request: the review after use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<Box<BreakGlassRecord>>,
    /// When a pending renewal of its grant was last amended to renew it no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_left_at: Option<Timestamp>,
}

impl AccessRequest {
    /// A request that is new, at its first step.
    pub(crate) fn new(
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
            bundle_id: None,
            made_at,
            stated_at: made_at,
            expires_at,
            status: RequestStatus::Pending,
            step: 1,
            asked: Vec::new(),
            escalated: Vec::new(),
            escalates_at: None,
            reminds_at: None,
            reviews: Vec::new(),
            reviewed_in: BTreeMap::default(),
            edits: Vec::new(),
            closing: None,
            grant_id: None,
            break_glass: None,
            renewal_left_at: None,
        }
    }

    /// Whether it has a break-glass that nobody has looked at.
    pub(crate) fn is_unacknowledged(&self) -> bool {
        self.break_glass.as_ref().is_some_and(|record| record.acknowledgement.is_none())
    }

    /// Whether somebody may have something to do with it.
    pub(crate) fn is_waiting(&self) -> bool {
        self.is_pending() || self.is_unacknowledged()
    }

    /// Adds a review; an earlier one on the same step by the same account, or in the same place, is replaced.
    pub(crate) fn add_review(&mut self, review: Review) {
        let is_replaced = |record: &&mut ReviewRecord| {
            record.stands() && record.review.step == review.step && record.review.is_in_place_of(&review)
        };
        self.reviews
            .iter_mut()
            .filter(is_replaced)
            .for_each(|record| record.standing = ReviewStatus::Replaced);
        self.reviews.push(ReviewRecord { review, standing: ReviewStatus::Standing });
    }

    /// Makes a person's standing review of a step void.
    pub(crate) fn void(&mut self, step: u32, reviewer: &SubjectId, reason: ReviewStatus) {
        let is_meant = |record: &&mut ReviewRecord| {
            record.stands() && record.review.step == step && record.review.reviewer == *reviewer
        };
        self.reviews.iter_mut().filter(is_meant).for_each(|record| record.standing = reason);
    }

    /// Ends it.
    pub(crate) fn close(&mut self, status: RequestStatus, closing: Closing) {
        self.escalates_at = None;
        self.reminds_at = None;
        self.status = status;
        self.closing = Some(Box::new(closing));
        self.reviews.shrink_to_fit();
    }

    /// Shows what can be erased of it, with who wrote it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.content.personal(visit);
        self.reviews.iter_mut().for_each(|record| record.review.personal(visit));
        self.edits.iter_mut().for_each(|edit| edit.personal(visit));
        self.closing.iter_mut().for_each(|closing| closing.personal(visit));
        if let Some(BreakGlassRecord { justification, acknowledgement }) = self.break_glass.as_deref_mut() {
            visit(justification, Some(&self.content.requester));
            acknowledgement.iter_mut().for_each(|it| it.personal(visit));
        }
    }

    /// Everybody whom it names: who asks, was asked, reviewed or shortened it, in whose place, and who closed it or
    /// acknowledged its break-glass.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &SubjectId> {
        let reviews = self.reviews.iter().map(|record| &record.review);
        let edits = self.edits.iter().map(|edit| (&edit.editor, &edit.on_behalf_of));
        let acted = reviews.map(|review| (&review.reviewer, &review.on_behalf_of)).chain(edits);
        let closed_by = self.closing.as_ref().and_then(|closing| closing.by.subject());
        let acknowledgement = self.break_glass.as_ref().and_then(|record| record.acknowledgement.as_ref());
        let acknowledged_by = acknowledgement.map(|acknowledgement| &acknowledgement.by);
        let acted = acted.flat_map(|(by, in_place_of)| in_place_of.iter().chain([by]));
        [&self.content.requester]
            .into_iter()
            .chain(&self.asked)
            .chain(acted)
            .chain(closed_by)
            .chain(acknowledged_by)
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

    /// Whether a subject ever reviewed it, be it that the review no longer counts.
    pub fn has_review_by(&self, reviewer: &SubjectId) -> bool {
        self.reviews.iter().any(|record| record.review.reviewer == *reviewer)
    }

    /// The person's review of a step, if it counts.
    pub fn standing_by(&self, step: u32, reviewer: &SubjectId) -> Option<&Review> {
        self.standing(step).find(|review| review.reviewer == *reviewer)
    }
}

/// The reason for breaking the glass, and the review after use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassRecord {
    /// Why the requester did not wait.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub justification: Personal<Text>,
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
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub comment: Option<Personal<Text>>,
}

impl Acknowledgement {
    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.comment.iter_mut().for_each(|comment| visit(comment, Some(&self.by)));
    }
}
