//! Delegations: who may stand in for whom, and when that ends (`delegation.*`).

use access_engine::commands::{CreateDelegation, EndDelegation};
use access_engine::delegations::{Delegation, DelegationEnd, DelegationEndReason};
use access_engine::requests::Review;
use access_engine::values::{DelegationId, Seconds, SubjectId, Timestamp};

use super::reviews;
use super::state::{Code, Deed, State, count_since, was_there};

const AHEAD: Seconds = Seconds::days(90);

pub(crate) fn is_live(delegation: &Delegation, at: Timestamp) -> bool {
    delegation.end.is_none() && delegation.starts_at <= at && at < delegation.ends_at
}

/// Who has let a subject review in their place at an instant.
pub(crate) fn delegators(state: &State, delegate: &SubjectId, at: Timestamp) -> Vec<SubjectId> {
    let live = state.delegations.iter().filter(|delegation| is_live(delegation, at));
    live.filter(|delegation| delegation.delegate == *delegate)
        .map(|delegation| delegation.delegator.clone())
        .collect()
}

/// Whether the delegation under which a review was given is still live; another one of the two does not count.
pub(crate) fn is_under_live(state: &State, review: &Review, at: Timestamp) -> bool {
    state.delegations.iter().any(|delegation| {
        is_live(delegation, at)
            && delegation.starts_at <= review.at
            && delegation.delegate == review.reviewer
            && Some(&delegation.delegator) == review.on_behalf_of.as_ref()
    })
}

pub(crate) fn create(state: &mut State, create: &CreateDelegation, deed: &mut Deed) -> Result<(), Code> {
    if state.people.is_same_person(&create.delegate, deed.by()) {
        return Err("self_delegation");
    }
    // Whether somebody is unknown or disabled is not told.
    if !state.people.is_active(&create.delegate) {
        return Err("unknown_subject");
    }
    let starts_at = create.starts_at.map_or(deed.at, |starts_at| starts_at.max(deed.at));
    if starts_at > deed.at.plus(AHEAD) {
        return Err("start_out_of_range");
    }
    let ends_at = starts_at.plus(create.duration);
    let open =
        || state.delegations.iter().filter(|other| other.end.is_none() && other.delegator == *deed.by());
    let overlaps = |other: &Delegation| starts_at < other.ends_at && other.starts_at < ends_at;
    if open().any(|other| other.delegate == *create.delegate && overlaps(other)) {
        return Err("duplicate_delegation");
    }
    if open().count() >= 50 {
        return Err("limit_exceeded");
    }
    if count_since(&state.delegated_at, deed.by(), deed.at.minus(Seconds::days(1))) >= 50 {
        return Err("limit_exceeded");
    }
    let id = DelegationId::try_from(format!("dlg_{}_0", deed.version)).expect("an id");
    put(
        state,
        &Delegation {
            id: id.clone(),
            delegator: deed.by().clone(),
            delegate: create.delegate.subject.clone(),
            made_at: deed.at,
            starts_at,
            ends_at,
            begun: starts_at <= deed.at,
            end: None,
        },
    );
    deed.has_changed = true;
    deed.made.delegation = Some(id);
    deed.tell("delegated", &create.delegate, None);
    Ok(())
}

/// Adds a delegation.
pub(crate) fn put(state: &mut State, delegation: &Delegation) {
    state.delegated_at.push((delegation.delegator.clone(), delegation.made_at));
    state.delegations.push(delegation.clone());
}

pub(crate) fn end(state: &mut State, end: &EndDelegation, deed: &mut Deed) -> Result<(), Code> {
    let is_concerned = |delegation: &&Delegation| {
        let by = deed.by();
        let is_of_them = delegation.delegator == *by || delegation.delegate == *by;
        is_of_them && was_there(&state.people, by, delegation.id.as_str())
            || state.people.is_administrator(by)
    };
    let known = state.delegations.iter().find(|delegation| delegation.id == end.delegation_id);
    if known.filter(is_concerned).ok_or("not_found")?.end.is_some() {
        return Err("delegation_ended");
    }
    end_where(state, |delegation| delegation.id == end.delegation_id, DelegationEndReason::Ended, deed);
    void(state, deed);
    deed.made.delegation = Some(end.delegation_id.clone());
    Ok(())
}

pub(crate) fn end_where(
    state: &mut State,
    which: impl Fn(&Delegation) -> bool,
    reason: DelegationEndReason,
    deed: &mut Deed,
) {
    for delegation in &mut state.delegations {
        if delegation.end.is_none() && which(delegation) {
            delegation.end = Some(DelegationEnd { at: deed.at, reason, by: deed.actor.clone() });
            deed.has_changed = true;
        }
    }
}

/// Its time is up.
pub(crate) fn expire(state: &mut State, id: &DelegationId, deed: &mut Deed) {
    end_where(state, |delegation| delegation.id == *id, DelegationEndReason::Expired, deed);
    void(state, deed);
}

/// Makes void, on requests that have not ended, what was said under delegations that have.
fn void(state: &mut State, deed: &mut Deed) {
    for id in state.pending_ids() {
        reviews::void(state, &id, &[], deed);
    }
}
