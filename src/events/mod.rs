//! What can happen, a file for each subject: what an event says, and what it makes of the state.
//!
//! Applying cannot fail and decides nothing: what an event says, holds.

mod delegations;
mod directory;
mod grants;
mod permissions;
mod policies;
mod requests;
mod reviews;
mod steps;

use serde::{Deserialize, Serialize};

use crate::people::Actor;
use crate::requests::{AccessRequest, BreakGlassRecord, Closing, Origin, Standing};
use crate::state::State;
use crate::values::{
    AccessDuration, BundleId, DelegationId, GrantId, PermissionId, PolicyId, RequestId, RequestStatus,
    Seconds, Timestamp,
};

pub use self::delegations::{DelegationCreated, DelegationEnded, DelegationStarted};
pub use self::directory::{
    AdministratorsSet, GroupRemoved, GroupUpserted, ProjectCreated, SubjectRemoved, SubjectUpserted,
};
pub use self::grants::{BreakGlassAcknowledged, GrantCreated, GrantEnded, GrantEndingSoon};
pub use self::permissions::{PermissionCreated, PermissionDeleted, PermissionUpdated};
pub use self::policies::{PolicyCreated, PolicyDeleted, PolicyUpdated};
pub use self::requests::{
    DurationEdited, RequestAmended, RequestApproved, RequestCancelled, RequestExpired, RequestMade,
    RequestRejected,
};
pub use self::reviews::{RequestReviewed, ReviewVoided};
pub use self::steps::{StepCompleted, StepEscalated, StepOpened, StepReminded};

/// Something that happened, for ever. State is what the events say, folded in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum AccessEvent {
    /// The project was made.
    ProjectCreated(ProjectCreated),
    /// A subject was added or replaced.
    SubjectUpserted(SubjectUpserted),
    /// A subject was removed: it stays known as disabled and is in no group.
    SubjectRemoved(SubjectRemoved),
    /// A group was added or replaced.
    GroupUpserted(GroupUpserted),
    /// A group was removed.
    GroupRemoved(GroupRemoved),
    /// The administrators were named.
    AdministratorsSet(AdministratorsSet),
    /// A policy was made.
    PolicyCreated(PolicyCreated),
    /// A policy got its next version.
    PolicyUpdated(PolicyUpdated),
    /// A policy was deleted; its versions stay known.
    PolicyDeleted(PolicyDeleted),
    /// A standing permission was made.
    PermissionCreated(PermissionCreated),
    /// A standing permission got its next version.
    PermissionUpdated(PermissionUpdated),
    /// A standing permission was deleted.
    PermissionDeleted(PermissionDeleted),
    /// A request was made.
    RequestMade(RequestMade),
    /// A request was made anew under its id; its reviews became void.
    RequestAmended(RequestAmended),
    /// A step of a request opened, or opened again.
    StepOpened(StepOpened),
    /// A review was given.
    RequestReviewed(RequestReviewed),
    /// A review stopped counting.
    ReviewVoided(ReviewVoided),
    /// Every quorum of a step was met, by a review.
    StepCompleted(StepCompleted),
    /// The duration was shortened.
    DurationEdited(DurationEdited),
    /// A request was approved, by its approvers or by breaking the glass.
    RequestApproved(RequestApproved),
    /// A request was rejected.
    RequestRejected(RequestRejected),
    /// A request was cancelled.
    RequestCancelled(RequestCancelled),
    /// A request was not decided in time.
    RequestExpired(RequestExpired),
    /// Access was given.
    GrantCreated(GrantCreated),
    /// Access is about to end.
    GrantEndingSoon(GrantEndingSoon),
    /// Access ended.
    GrantEnded(GrantEnded),
    /// A break-glass access was looked at.
    BreakGlassAcknowledged(BreakGlassAcknowledged),
    /// Further approvers were called to an open step.
    StepEscalated(StepEscalated),
    /// Approvers were reminded of an open step.
    StepReminded(StepReminded),
    /// A delegation was made.
    DelegationCreated(DelegationCreated),
    /// A delegation that was to begin later began.
    DelegationStarted(DelegationStarted),
    /// A delegation ended.
    DelegationEnded(DelegationEnded),
}

