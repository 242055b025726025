use super::revision::revised;
use super::shared::delegation_ended;
use crate::model::{
    AccessEvent, Actor, Delegation, DelegationEndReason, EndDelegation, Refusal, Review, Standing, Timestamp,
};
use crate::state::State;
use crate::visibility::{acting_subject, visible_delegation};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &EndDelegation,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let delegation = visible_delegation(state, actor, &command.delegation_id)?;
    if delegation.end.is_some() {
        return Err(Refusal::DelegationEnded { delegation_id: delegation.id.clone() });
    }
    Ok(ended_with_reviews(state, delegation, now, actor, DelegationEndReason::Ended))
}

/// Ends a delegation; the reviews given under it, on requests that are still pending, are void.
pub(super) fn ended_with_reviews(
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
        let lost = |review: &Review| is_under(review).then_some(Standing::DelegationEnded);
        for request in state.requests().pending() {
            if let Ok(policy) = state.policy_of(request) {
                events.extend(revised(state.directory(), &left, lost, &policy.terms, request, at));
            }
        }
    }
    events
}
