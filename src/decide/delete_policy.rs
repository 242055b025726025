use super::shared::{acting_administrator, cancelled, ended_with_renewals};
use crate::model::{
    AccessEvent, Actor, CancelReason, DeletePolicy, EndReason, LiveGrants, PolicyDeleted, PolicyId, Refusal,
    Timestamp,
};
use crate::state::State;
use crate::visibility::acting_subject;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &DeletePolicy,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let id = &command.policy_id;
    if state.policies().live(id).is_none() {
        return Err(Refusal::not_found(id));
    }
    acting_administrator(state, actor)?;

    let mut events = vec![AccessEvent::PolicyDeleted(PolicyDeleted { policy_id: id.clone() })];
    events.extend(cancel_pending(state, id, actor, CancelReason::PolicyDeleted, now));
    if command.live_grants == LiveGrants::Revoke {
        end_grants(state, id, actor, EndReason::PolicyDeleted, now, &mut events);
    }
    Ok(events)
}

/// Cancels all pending requests that a policy decides.
pub(super) fn cancel_pending(
    state: &State,
    id: &PolicyId,
    actor: &Actor,
    reason: CancelReason,
    now: Timestamp,
) -> impl Iterator<Item = AccessEvent> {
    let concerned = state.requests().pending().filter(move |request| request.content.policy_id == *id);
    concerned.map(move |request| cancelled(request, now, actor, reason, None))
}

/// Ends all grants that a policy gave, with their renewals; what the events before have cancelled is cancelled once.
pub(super) fn end_grants(
    state: &State,
    id: &PolicyId,
    actor: &Actor,
    reason: EndReason,
    now: Timestamp,
    events: &mut Vec<AccessEvent>,
) {
    let concerned = state.grants().open().filter(|grant| grant.policy_id == *id);
    for event in ended_with_renewals(state, concerned, now, actor, reason, None) {
        let is_cancelled = |earlier: &AccessEvent| {
            matches!((earlier, &event), (AccessEvent::RequestCancelled(one), AccessEvent::RequestCancelled(other))
                if one.request_id == other.request_id)
        };
        if !events.iter().any(is_cancelled) {
            events.push(event);
        }
    }
}
