use std::collections::BTreeSet;

use super::requests::request_cancelled;
use crate::events::{AccessEvent, GrantEnded};
use crate::grants;
use crate::grants::{EndReason, Grant, GrantEnd};
use crate::people::{Actor, Personal};
use crate::requests::CancelReason;
use crate::state::State;
use crate::values::{GrantId, GrantStatus, PolicyId, RequestId, Text, Timestamp};

pub(crate) fn grant_ended(
    grant: &Grant,
    at: Timestamp,
    by: &Actor,
    reason: EndReason,
    note: Option<Text>,
) -> AccessEvent {
    let end = GrantEnd { at, reason, by: by.clone(), note: note.map(Personal::from) };
    AccessEvent::GrantEnded(GrantEnded { grant_id: grant.id.clone(), end })
}

/// Ends grants, and with each the renewals that would have carried it on: those that have not begun end for the same
/// reason, those that are pending are cancelled.
pub(crate) fn ended_with_renewals<'a>(
    state: &'a State,
    grants: impl IntoIterator<Item = &'a Grant>,
    at: Timestamp,
    by: &Actor,
    reason: EndReason,
    note: Option<&Text>,
) -> Vec<AccessEvent> {
    let mut over: Vec<&Grant> = grants.into_iter().collect();
    let mut next = 0;
    while let Some(grant) = over.get(next) {
        let renewals = state.grants().open_of(&grant.holder).filter(|renewal| {
            renewal.renews.as_ref() == Some(&grant.id)
                && grants::status(renewal, at) == GrantStatus::Scheduled
        });
        let more: Vec<&Grant> = renewals.filter(|renewal| !over.contains(renewal)).collect();
        over.extend(more);
        next = next.saturating_add(1);
    }
    let mut events: Vec<_> =
        over.iter().map(|grant| grant_ended(grant, at, by, reason, note.cloned())).collect();
    let is_over = |id: &GrantId| over.iter().any(|grant| grant.id == *id);
    let pending =
        state.requests().pending().filter(|request| request.content.renews.as_ref().is_some_and(is_over));
    events
        .extend(pending.map(|request| request_cancelled(request, at, by, CancelReason::GrantRevoked, None)));
    events
}

/// Ends all grants that a policy gave, with their renewals; what the events before have cancelled is cancelled once.
pub(crate) fn end_grants(
    state: &State,
    id: &PolicyId,
    actor: &Actor,
    reason: EndReason,
    now: Timestamp,
    events: &mut Vec<AccessEvent>,
) {
    let concerned = state.grants().open().filter(|grant| grant.policy_id == *id);
    add_once(events, ended_with_renewals(state, concerned, now, actor, reason, None));
}

/// Adds what ends, but for the cancellations that are there already.
pub(crate) fn add_once(events: &mut Vec<AccessEvent>, more: Vec<AccessEvent>) {
    let cancelled = |event: &AccessEvent| match event {
        AccessEvent::RequestCancelled(event) => Some(event.request_id.clone()),
        _ => None,
    };
    let earlier: BTreeSet<RequestId> = events.iter().filter_map(cancelled).collect();
    events.extend(more.into_iter().filter(|event| cancelled(event).is_none_or(|id| !earlier.contains(&id))));
}
