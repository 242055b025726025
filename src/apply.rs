//! One event into the state. Cannot fail and decides nothing: what an event says, holds.

use std::collections::BTreeSet;

use crate::grants::ends_soon_at;
use crate::model::{
    AccessDuration, AccessEvent, AccessRequest, Actor, BreakGlassRecord, Closing, Commit, Delegation, Grant,
    GrantEnd, GrantId, Origin, Permission, Policy, RequestId, RequestStatus, Seconds, Standing, Timestamp,
    limits,
};
use crate::state::{Deadline, Due, State};

/// Carries one event into the state. Events about what the state does not know change nothing.
pub fn apply(state: &mut State, event: &AccessEvent) {
    match event {
        AccessEvent::ProjectCreated(event) => {
            state.project = Some(event.project.clone());
            state.directory.set_administrators(event.administrators.iter().map(|subject| subject.id.clone()));
            event.administrators.iter().for_each(|subject| state.directory.upsert_subject(subject.clone()));
        }
        AccessEvent::SubjectUpserted(event) => state.directory.upsert_subject(event.subject.clone()),
        AccessEvent::SubjectRemoved(event) => state.directory.remove_subject(&event.subject_id),
        AccessEvent::GroupUpserted(event) => state.directory.upsert_group(event.group.clone()),
        AccessEvent::GroupRemoved(event) => state.directory.remove_group(&event.group_id),
        AccessEvent::AdministratorsSet(event) => {
            state.directory.set_administrators(event.administrators.iter().cloned());
        }
        AccessEvent::PolicyCreated(event) => add_policy_version(state, &event.policy),
        AccessEvent::PolicyUpdated(event) => add_policy_version(state, &event.policy),
        AccessEvent::PolicyDeleted(event) => {
            if let Some(history) = state.policies.get_mut(&event.policy_id) {
                history.is_deleted = true;
            }
        }
        AccessEvent::PermissionCreated(event) => state.permissions.push(event.permission.clone()),
        AccessEvent::PermissionUpdated(event) => update_permission(state, &event.permission),
        AccessEvent::PermissionDeleted(event) => {
            state.permissions.retain(|permission| permission.id != event.permission_id);
        }
        AccessEvent::RequestMade(event) => {
            state.request_order.push(event.request_id.clone());
            open_request(state, event.opened());
        }
        AccessEvent::RequestAmended(event) => open_request(state, event.opened()),
        AccessEvent::StepOpened(event) => {
            with_request(state, &event.request_id, |request| {
                request.step = event.step;
                request.asked.clone_from(&event.asked);
                request.escalated.retain(|step| *step <= event.step);
            });
            set_step_deadlines(state, &event.request_id, event.escalates_at, event.reminds_at);
        }
        AccessEvent::StepEscalated(event) => {
            let reminds_at = state.request(&event.request_id).and_then(|request| request.reminds_at);
            with_request(state, &event.request_id, |request| {
                request.escalated.push(event.step);
                request.asked.extend_from_slice(&event.asked);
                request.asked.sort();
                request.asked.dedup();
            });
            set_step_deadlines(state, &event.request_id, None, reminds_at);
        }
        AccessEvent::StepReminded(event) => set_reminder(state, &event.request_id, event.reminds_at),
        AccessEvent::RequestReviewed(event) => with_request(state, &event.request_id, |request| {
            request.add_review(event.review.clone());
        }),
        AccessEvent::ReviewVoided(event) => with_request(state, &event.request_id, |request| {
            request.void(event.step, &event.reviewer, event.reason);
        }),
        AccessEvent::StepCompleted(_) => {}
        AccessEvent::DurationEdited(event) => with_request(state, &event.request_id, |request| {
            request.duration = event.edit.after;
            request.edits.push(event.edit.clone());
        }),
        AccessEvent::RequestApproved(event) => {
            close_request(state, &event.request_id, RequestStatus::Approved, event.closing.clone());
        }
        AccessEvent::RequestRejected(event) => {
            close_request(state, &event.request_id, RequestStatus::Rejected, event.closing.clone());
        }
        AccessEvent::RequestCancelled(event) => {
            close_request(state, &event.request_id, RequestStatus::Cancelled, event.closing.clone());
        }
        AccessEvent::RequestExpired(event) => {
            let closing = Closing { at: event.at, by: Actor::Clock, origin: None, reason: None, note: None };
            close_request(state, &event.request_id, RequestStatus::Expired, closing);
        }
        AccessEvent::GrantCreated(event) => {
            let grant = &event.grant;
            with_request(state, &grant.request_id, |request| {
                request.grant_id = Some(grant.id.clone());
                if let (Origin::BreakGlass, Some(ends_at)) = (grant.origin, grant.ends_at) {
                    request.duration = AccessDuration::Temporary(Seconds::between(grant.starts_at, ends_at));
                }
                request.break_glass = event
                    .justification
                    .clone()
                    .map(|justification| BreakGlassRecord { justification, acknowledgement: None });
            });
            open_grant(state, grant);
        }
        AccessEvent::GrantEndingSoon(event) => {
            if let Some(grant) = state.grants.get_mut(&event.grant_id) {
                let done =
                    ends_soon_at(grant).map(|at| Deadline { at, due: Due::GrantEndsSoon(grant.id.clone()) });
                grant.warned = true;
                forget(&mut state.deadlines, done.into_iter());
            }
        }
        AccessEvent::GrantEnded(event) => end_grant(state, &event.grant_id, &event.end),
        AccessEvent::BreakGlassAcknowledged(event) => with_request(state, &event.request_id, |request| {
            if let Some(record) = &mut request.break_glass {
                record.acknowledgement = Some(event.acknowledgement.clone());
            }
        }),
        AccessEvent::DelegationCreated(event) => {
            let delegation = &event.delegation;
            remember(&mut state.deadlines, delegation_deadlines(delegation));
            if delegation.begun {
                state.directory.begin_delegation(delegation);
            }
            state.delegations.insert(delegation.id.clone(), delegation.clone());
        }
        AccessEvent::DelegationStarted(event) => {
            let Some(delegation) = state.delegations.get_mut(&event.delegation_id) else { return };
            forget(&mut state.deadlines, delegation_deadlines(delegation));
            delegation.begun = true;
            remember(&mut state.deadlines, delegation_deadlines(delegation));
            state.directory.begin_delegation(delegation);
        }
        AccessEvent::DelegationEnded(event) => {
            let Some(delegation) = state.delegations.get_mut(&event.delegation_id) else { return };
            forget(&mut state.deadlines, delegation_deadlines(delegation));
            if delegation.begun {
                state.directory.end_delegation(delegation);
            }
            delegation.end = Some(event.end.clone());
        }
    }
}

