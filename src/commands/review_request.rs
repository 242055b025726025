use serde::{Deserialize, Serialize};

use super::checks::{check_fresh, check_pending};
use super::consequences::requests::{approval_closing, closing};
use super::consequences::reviews::{review_voided, step_opened};
use crate::approval::Approval;
use crate::events::{
    AccessEvent, GrantCreated, RequestApproved, RequestRejected, RequestReviewed, StepCompleted,
};
use crate::grants;
use crate::people::{Actor, Personal, SubjectRef};
use crate::policies::Policy;
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, Closing, GrantOrigin, Review, ReviewStatus, Verdict};
use crate::state::State;
use crate::values::{RequestId, SubjectId, Text, Timestamp};
use crate::visibility::{acting_subject, visible_request};

/// Approves or rejects the current step of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewRequest {
    /// Which request.
    pub request_id: RequestId,
    /// Approve or reject.
    pub verdict: Verdict,
    /// The content hash that was shown; another one is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
    /// The approver in whose place the actor reviews, by a delegation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectRef>,
    /// What the approver adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

impl ReviewRequest {
    /// The review that it gives.
    pub(crate) fn review(&self, request: &AccessRequest, reviewer: &SubjectId, at: Timestamp) -> Review {
        Review {
            step: request.step,
            reviewer: reviewer.clone(),
            on_behalf_of: self.on_behalf_of.as_deref().cloned(),
            verdict: self.verdict,
            comment: self.comment.clone().map(Personal::from),
            content_hash: request.content_hash.clone(),
            duration: request.duration,
            at,
        }
    }
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &ReviewRequest,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let reviewer = acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    check_pending(request)?;
    let policy = state.policy_of(request)?;
    let approval = Approval::of(state.directory(), state.delegations(), policy, request);
    approval.check_may_review(request.step, reviewer, command.on_behalf_of.as_deref())?;
    check_fresh(request, command.content_hash.as_deref())?;
    let review = command.review(request, reviewer, now);
    let mut events = Vec::new();
    // By the same account it is replaced without a word.
    let confirmed = check_not_reviewed(approval, request, &review)?;
    if let Some(confirmed) = confirmed.filter(|confirmed| !confirmed.is_in_place_of(&review)) {
        events.push(review_voided(request, confirmed, ReviewStatus::Replaced));
    }
    events.push(AccessEvent::RequestReviewed(RequestReviewed { request_id: request.id.clone(), review }));
    let mut reviewed = request.clone();
    events.iter().for_each(|event| event.change(&mut reviewed));
    events.extend(consequences(state, actor, policy, &reviewed, now));
    Ok(events)
}

/// One standing review per person and step, be it in their place or in another's. Where a change of the directory left
/// the quorums met, whoever has approved may approve again, since only a review completes a step; but not so that one
/// approval takes the place of two. The review that the new one takes the place of.
fn check_not_reviewed<'a>(
    approval: Approval<'_>,
    request: &'a AccessRequest,
    new: &Review,
) -> Result<Option<&'a Review>, Refusal> {
    let confirms = |review: &Review| {
        review.verdict == Verdict::Approve
            && new.verdict == Verdict::Approve
            && approval.is_complete(request.step)
    };
    let mut replaced = request.standing(new.step).filter(|review| approval.use_up_one(review, new));
    match (replaced.next(), replaced.next()) {
        (None, _) => Ok(None),
        (Some(review), None) if confirms(review) => Ok(Some(review)),
        (Some(_), _) => Err(Refusal::AlreadyReviewed { step: request.step }),
    }
}

/// What a review that was just given brings about: rejections are looked at first.
fn consequences(
    state: &State,
    actor: &Actor,
    policy: &Policy,
    request: &AccessRequest,
    now: Timestamp,
) -> Vec<AccessEvent> {
    let request_id = request.id.clone();
    let approval = Approval::of(state.directory(), state.delegations(), policy, request);
    let step = request.step;
    if approval.is_rejected(step) {
        let note = request.reviews.last().and_then(|record| record.review.comment.clone());
        let closing = Closing { note, ..closing(now, actor) };
        return vec![AccessEvent::RequestRejected(RequestRejected { request_id, closing })];
    }
    let is_approval = request.reviews.last().is_some_and(|record| record.review.verdict == Verdict::Approve);
    if !is_approval || !approval.is_complete(step) {
        return Vec::new();
    }
    let completed = AccessEvent::StepCompleted(StepCompleted { request_id: request_id.clone(), step });
    if step < approval.last_step() {
        let next = step_opened(approval, request, step.saturating_add(1), now);
        return vec![completed, next];
    }
    let renewed = request.content.renews.as_ref().and_then(|id| state.grants().get(id));
    let grant = grants::of_approval(state.new_grant_id(), request, renewed, now);
    vec![
        completed,
        AccessEvent::RequestApproved(RequestApproved {
            request_id,
            closing: approval_closing(now, actor, GrantOrigin::Approval),
        }),
        AccessEvent::GrantCreated(GrantCreated { grant, at: now, justification: None, shortened_from: None }),
    ]
}
