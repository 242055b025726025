use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::checks::acting_administrator;
use super::consequences::delegations::delegation_ended;
use super::consequences::grants::{add_once, ended_with_renewals, grant_ended};
use super::consequences::permissions::without_removed;
use super::consequences::requests::request_cancelled;
use super::consequences::reviews::recheck_reviews;
use super::directory::carry_out;
use crate::delegations::{Delegation, DelegationEndReason};
use crate::events::{AccessEvent, changed_principals};
use crate::grants::{self, EndReason};
use crate::people::{Actor, Group, Principal, Subject};
use crate::policies::may_ask;
use crate::refusal::Refusal;
use crate::requests::{CancelReason, Review, ReviewStatus};
use crate::state::State;
use crate::values::{GrantStatus, GroupId, SubjectId, Timestamp};

/// Changes of the directory, in order, accepted or refused whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SyncDirectory {
    /// The changes.
    pub changes: Vec<DirectoryChange>,
}

/// One change of the directory: an object with one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum DirectoryChange {
    /// Adds or replaces a whole subject.
    UpsertSubject(Subject),
    /// Adds or replaces a whole group.
    UpsertGroup(Group),
    /// Adds members to a group.
    AddMembers(GroupMembers),
    /// Takes members out of a group.
    RemoveMembers(GroupMembers),
    /// Removes a subject, which stays known as disabled and leaves every group.
    RemoveSubject(SubjectId),
    /// Removes a group.
    RemoveGroup(GroupId),
}

/// Some members of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupMembers {
    /// Which group.
    pub group_id: GroupId,
    /// The members, direct ones.
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub members: BTreeSet<Principal>,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &SyncDirectory,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    let before = state.directory();
    let mut after = before.clone();
    let mut events = Vec::new();
    // Also whoever is enabled again further on: that restores nothing.
    let mut disabled = BTreeSet::default();
    for change in &command.changes {
        events.extend(carry_out(&mut after, change, state.next_version())?);
        disabled.extend(subject_of(change).filter(|id| before.is_active(id) && !after.is_active(id)));
    }
    if after.active_administrators().next().is_none() {
        return Err(Refusal::LastAdministrator);
    }
    let is_disabled = |id: &SubjectId| disabled.contains(id);
    let mut left = state.delegations().clone();
    for delegation in state.delegations().open() {
        let Delegation { id, delegator, delegate, .. } = delegation;
        let reason = if is_disabled(delegator) || is_disabled(delegate) {
            DelegationEndReason::SubjectDisabled
        } else if after.is_same_person(delegator, delegate) {
            DelegationEndReason::SamePerson
        } else {
            continue;
        };
        left.stop(id);
        events.push(delegation_ended(delegation, now, actor, reason));
    }
    // Whoever was disabled on the way may not review any more, even if enabled since.
    let lost = |review: &Review| {
        (is_disabled(&review.reviewer) || is_disabled(review.voice())).then_some(ReviewStatus::NotEligible)
    };
    for request in state.concerned_by(&after, &changed_principals(&events)) {
        let policy = state.policy_of(request)?;
        let requester = &request.content.requester;
        let reason = if is_disabled(requester) {
            CancelReason::RequesterDisabled
        } else if !may_ask(&after, policy, requester) {
            CancelReason::ConditionNotMet
        } else {
            events.extend(recheck_reviews(&after, &left, lost, policy, request, now));
            continue;
        };
        events.push(request_cancelled(request, now, actor, reason, None));
    }
    let held = disabled.iter().flat_map(|holder| state.grants().open_of(holder));
    events.extend(held.map(|grant| grant_ended(grant, now, actor, EndReason::SubjectDisabled, None)));
    let unmet = state.grants().begun_later().filter(|grant| {
        let policy = state.policies().version(&grant.policy_id, grant.policy_version);
        grants::status(grant, now) == GrantStatus::Scheduled
            && !is_disabled(&grant.holder)
            && policy.is_some_and(|policy| !may_ask(&after, policy, &grant.holder))
    });
    let ended = ended_with_renewals(state, unmet, now, actor, EndReason::ConditionNotMet, None);
    add_once(&mut events, ended);
    events.extend(without_removed(state, &command.changes));
    Ok(events)
}

fn subject_of(change: &DirectoryChange) -> Option<&SubjectId> {
    match change {
        DirectoryChange::UpsertSubject(subject) => Some(&subject.id),
        DirectoryChange::RemoveSubject(id) => Some(id),
        DirectoryChange::UpsertGroup(_)
        | DirectoryChange::AddMembers(_)
        | DirectoryChange::RemoveMembers(_)
        | DirectoryChange::RemoveGroup(_) => None,
    }
}