/// Carries a whole commit into the state.
pub fn apply_commit(state: &mut State, commit: &Commit) {
    commit.events.iter().for_each(|event| apply(state, event));
    state.version = commit.version;
    state.last_at = Some(commit.at);
}

fn add_policy_version(state: &mut State, policy: &Policy) {
    state.policies.entry(policy.id.clone()).or_default().versions.push(policy.clone());
}

fn update_permission(state: &mut State, updated: &Permission) {
    let current = state.permissions.iter_mut().find(|permission| permission.id == updated.id);
    if let Some(current) = current {
        current.clone_from(updated);
    }
}

fn with_request(state: &mut State, id: &RequestId, change: impl FnOnce(&mut AccessRequest)) {
    if let Some(request) = state.requests.get_mut(id) {
        change(request);
    }
}

/// A request that is new, or made anew under its id: then its history stays, and its reviews are void.
fn open_request(state: &mut State, mut request: AccessRequest) {
    let id = request.id.clone();
    let asked_at = state.asked_at.entry(request.content.requester.clone()).or_default();
    asked_at.retain(|&earlier| earlier > request.made_at.minus(Seconds::new(limits::REQUEST_WINDOW)));
    asked_at.push(request.made_at);
    if let Some(before) = state.requests.remove(&id) {
        forget(&mut state.deadlines, request_deadlines(&before));
        request.bundle_id = before.bundle_id;
        request.made_at = before.made_at;
        request.reviews = before.reviews;
        request.edits = before.edits;
        let standing = request.reviews.iter_mut().filter(|record| record.stands());
        standing.for_each(|record| record.standing = Standing::Amended);
    }
    remember(&mut state.deadlines, request_deadlines(&request));
    state.pending.insert(id.clone());
    state.requests.insert(id, request);
}

