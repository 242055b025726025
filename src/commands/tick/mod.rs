//! What the passing of time brings about: what is due, in which order.

mod steps;

use std::borrow::Cow;

use self::steps::{escalated, last_missed, reminded};
use crate::commands::consequences::delegations::ended_with_reviews;
use crate::commands::consequences::grants::grant_ended;
use crate::delegations::DelegationEndReason;
use crate::events::{
    AccessEvent, DelegationStarted, GrantEndingSoon, RequestExpired, RequestsArchived, apply,
};
use crate::grants::EndReason;
use crate::people::Actor;
use crate::state::{Deadline, Due, State};
use crate::values::Timestamp;

/// Everything that is due at `now`, each at its due time, in the order of `Due`. What one brings about, the next one sees. Of several reminders that were missed only the last is
/// given.
pub fn decide_tick(state: &State, now: Timestamp) -> Vec<AccessEvent> {
    let mut ahead = Cow::Borrowed(state);
    let mut events = Vec::new();
    while let Some(deadline) = ahead.deadlines.first().filter(|deadline| is_due(deadline, now)).cloned() {
        let state = ahead.to_mut();
        if let Some((request, last)) = last_missed(state, &deadline, now) {
            state.change_request(&request, |request| request.reminds_at = Some(last));
            continue;
        }
        let fallen = fallen_due(state, &deadline);
        // Whatever comes of it, it is not due again.
        state.deadlines.remove(&deadline);
        fallen.iter().for_each(|event| apply(state, event));
        events.extend(fallen);
    }
    events
}

fn is_due(deadline: &Deadline, now: Timestamp) -> bool {
    deadline.at <= now
}

fn fallen_due(state: &State, deadline: &Deadline) -> Vec<AccessEvent> {
    let at = deadline.at;
    let event = match &deadline.due {
        Due::RequestExpires(id) => {
            Some(AccessEvent::RequestExpired(RequestExpired { request_id: id.clone(), at }))
        }
        Due::GrantEnds(id) => state
            .grants()
            .get(id)
            .map(|grant| grant_ended(grant, at, &Actor::Clock, EndReason::Expired, None)),
        Due::DelegationEnds(id) => {
            let delegation = state.delegations().get(id);
            return delegation.map_or_else(Vec::new, |delegation| {
                ended_with_reviews(state, delegation, at, &Actor::Clock, DelegationEndReason::Expired)
            });
        }
        Due::DelegationStarts(id) => {
            Some(AccessEvent::DelegationStarted(DelegationStarted { delegation_id: id.clone(), at }))
        }
        Due::StepEscalates(id) => state.requests().get(id).map(|request| escalated(state, request, at)),
        Due::StepReminds(id) => state.requests().get(id).map(|request| reminded(state, request, at)),
        Due::GrantEndsSoon(id) => {
            Some(AccessEvent::GrantEndingSoon(GrantEndingSoon { grant_id: id.clone(), at }))
        }
        // All that leave at this instant, which comes last in it.
        Due::RequestLeaves(_) => {
            let request_ids = state.deadlines.leaving(at).cloned().collect();
            Some(AccessEvent::RequestsArchived(RequestsArchived { at, request_ids }))
        }
    };
    event.into_iter().collect()
}

/// When the next tick is worth calling, if anything is ever due.
pub fn next_deadline(state: &State) -> Option<Timestamp> {
    state.deadlines.first().map(|deadline| deadline.at)
}
