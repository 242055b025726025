//! What grants and standing permissions open (`evaluate.*`, `governs.narrows`, `governs.pinned`).

use access_engine::access::{AccessQuery, DecisionReason};
use access_engine::values::{PermissionId, PolicyId, ResourceType, SubjectId, Timestamp};

use super::drafts::lets_ask;
use super::grants::is_live;
use super::permissions;
use super::policies::governed_elsewhere;
use super::resources::{Area, Cell, area_of};
use super::state::{Given, Permitted, State};

/// What a question about one cell of the universe is answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Evaluated {
    pub(crate) reason: DecisionReason,
    /// The end of the grant that ends last; absent: there is none or it is permanent.
    pub(crate) until: Option<Timestamp>,
    /// The policy under which access can be asked for.
    pub(crate) requestable: Option<PolicyId>,
    /// The oldest permission that allows.
    pub(crate) permission: Option<PermissionId>,
}

pub(crate) fn evaluate(state: &State, query: &AccessQuery, cell: Cell, at: Timestamp) -> Evaluated {
    let (subject, kind) = (&query.subject, &query.resource.resource.kind);
    let nothing = |reason| Evaluated { reason, until: None, requestable: None, permission: None };
    let known = match state.people.subject(subject) {
        None if !state.people.has_known(subject) => return nothing(DecisionReason::UnknownSubject),
        None => return nothing(DecisionReason::SubjectDisabled),
        Some(subject) if subject.disabled => return nothing(DecisionReason::SubjectDisabled),
        Some(subject) => subject,
    };
    if let Some(permitted) = permitting(state, query, cell).first() {
        let permission = Some(permitted.permission.id.clone());
        return Evaluated { permission, ..nothing(DecisionReason::Permitted) };
    }
    let opening = opening(state, subject, kind, cell, at);
    let ends: Vec<Option<Timestamp>> = opening.iter().map(|given| given.grant.ends_at).collect();
    if !ends.is_empty() {
        let until = if ends.contains(&None) { None } else { ends.into_iter().flatten().max() };
        return Evaluated { until, ..nothing(DecisionReason::Granted) };
    }
    let is_held = held(state, subject, kind, at).iter().any(|given| area_of_grant(given).has(cell));
    let reason = if is_held { DecisionReason::GovernedElsewhere } else { DecisionReason::NotGranted };
    let covering = state
        .live_entries()
        .filter(|(_, entry)| entry.kind == *kind && entry.area().has(cell))
        .max_by(|(_, one), (_, other)| one.rank(other));
    let lets = |(policy, _): &(&super::state::Ruled, _)| lets_ask(&state.people, policy.current(), known);
    let requestable = covering.filter(lets).map(|(policy, _)| policy.id.clone());
    Evaluated { requestable, ..nothing(reason) }
}

/// What a subject may do at an instant by grants, with resources of a type.
pub(crate) fn allowed(state: &State, subject: &SubjectId, kind: &ResourceType, at: Timestamp) -> Area {
    let held = held(state, subject, kind, at);
    held.into_iter().fold(Area::default(), |area, given| area.or(opened(state, given)))
}

/// The live grants of somebody active for resources of a type.
fn held<'a>(state: &'a State, subject: &SubjectId, kind: &ResourceType, at: Timestamp) -> Vec<&'a Given> {
    let is_meant = |given: &&Given| given.grant.holder == *subject && given.grant.target.kind == *kind;
    let live = state.grants.iter().filter(is_meant).filter(|given| is_live(&given.grant, at));
    live.filter(|_| state.people.is_active(subject)).collect()
}

/// The live grants that let somebody do what a cell stands for.
pub(crate) fn opening<'a>(
    state: &'a State,
    subject: &SubjectId,
    kind: &ResourceType,
    cell: Cell,
    at: Timestamp,
) -> Vec<&'a Given> {
    let mut held = held(state, subject, kind, at);
    held.retain(|given| opened(state, given).has(cell));
    held
}

/// The standing permissions that let somebody do what a cell stands for, the oldest first.
pub(crate) fn permitting<'a>(state: &'a State, query: &AccessQuery, cell: Cell) -> Vec<&'a Permitted> {
    let mut held = permissions::held(state, &query.subject);
    held.retain(|_| state.people.is_active(&query.subject));
    held.retain(|permitted| permitted.permission.terms.targets.kind() == &query.resource.resource.kind);
    held.retain(|permitted| permitted.area.has(cell) && permissions::is_so(state, permitted, query));
    held
}

/// All that the target and the actions of a grant are about.
pub(crate) fn area_of_grant(given: &Given) -> Area {
    area_of(&given.grant.target, &given.grant.actions)
}

/// What a grant opens: neither what was left out of its request, nor what other live policies govern today, its own
/// policy taking part in its pinned version.
pub(crate) fn opened(state: &State, given: &Given) -> Area {
    let (grant, area) = (&given.grant, area_of_grant(given));
    let elsewhere =
        governed_elsewhere(state, &grant.policy_id, grant.policy_version, &grant.target.kind, area);
    area.without(elsewhere).without(given.left_out)
}