impl AccessEvent {
    /// The request it is about, if it is about one.
    pub fn request_id(&self) -> Option<&RequestId> {
        match self {
            Self::RequestMade(event) => Some(&event.request_id),
            Self::RequestAmended(event) => Some(&event.request_id),
            Self::StepOpened(event) => Some(&event.request_id),
            Self::RequestReviewed(event) => Some(&event.request_id),
            Self::ReviewVoided(event) => Some(&event.request_id),
            Self::StepCompleted(event) => Some(&event.request_id),
            Self::DurationEdited(event) => Some(&event.request_id),
            Self::RequestApproved(event) => Some(&event.request_id),
            Self::RequestRejected(event) => Some(&event.request_id),
            Self::RequestCancelled(event) => Some(&event.request_id),
            Self::RequestExpired(event) => Some(&event.request_id),
            Self::GrantCreated(event) => Some(&event.grant.request_id),
            Self::BreakGlassAcknowledged(event) => Some(&event.request_id),
            Self::StepEscalated(event) => Some(&event.request_id),
            Self::StepReminded(event) => Some(&event.request_id),
            Self::ProjectCreated(_)
            | Self::SubjectUpserted(_)
            | Self::SubjectRemoved(_)
            | Self::GroupUpserted(_)
            | Self::GroupRemoved(_)
            | Self::AdministratorsSet(_)
            | Self::PolicyCreated(_)
            | Self::PolicyUpdated(_)
            | Self::PolicyDeleted(_)
            | Self::PermissionCreated(_)
            | Self::PermissionUpdated(_)
            | Self::PermissionDeleted(_)
            | Self::GrantEndingSoon(_)
            | Self::GrantEnded(_)
            | Self::DelegationCreated(_)
            | Self::DelegationStarted(_)
            | Self::DelegationEnded(_) => None,
        }
    }

    /// The grant it is about, if it is about one.
    pub fn grant_id(&self) -> Option<&GrantId> {
        match self {
            Self::GrantCreated(event) => Some(&event.grant.id),
            Self::GrantEndingSoon(event) => Some(&event.grant_id),
            Self::GrantEnded(event) => Some(&event.grant_id),
            _ => None,
        }
    }

    /// The bundle it is about, if it asks for one.
    pub fn bundle_id(&self) -> Option<&BundleId> {
        match self {
            Self::RequestMade(event) => event.bundle_id.as_ref(),
            _ => None,
        }
    }

    /// The delegation it is about, if it is about one.
    pub fn delegation_id(&self) -> Option<&DelegationId> {
        match self {
            Self::DelegationCreated(event) => Some(&event.delegation.id),
            Self::DelegationStarted(event) => Some(&event.delegation_id),
            Self::DelegationEnded(event) => Some(&event.delegation_id),
            _ => None,
        }
    }

    /// The policy it is about, if it is about one.
    pub fn policy_id(&self) -> Option<&PolicyId> {
        match self {
            Self::PolicyCreated(event) => Some(&event.policy.id),
            Self::PolicyUpdated(event) => Some(&event.policy.id),
            Self::PolicyDeleted(event) => Some(&event.policy_id),
            _ => None,
        }
    }

    /// The standing permission it is about, if it is about one.
    pub fn permission_id(&self) -> Option<&PermissionId> {
        match self {
            Self::PermissionCreated(event) => Some(&event.permission.id),
            Self::PermissionUpdated(event) => Some(&event.permission.id),
            Self::PermissionDeleted(event) => Some(&event.permission_id),
            _ => None,
        }
    }

    /// When it happened, where that may differ from the time of its commit: what a tick finds due.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self {
            Self::RequestExpired(event) => Some(event.at),
            Self::GrantEndingSoon(event) => Some(event.at),
            Self::GrantEnded(event) => Some(event.end.at),
            Self::StepEscalated(event) => Some(event.at),
            Self::StepReminded(event) => Some(event.at),
            Self::DelegationStarted(event) => Some(event.at),
            Self::DelegationEnded(event) => Some(event.end.at),
            _ => None,
        }
    }
}

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
