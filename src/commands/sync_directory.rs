use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::checks::acting_administrator;
use super::consequences::delegations::delegation_ended;
use super::consequences::grants::grant_ended;
use super::consequences::permissions::without_removed;
use super::consequences::requests::request_cancelled;
use super::consequences::reviews::recheck_reviews;
use crate::delegations::DelegationEndReason;
use crate::events::{AccessEvent, GroupRemoved, GroupUpserted, SubjectRemoved, SubjectUpserted};
use crate::grants::EndReason;
use crate::limits;
use crate::people::{Actor, Directory, Group, Principal, Subject};
use crate::refusal::Refusal;
use crate::requests::{CancelReason, Review, ReviewStatus};
use crate::state::State;
use crate::values::{GroupId, Invalid, InvalidKind, SubjectId, Timestamp};

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
    /// Removes a subject, which stays known as disabled and leaves every group.
    RemoveSubject(SubjectId),
    /// Removes a group.
    RemoveGroup(GroupId),
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
        events.extend(changed(&mut after, change)?);
        disabled.extend(subject_of(change).filter(|id| before.is_active(id) && !after.is_active(id)));
    }
    if after.active_administrators().next().is_none() {
        return Err(Refusal::LastAdministrator);
    }
    let is_disabled = |id: &SubjectId| disabled.contains(id);
    let mut left = state.delegations().clone();
    let delegations = state.delegations().open();
    for delegation in delegations.filter(|it| is_disabled(&it.delegator) || is_disabled(&it.delegate)) {
        left.stop(&delegation.id);
        events.push(delegation_ended(delegation, now, actor, DelegationEndReason::SubjectDisabled));
    }
    // Whoever was disabled on the way may not review any more, even if enabled since.
    let lost = |review: &Review| {
        (is_disabled(&review.reviewer) || is_disabled(review.voice())).then_some(ReviewStatus::NotEligible)
    };
    for request in state.requests().pending() {
        if disabled.contains(&request.content.requester) {
            events.push(request_cancelled(request, now, actor, CancelReason::RequesterDisabled, None));
        } else {
            let terms = &state.policy_of(request)?.terms;
            events.extend(recheck_reviews(&after, &left, lost, terms, request, now));
        }
    }
    for grant in state.grants().open().filter(|grant| disabled.contains(&grant.holder)) {
        events.push(grant_ended(grant, now, actor, EndReason::SubjectDisabled, None));
    }
    events.extend(without_removed(state, &command.changes));
    Ok(events)
}

fn subject_of(change: &DirectoryChange) -> Option<&SubjectId> {
    match change {
        DirectoryChange::UpsertSubject(subject) => Some(&subject.id),
        DirectoryChange::RemoveSubject(id) => Some(id),
        DirectoryChange::UpsertGroup(_) | DirectoryChange::RemoveGroup(_) => None,
    }
}

/// Carries out one change, unless it would change nothing.
fn changed(directory: &mut Directory, change: &DirectoryChange) -> Result<Option<AccessEvent>, Refusal> {
    match change {
        DirectoryChange::UpsertSubject(subject) => {
            if directory.subject(&subject.id) == Some(subject) {
                return Ok(None);
            }
            let is_new = directory.subject(&subject.id).is_none();
            check_limit(
                is_new && directory.subject_count() >= limits::SUBJECTS,
                "subjects",
                limits::SUBJECTS,
            )?;
            directory.upsert_subject(subject.clone());
            Ok(Some(AccessEvent::SubjectUpserted(SubjectUpserted { subject: subject.clone() })))
        }
        DirectoryChange::UpsertGroup(group) => {
            if directory.group(&group.id) == Some(group) {
                return Ok(None);
            }
            check_group(directory, group)?;
            directory.upsert_group(group.clone());
            Ok(Some(AccessEvent::GroupUpserted(GroupUpserted { group: group.clone() })))
        }
        DirectoryChange::RemoveSubject(id) => {
            let Some(subject) = directory.subject(id) else {
                return Err(Refusal::UnknownSubject { subject_id: id.clone() });
            };
            let is_somewhere = !directory.groups_around(&Principal::Subject { id: id.clone() }).is_empty();
            if subject.disabled && !is_somewhere && !directory.administrators().contains(id) {
                return Ok(None);
            }
            directory.remove_subject(id);
            Ok(Some(AccessEvent::SubjectRemoved(SubjectRemoved { subject_id: id.clone() })))
        }
        DirectoryChange::RemoveGroup(id) => {
            if directory.group(id).is_none() {
                return Err(Refusal::UnknownGroup { group_id: id.clone() });
            }
            directory.remove_group(id);
            Ok(Some(AccessEvent::GroupRemoved(GroupRemoved { group_id: id.clone() })))
        }
    }
}

fn check_group(directory: &Directory, group: &Group) -> Result<(), Refusal> {
    let is_new = directory.group(&group.id).is_none();
    check_limit(is_new && directory.group_count() >= limits::GROUPS, "groups", limits::GROUPS)?;
    let around = directory.groups_around(&Principal::Group { id: group.id.clone() });
    for member in &group.members {
        match member {
            Principal::Group { id } if *id == group.id || around.contains(id) => {
                return Err(Refusal::GroupCycle { group_id: group.id.clone() });
            }
            Principal::Group { id } if directory.group(id).is_none() => {
                return Err(Refusal::UnknownGroup { group_id: id.clone() });
            }
            Principal::Subject { id } if directory.subject(id).is_none() => {
                return Err(Refusal::UnknownSubject { subject_id: id.clone() });
            }
            Principal::Group { .. } | Principal::Subject { .. } => {}
        }
    }
    let below = directory.depth(&group.members, limits::GROUP_LEVELS);
    let above = directory.height(&group.id, limits::GROUP_LEVELS);
    let levels = below.zip(above).and_then(|(below, above)| below.checked_add(above)?.checked_add(1));
    let is_too_deep = levels.is_none_or(|levels| levels > limits::GROUP_LEVELS);
    check_limit(is_too_deep, "levels of groups", limits::GROUP_LEVELS)
}

fn check_limit(is_over: bool, what: &str, most: usize) -> Result<(), Refusal> {
    if !is_over {
        return Ok(());
    }
    let problem = format!("there would be more than {most} {what}");
    Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)))
}
