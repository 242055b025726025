use serde::{Deserialize, Serialize};

use super::checks::check_start;
use crate::delegations::Delegation;
use crate::events::{AccessEvent, DelegationCreated};
use crate::limits;
use crate::people::{Actor, SubjectRef};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{Invalid, InvalidKind, Seconds, SubjectId, Timestamp, duration};
use crate::visibility::acting_subject;

/// Lets a delegate review in the actor's place. It counts while the actor is eligible himself, never on a request of
/// either of them, and a review given under it is void when it ends before the request does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateDelegation {
    /// Who may.
    pub delegate: SubjectRef,
    /// From when on, in milliseconds or RFC 3339; absent: at once. At most 90 days ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub starts_at: Option<Timestamp>,
    /// For how long.
    #[serde(with = "duration")]
    #[cfg_attr(feature = "wasm", tsify(type = "Duration"))]
    pub duration: Seconds,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &CreateDelegation,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let delegator = acting_subject(state, actor)?;
    let delegate: &SubjectId = &command.delegate;
    if state.directory().is_same_person(delegate, delegator) {
        return Err(Refusal::SelfDelegation);
    }
    // Anybody may send this: it does not tell who is disabled.
    if !state.directory().is_active(delegate) {
        return Err(Refusal::UnknownSubject { subject_id: delegate.clone() });
    }
    check_start(command.starts_at, now)?;
    let starts_at = command.starts_at.map_or(now, |start| start.max(now));
    let ends_at = starts_at.plus(command.duration);
    let own = || state.delegations().open().filter(|other| other.delegator == *delegator);
    let overlaps = |other: &&Delegation| {
        other.delegate == *delegate && other.starts_at < ends_at && starts_at < other.ends_at
    };
    if let Some(other) = own().find(overlaps) {
        return Err(Refusal::DuplicateDelegation { delegation_id: other.id.clone() });
    }
    if own().count() >= limits::OPEN_DELEGATIONS {
        let problem = format!("there are {} delegations: end one first", limits::OPEN_DELEGATIONS);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    let since = now.minus(Seconds::new(limits::REQUEST_WINDOW));
    let is_own = |other: &Delegation| {
        other.delegator == *delegator
            && state.directory().is_same_since(&delegator.into(), other.id.made_in())
    };
    let is_recent = |other: &&Delegation| is_own(other) && other.made_at > since;
    if state.delegations().all().filter(is_recent).count() >= limits::DELEGATIONS_IN_WINDOW {
        let problem =
            format!("{} delegations were made within 24 hours: wait", limits::DELEGATIONS_IN_WINDOW);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    let delegation = Delegation {
        id: state.new_delegation_id(),
        delegator: delegator.clone(),
        delegate: delegate.clone(),
        made_at: now,
        starts_at,
        ends_at,
        begun: starts_at == now,
        end: None,
    };
    Ok(vec![AccessEvent::DelegationCreated(DelegationCreated { delegation })])
}
