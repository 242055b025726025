//! The same state, as the events of the record tell it, without a judgement of them (`record.replay`).

use access_engine::events::{AccessEvent, GrantCreated};
use access_engine::people::Principal;
use access_engine::permissions::Permission;
use access_engine::policies::Policy;
use access_engine::record::Commit;
use access_engine::requests::{AccessRequest, BreakGlassRecord, GrantOrigin, RequestContent, ReviewStatus};
use access_engine::values::{RequestStatus, Timestamp};

use super::access::area_of_grant;
use super::policies::governed_elsewhere;
use super::resources::{Area, area_of};
use super::state::{Given, Ruled, State, Terms};
use super::{amending, archive, delegations, erasure, people, permissions, requests, reviews};

/// The events of a commit, each with its time: what a tick finds due has its own, and what follows from it the same.
pub(crate) fn timed(commit: &Commit) -> impl Iterator<Item = (&AccessEvent, Timestamp)> {
    let mut at = commit.at;
    commit.events.iter().map(move |event| {
        at = event.due_at().unwrap_or(at);
        (event, at)
    })
}

/// The state that a record tells of. Keys are not in it: the record keeps only the hashes of their commands.
pub(crate) fn replay<'a>(log: impl Iterator<Item = &'a Commit>) -> State {
    let mut state = State::default();
    for commit in log {
        timed(commit).for_each(|(event, _)| fold(&mut state, event));
        end_of_commit(&mut state, commit);
    }
    state
}

/// All events of a commit have been carried into the state.
pub(crate) fn end_of_commit(state: &mut State, commit: &Commit) {
    (state.version, state.last) = (commit.version, Some(commit.at));
}

/// Carries one event of the next commit into the state.
pub(crate) fn fold(state: &mut State, event: &AccessEvent) {
    let commit = state.version + 1;
    match event {
        AccessEvent::ProjectCreated(event) => {
            state.people = people::founded(&event.administrators);
            state.is_made = true;
        }
        AccessEvent::SubjectUpserted(event) => people::put(&mut state.people, &event.subject, commit),
        AccessEvent::SubjectRemoved(event) => {
            people::remove_subject(&mut state.people, &event.subject_id);
            permissions::unname(state, &Principal::from(&event.subject_id));
            state.forget(&event.subject_id);
        }
        AccessEvent::GroupUpserted(event) => people::put_group(&mut state.people, &event.group, commit),
        AccessEvent::GroupRenamed(event) => {
            people::group_mut(&mut state.people, &event.group_id).name = event.name.clone();
        }
        AccessEvent::MembersAdded(event) => {
            people::group_mut(&mut state.people, &event.group_id).members.extend(event.members.clone());
        }
        AccessEvent::MembersRemoved(event) => {
            let members = &mut people::group_mut(&mut state.people, &event.group_id).members;
            members.retain(|member| !event.members.contains(member));
        }
        AccessEvent::GroupRemoved(event) => {
            people::remove_group(&mut state.people, &event.group_id);
            permissions::unname(state, &Principal::from(&event.group_id));
        }
        AccessEvent::SubjectErased(event) => erasure::put(state, &event.subject_id, event.up_to),
        AccessEvent::AdministratorsSet(event) => {
            state.people.administrators.clone_from(&event.administrators)
        }
        AccessEvent::PolicyCreated(event) => create_policy(state, &event.policy),
        AccessEvent::PolicyUpdated(event) => {
            state.policy_mut(&event.policy.id).versions.push(Some(terms_of(&event.policy)));
        }
        AccessEvent::PolicyDeleted(event) => state.policy_mut(&event.policy_id).is_live = false,
        AccessEvent::PermissionCreated(event) => put_permission(state, &event.permission),
        AccessEvent::PermissionUpdated(event) => put_permission(state, &event.permission),
        AccessEvent::PermissionDeleted(event) => {
            state.permissions.retain(|known| known.permission.id != event.permission_id);
        }
        AccessEvent::RequestsArchived(event) => archive::leave(state, &event.request_ids, event.at),
        AccessEvent::DelegationCreated(event) => delegations::put(state, &event.delegation),
        AccessEvent::DelegationStarted(event) => state.delegation_mut(&event.delegation_id).begun = true,
        AccessEvent::DelegationEnded(event) => {
            state.delegation_mut(&event.delegation_id).end = Some(event.end.clone());
        }
        AccessEvent::RequestMade(event) => {
            let left_out = left_out(state, &event.content);
            requests::put(state, event, left_out);
        }
        AccessEvent::RequestAmended(event) => {
            let left_out = left_out(state, &event.content);
            amending::start_over(state, event, left_out);
        }
        AccessEvent::GrantCreated(event) => create_grant(state, event),
        AccessEvent::GrantEndingSoon(event) => state.grant_mut(&event.grant_id).warned = true,
        AccessEvent::GrantEnded(event) => state.grant_mut(&event.grant_id).end = Some(event.end.clone()),
        AccessEvent::RequestReviewed(event) => reviews::put(state, &event.request_id, &event.review),
        AccessEvent::StepOpened(event) => {
            let request = state.request_mut(&event.request_id);
            request.step = event.step;
            request.asked.clone_from(&event.asked);
            (request.reminds_at, request.escalates_at) = (event.reminds_at, event.escalates_at);
            request.escalated.retain(|escalated| *escalated <= event.step);
        }
        AccessEvent::StepEscalated(event) => {
            let request = state.request_mut(&event.request_id);
            request.escalates_at = None;
            request.escalated.push(event.step);
            request.asked = people::sorted([request.asked.clone(), event.asked.clone()].concat());
        }
        event => {
            let id = event.about().request_id.expect("all others are about a request");
            fold_into_request(state.request_mut(id), event);
        }
    }
}

