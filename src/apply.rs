//! One event into the state. Cannot fail and decides nothing: what an event says, holds.

use crate::model::{
    AccessDuration, AccessEvent, AccessRequest, Actor, BreakGlassRecord, Closing, Commit, Origin, RequestId,
    RequestStatus, Seconds, Standing,
};
use crate::state::State;

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
        AccessEvent::PolicyCreated(event) => state.policies.save(event.policy.clone()),
        AccessEvent::PolicyUpdated(event) => state.policies.save(event.policy.clone()),
        AccessEvent::PolicyDeleted(event) => state.policies.delete(&event.policy_id),
        AccessEvent::PermissionCreated(event) => state.permissions.save(event.permission.clone()),
        AccessEvent::PermissionUpdated(event) => state.permissions.save(event.permission.clone()),
        AccessEvent::PermissionDeleted(event) => state.permissions.delete(&event.permission_id),
        AccessEvent::RequestMade(event) => state.open_request(event.opened(), event.at),
        AccessEvent::RequestAmended(event) => {
            if let Some(before) = state.requests().get(&event.request_id).cloned() {
                state.open_request(amended(before, event.opened()), event.at);
            }
        }
        AccessEvent::StepOpened(event) => state.change_request(&event.request_id, |request| {
            request.step = event.step;
            request.asked.clone_from(&event.asked);
            request.escalated.retain(|step| *step <= event.step);
            request.escalates_at = event.escalates_at;
            request.reminds_at = event.reminds_at;
        }),
        AccessEvent::StepEscalated(event) => state.change_request(&event.request_id, |request| {
            request.escalated.push(event.step);
            request.asked.extend_from_slice(&event.asked);
            request.asked.sort();
            request.asked.dedup();
            request.escalates_at = None;
        }),
        AccessEvent::StepReminded(event) => {
            state.change_request(&event.request_id, |request| request.reminds_at = event.reminds_at);
        }
        AccessEvent::RequestReviewed(event) => state.change_request(&event.request_id, |request| {
            request.add_review(event.review.clone());
        }),
        AccessEvent::ReviewVoided(event) => state.change_request(&event.request_id, |request| {
            request.void(event.step, &event.reviewer, event.reason);
        }),
        AccessEvent::StepCompleted(_) => {}
        AccessEvent::DurationEdited(event) => state.change_request(&event.request_id, |request| {
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
            state.change_request(&grant.request_id, |request| {
                request.grant_id = Some(grant.id.clone());
                if let (Origin::BreakGlass, Some(ends_at)) = (grant.origin, grant.ends_at) {
                    request.duration = AccessDuration::Temporary(Seconds::between(grant.starts_at, ends_at));
                }
                request.break_glass = event
                    .justification
                    .clone()
                    .map(|justification| BreakGlassRecord { justification, acknowledgement: None });
            });
            state.add_grant(grant.clone());
        }
        AccessEvent::GrantEndingSoon(event) => {
            state.change_grant(&event.grant_id, |grant| grant.warned = true);
        }
        AccessEvent::GrantEnded(event) => {
            state.change_grant(&event.grant_id, |grant| grant.end = Some(event.end.clone()));
        }
        AccessEvent::BreakGlassAcknowledged(event) => state.change_request(&event.request_id, |request| {
            if let Some(record) = &mut request.break_glass {
                record.acknowledgement = Some(event.acknowledgement.clone());
            }
        }),
        AccessEvent::DelegationCreated(event) => state.add_delegation(event.delegation.clone()),
        AccessEvent::DelegationStarted(event) => {
            state.change_delegation(&event.delegation_id, |delegation| delegation.begun = true);
        }
        AccessEvent::DelegationEnded(event) => {
            state.change_delegation(&event.delegation_id, |delegation| {
                delegation.end = Some(event.end.clone())
            });
        }
    }
}

/// Carries a whole commit into the state.
pub fn apply_commit(state: &mut State, commit: &Commit) {
    commit.events.iter().for_each(|event| apply(state, event));
    state.version = commit.version;
    state.last_at = Some(commit.at);
}

/// A request made anew under its id keeps its history, and its reviews are void.
fn amended(before: AccessRequest, mut request: AccessRequest) -> AccessRequest {
    request.bundle_id = before.bundle_id;
    request.made_at = before.made_at;
    request.reviews = before.reviews;
    request.edits = before.edits;
    let standing = request.reviews.iter_mut().filter(|record| record.stands());
    standing.for_each(|record| record.standing = Standing::Amended);
    request
}

fn close_request(state: &mut State, id: &RequestId, status: RequestStatus, closing: Closing) {
    state.change_request(id, |request| {
        request.escalates_at = None;
        request.reminds_at = None;
        request.status = status;
        request.closing = Some(closing);
    });
}
