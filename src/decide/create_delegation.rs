use super::request_access::check_start;
use crate::model::{
    AccessEvent, Actor, CreateDelegation, Delegation, DelegationCreated, Invalid, InvalidKind, Refusal,
    Timestamp, limits,
};
use crate::state::State;
use crate::visibility::acting_subject;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &CreateDelegation,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let delegator = acting_subject(state, actor)?;
    let delegate = &command.delegate;
    if delegate == delegator {
        return Err(Refusal::SelfDelegation);
    }
    match state.directory().subject(delegate) {
        None => return Err(Refusal::UnknownSubject { subject_id: delegate.clone() }),
        Some(subject) if subject.disabled => {
            return Err(Refusal::DelegateDisabled { subject_id: delegate.clone() });
        }
        Some(_) => {}
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
    let delegation = Delegation {
        id: state.new_delegation_id(),
        delegator: delegator.clone(),
        delegate: delegate.clone(),
        starts_at,
        ends_at,
        begun: starts_at == now,
        end: None,
    };
    Ok(vec![AccessEvent::DelegationCreated(DelegationCreated { delegation })])
}