fn remember(deadlines: &mut BTreeSet<Deadline>, new: impl Iterator<Item = Deadline>) {
    deadlines.extend(new);
}

fn forget(deadlines: &mut BTreeSet<Deadline>, done: impl Iterator<Item = Deadline>) {
    for deadline in done {
        deadlines.remove(&deadline);
    }
}

fn request_deadlines(request: &AccessRequest) -> impl Iterator<Item = Deadline> {
    let id = || request.id.clone();
    let expires = Deadline { at: request.expires_at, due: Due::RequestExpires(id()) };
    let escalates = request.escalates_at.map(|at| Deadline { at, due: Due::StepEscalates(id()) });
    let reminds = request.reminds_at.map(|at| Deadline { at, due: Due::StepReminds(id()) });
    [Some(expires), escalates, reminds].into_iter().flatten()
}

fn set_step_deadlines(
    state: &mut State,
    id: &RequestId,
    escalates_at: Option<Timestamp>,
    reminds_at: Option<Timestamp>,
) {
    let Some(request) = state.requests.get_mut(id) else { return };
    forget(&mut state.deadlines, request_deadlines(request));
    request.escalates_at = escalates_at;
    request.reminds_at = reminds_at;
    remember(&mut state.deadlines, request_deadlines(request));
}

/// When approvers of the open step will next be reminded.
pub(crate) fn set_reminder(state: &mut State, id: &RequestId, at: Option<Timestamp>) {
    let escalates_at = state.request(id).and_then(|request| request.escalates_at);
    set_step_deadlines(state, id, escalates_at, at);
}

fn delegation_deadlines(delegation: &Delegation) -> impl Iterator<Item = Deadline> {
    let starts = Deadline { at: delegation.starts_at, due: Due::DelegationStarts(delegation.id.clone()) };
    let ends = Deadline { at: delegation.ends_at, due: Due::DelegationEnds(delegation.id.clone()) };
    [Some(starts).filter(|_| !delegation.begun), Some(ends)].into_iter().flatten()
}

fn close_request(state: &mut State, id: &RequestId, status: RequestStatus, closing: Closing) {
    let Some(request) = state.requests.get_mut(id) else { return };
    forget(&mut state.deadlines, request_deadlines(request));
    request.escalates_at = None;
    request.reminds_at = None;
    request.status = status;
    request.closing = Some(closing);
    state.pending.remove(id);
}

fn open_grant(state: &mut State, grant: &Grant) {
    state.grant_order.push(grant.id.clone());
    state.open_grants.entry(grant.holder.clone()).or_default().insert(grant.id.clone());
    remember(&mut state.deadlines, grant_deadlines(grant));
    state.grants.insert(grant.id.clone(), grant.clone());
}

fn end_grant(state: &mut State, id: &GrantId, end: &GrantEnd) {
    let Some(grant) = state.grants.get_mut(id) else { return };
    grant.end = Some(end.clone());
    forget(&mut state.deadlines, grant_deadlines(grant));
    if let Some(open) = state.open_grants.get_mut(&grant.holder) {
        open.remove(id);
        if open.is_empty() {
            state.open_grants.remove(&grant.holder);
        }
    }
}

fn grant_deadlines(grant: &Grant) -> impl Iterator<Item = Deadline> {
    let ends = grant.ends_at.map(|at| Deadline { at, due: Due::GrantEnds(grant.id.clone()) });
    let soon = ends_soon_at(grant).map(|at| Deadline { at, due: Due::GrantEndsSoon(grant.id.clone()) });
    ends.into_iter().chain(soon)
}
