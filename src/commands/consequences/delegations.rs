use super::reviews::recheck_reviews;
use crate::delegations::{Delegation, DelegationEnd, DelegationEndReason};
use crate::events::{AccessEvent, DelegationEnded};
use crate::people::Actor;
use crate::requests::{Review, ReviewStatus};
use crate::state::State;
use crate::values::Timestamp;

/// Ends a delegation; the reviews given under it, on requests that are still pending, are void.
pub(crate) fn ended_with_reviews(
    state: &State,
    delegation: &Delegation,
    at: Timestamp,
    by: &Actor,
    reason: DelegationEndReason,
) -> Vec<AccessEvent> {
    let mut events = vec![delegation_ended(delegation, at, by, reason)];
    if delegation.begun {
        let mut left = state.delegations().clone();
        left.stop(&delegation.id);
        let is_under = |review: &Review| {
            review.reviewer == delegation.delegate
                && review.on_behalf_of.as_ref() == Some(&delegation.delegator)
        };
        let lost = |review: &Review| is_under(review).then_some(ReviewStatus::DelegationEnded);
        let reviewed = state.requests().with_part_of(&delegation.delegate);
        let reviewed = reviewed.filter_map(|id| state.requests().get(id));
        for request in reviewed.filter(|request| request.is_pending()) {
            if let Ok(policy) = state.policy_of(request) {
                events.extend(recheck_reviews(state.directory(), &left, lost, policy, request, at));
            }
        }
    }
    events
}

pub(crate) fn delegation_ended(
    delegation: &Delegation,
    at: Timestamp,
    by: &Actor,
    reason: DelegationEndReason,
) -> AccessEvent {
    let end = DelegationEnd { at, reason, by: by.clone() };
    AccessEvent::DelegationEnded(DelegationEnded { delegation_id: delegation.id.clone(), end })
}
