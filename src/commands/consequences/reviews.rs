use crate::approval::Approval;
use crate::delegations::Delegations;
use crate::events::{AccessEvent, ReviewVoided, StepOpened};
use crate::people::Directory;
use crate::policies::Policy;
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, Review, ReviewStatus};
use crate::values::Timestamp;

/// What a change of who may review does to a pending request: reviews by those who may not any more are void for ever,
/// and the request goes back to the first completed step that is not filled any more. `lost` says why a review is void
/// whose author may review now.
pub(crate) fn recheck_reviews(
    directory: &Directory,
    delegations: &Delegations,
    lost: impl Fn(&Review) -> Option<ReviewStatus>,
    policy: &Policy,
    request: &AccessRequest,
    now: Timestamp,
) -> Vec<AccessEvent> {
    let fate = |approval: Approval<'_>, review: &Review| {
        if let Some(reason) = lost(review) {
            return Some(reason);
        }
        match approval.check_may_review(review.step, &review.reviewer, review.on_behalf_of.as_ref()) {
            Ok(()) => None,
            Err(Refusal::NoDelegation { .. }) => Some(ReviewStatus::DelegationEnded),
            Err(_) => Some(ReviewStatus::NotEligible),
        }
    };
    let mut events = Vec::new();
    let mut left = request.clone();
    let mut kept: Vec<&Review> = Vec::new();
    for review in request.reviews.iter().filter(|record| record.stands()).map(|record| &record.review) {
        // What is void by now takes nobody's place.
        let approval = Approval::of(directory, delegations, policy, &left);
        let is_second = |kept: &&Review| kept.step == review.step && approval.use_up_one(kept, review);
        let twice = || kept.iter().any(is_second).then_some(ReviewStatus::SamePerson);
        match fate(approval, review).or_else(twice) {
            Some(reason) => {
                left.void(review.step, &review.reviewer, reason);
                events.push(review_voided(request, review, reason));
            }
            None => kept.push(review),
        }
    }

    let approval = Approval::of(directory, delegations, policy, &left);
    if let Some(step) = (1..request.step).find(|step| !approval.is_filled(*step)) {
        let later = left.reviews.iter().filter(|record| record.stands() && record.review.step > step);
        events.extend(later.map(|record| review_voided(request, &record.review, ReviewStatus::StepReopened)));
        events.push(step_opened(approval, request, step, now));
    }
    events
}

pub(crate) fn review_voided(request: &AccessRequest, review: &Review, reason: ReviewStatus) -> AccessEvent {
    AccessEvent::ReviewVoided(ReviewVoided {
        request_id: request.id.clone(),
        step: review.step,
        reviewer: review.reviewer.clone(),
        reason,
    })
}

/// Opens a step of a request: the eligible and their delegates are asked, and its reminders and escalation are set.
pub(crate) fn step_opened(
    approval: Approval<'_>,
    request: &AccessRequest,
    step: u32,
    now: Timestamp,
) -> AccessEvent {
    let terms = approval.step(step);
    let before_expiry = |at: &Timestamp| *at < request.expires_at;
    let escalation = terms.and_then(|step| step.escalate.as_ref()).filter(|_| !approval.is_escalated(step));
    AccessEvent::StepOpened(StepOpened {
        request_id: request.id.clone(),
        step,
        asked: approval.to_ask(step).into_iter().cloned().collect(),
        escalates_at: escalation.map(|it| now.plus(it.after)).filter(before_expiry),
        reminds_at: terms.and_then(|it| it.remind_every).map(|every| now.plus(every)).filter(before_expiry),
    })
}