fn fold_into_request(request: &mut AccessRequest, event: &AccessEvent) {
    match event {
        AccessEvent::StepReminded(event) => request.reminds_at = event.reminds_at,
        AccessEvent::StepCompleted(_) => {}
        AccessEvent::ReviewVoided(event) => {
            let meant = request.reviews.iter_mut().find(|record| {
                let review = &record.review;
                record.standing == ReviewStatus::Standing
                    && review.step == event.step
                    && review.reviewer == event.reviewer
            });
            meant.into_iter().for_each(|record| record.standing = event.reason);
        }
        AccessEvent::DurationEdited(event) => {
            request.duration = event.edit.after;
            request.edits.push(event.edit.clone());
        }
        AccessEvent::RequestApproved(event) => {
            requests::end(request, RequestStatus::Approved, event.closing.clone());
        }
        AccessEvent::RequestRejected(event) => {
            requests::end(request, RequestStatus::Rejected, event.closing.clone());
        }
        AccessEvent::RequestCancelled(event) => {
            requests::end(request, RequestStatus::Cancelled, event.closing.clone());
        }
        AccessEvent::RequestExpired(event) => requests::expire(request, event.at),
        AccessEvent::BreakGlassAcknowledged(event) => {
            let record = request.break_glass.as_mut().expect("the glass is broken");
            record.acknowledgement = Some(event.acknowledgement.clone());
        }
        event => panic!("nobody knows what to do with {event:?}"),
    }
}

fn terms_of(policy: &Policy) -> Terms {
    Terms::new(&policy.terms, policy.stated)
}

fn create_policy(state: &mut State, policy: &Policy) {
    let versions = vec![Some(terms_of(policy))];
    state.policies.push(Ruled { id: policy.id.clone(), versions, is_live: true });
}

fn put_permission(state: &mut State, permission: &Permission) {
    let new = permissions::permitted(permission.clone());
    match state.permissions.iter_mut().find(|known| known.permission.id == permission.id) {
        Some(known) => *known = new,
        None => state.permissions.push(new),
    }
}

/// What others than its policy govern of what is asked for.
fn left_out(state: &State, content: &RequestContent) -> Area {
    let area = area_of(&content.target, &content.actions);
    governed_elsewhere(state, &content.policy_id, content.policy_version, &content.target.kind, area)
}

fn create_grant(state: &mut State, event: &GrantCreated) {
    let grant = event.grant.clone();
    let mut given = Given { left_out: state.asked(&grant.request_id).left_out, grant };
    if given.grant.origin == GrantOrigin::BreakGlass {
        let (grant, area) = (&given.grant, area_of_grant(&given));
        let kind = &grant.target.kind;
        let elsewhere = governed_elsewhere(state, &grant.policy_id, grant.policy_version, kind, area);
        given.left_out = given.left_out.or(elsewhere);
    }
    if given.grant.origin == GrantOrigin::BreakGlass {
        let justification = event.justification.clone().expect("who breaks the glass says why");
        let record = BreakGlassRecord { justification, acknowledgement: None };
        state.request_mut(&given.grant.request_id).break_glass = Some(record.into());
    }
    requests::put_grant(state, given.grant, given.left_out, event.at);
}
