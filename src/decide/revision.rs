use super::shared::step_opened;
use crate::approval::Approval;
use crate::delegations::Delegations;
use crate::directory::Directory;
use crate::model::{
    AccessEvent, AccessRequest, PolicyTerms, Refusal, Review, ReviewVoided, Standing, Timestamp,
};

/// What a change of who may review does to a pending request: reviews by those who may not any more are void for ever,
/// and the request goes back to the first completed step that is not filled any more. `lost` says why a review is void
/// whose author may review now.
pub(super) fn revised(
    directory: &Directory,
    delegations: &Delegations,
    lost: impl Fn(&Review) -> Option<Standing>,
    terms: &PolicyTerms,
    request: &AccessRequest,
    now: Timestamp,
) -> Vec<AccessEvent> {
    let approval = Approval::of(directory, delegations, terms, request);
    let fate = |review: &Review| {
        if let Some(reason) = lost(review) {
            return Some(reason);
        }
        match approval.check_may_review(review.step, &review.reviewer, review.on_behalf_of.as_ref()) {
            Ok(()) => None,
            Err(Refusal::NoDelegation { .. }) => Some(Standing::DelegationEnded),
            Err(_) => Some(Standing::NotEligible),
        }
    };
    let standing = || request.reviews.iter().filter(|record| record.stands()).map(|record| &record.review);
    let mut events = Vec::new();
    let mut left = request.clone();
    for (review, reason) in standing().filter_map(|review| Some((review, fate(review)?))) {
        left.void(review.step, &review.reviewer, reason);
        events.push(voided(request, review, reason));
    }

    let approval = Approval::of(directory, delegations, terms, &left);
    if let Some(step) = (1..request.step).find(|step| !approval.is_filled(*step)) {
        let later = left.reviews.iter().filter(|record| record.stands() && record.review.step > step);
        events.extend(later.map(|record| voided(request, &record.review, Standing::StepReopened)));
        events.push(step_opened(approval, request, step, now));
    }
    events
}

fn voided(request: &AccessRequest, review: &Review, reason: Standing) -> AccessEvent {
    AccessEvent::ReviewVoided(ReviewVoided {
        request_id: request.id.clone(),
        step: review.step,
        reviewer: review.reviewer.clone(),
        reason,
    })
}
