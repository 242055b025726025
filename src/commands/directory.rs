//! One change of the directory: what is refused of it, and what it comes to. The record keeps what is otherwise than
//! before, never a whole group again.

use std::collections::BTreeSet;

use super::sync_directory::{DirectoryChange, GroupMembers};
use crate::events::{
    AccessEvent, GroupRemoved, GroupRenamed, GroupUpserted, MembersAdded, MembersRemoved, SubjectRemoved,
    SubjectUpserted,
};
use crate::limits;
use crate::people::{Directory, Group, KnownSubject, Principal, Subject};
use crate::policies::check_known;
use crate::refusal::Refusal;
use crate::values::{GroupId, Invalid, InvalidKind};

/// Carries out one change in that commit. No events where it changes nothing.
pub(super) fn carry_out(
    directory: &mut Directory,
    change: &DirectoryChange,
    version: u64,
) -> Result<Vec<AccessEvent>, Refusal> {
    match change {
        DirectoryChange::UpsertSubject(subject) => upsert_subject(directory, subject, version),
        DirectoryChange::RemoveSubject(id) => {
            check_known(directory, &id.into())?;
            directory.remove_subject(id);
            Ok(vec![AccessEvent::SubjectRemoved(SubjectRemoved { subject_id: id.clone() })])
        }
        DirectoryChange::UpsertGroup(group) => upsert_group(directory, group, version),
        DirectoryChange::AddMembers(GroupMembers { group_id, members }) => {
            check_known(directory, &group_id.into())?;
            add_members(directory, group_id, members)
        }
        DirectoryChange::RemoveMembers(GroupMembers { group_id, members }) => {
            check_known(directory, &group_id.into())?;
            members.iter().try_for_each(|member| check_known(directory, member))?;
            Ok(remove_members(directory, group_id, members))
        }
        DirectoryChange::RemoveGroup(id) => {
            check_known(directory, &id.into())?;
            directory.remove_group(id);
            Ok(vec![AccessEvent::GroupRemoved(GroupRemoved { group_id: id.clone() })])
        }
    }
}

fn upsert_subject(
    directory: &mut Directory,
    subject: &Subject,
    version: u64,
) -> Result<Vec<AccessEvent>, Refusal> {
    // Whoever has the manager's id next is not this one's manager.
    let manager = subject.manager.clone().filter(|manager| !directory.is_removed(&manager.into()));
    let subject = KnownSubject { manager, ..subject.clone().into() };
    let before = directory.subject(&subject.id);
    if directory.knows(&(&subject.id).into()) && before == Some(&subject) {
        return Ok(Vec::new());
    }
    let is_too_many = before.is_none() && directory.subject_count() >= limits::SUBJECTS;
    check_limit(is_too_many, "subjects", limits::SUBJECTS)?;
    directory.upsert_subject(subject.clone(), version);
    Ok(vec![AccessEvent::SubjectUpserted(SubjectUpserted { subject })])
}

fn upsert_group(directory: &mut Directory, group: &Group, version: u64) -> Result<Vec<AccessEvent>, Refusal> {
    let Some(before) = directory.group(&group.id).cloned() else {
        check_limit(directory.group_count() >= limits::GROUPS, "groups", limits::GROUPS)?;
        check_members(directory, &group.id, &group.members)?;
        directory.upsert_group(group, version);
        return Ok(vec![AccessEvent::GroupUpserted(GroupUpserted { group: group.clone() })]);
    };
    let mut events = Vec::new();
    if group.name != before.name {
        directory.rename_group(&group.id, &group.name);
        let (group_id, name) = (group.id.clone(), group.name.clone());
        events.push(AccessEvent::GroupRenamed(GroupRenamed { group_id, name }));
    }
    let gone = before.members().filter(|member| !group.members.contains(member)).cloned().collect();
    events.extend(remove_members(directory, &group.id, &gone));
    events.extend(add_members(directory, &group.id, &group.members)?);
    Ok(events)
}

fn add_members(
    directory: &mut Directory,
    id: &GroupId,
    members: &BTreeSet<Principal>,
) -> Result<Vec<AccessEvent>, Refusal> {
    check_members(directory, id, members)?;
    let is_new = |member: &&Principal| !directory.is_member(member, id);
    let members: BTreeSet<_> = members.iter().filter(is_new).cloned().collect();
    if members.is_empty() {
        return Ok(Vec::new());
    }
    directory.add_members(id, &members);
    Ok(vec![AccessEvent::MembersAdded(MembersAdded { group_id: id.clone(), members })])
}

fn remove_members(
    directory: &mut Directory,
    id: &GroupId,
    members: &BTreeSet<Principal>,
) -> Vec<AccessEvent> {
    let members: BTreeSet<_> =
        members.iter().filter(|member| directory.is_member(member, id)).cloned().collect();
    if members.is_empty() {
        return Vec::new();
    }
    directory.remove_members(id, &members);
    vec![AccessEvent::MembersRemoved(MembersRemoved { group_id: id.clone(), members })]
}

/// Whether principals may be members of a group: known, not around it, and not too many levels deep.
fn check_members(directory: &Directory, id: &GroupId, members: &BTreeSet<Principal>) -> Result<(), Refusal> {
    let around = directory.groups_around(&id.into());
    for member in members {
        match member {
            Principal::Group(inner) if inner == id || around.contains(inner) => {
                return Err(Refusal::GroupCycle { group_id: id.clone() });
            }
            Principal::Group(_) | Principal::Subject(_) => check_known(directory, member)?,
        }
    }
    let below = directory.depth(members, limits::GROUP_LEVELS);
    let above = directory.height(id, limits::GROUP_LEVELS);
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
