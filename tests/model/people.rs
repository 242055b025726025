//! People, groups, administrators, and what a change of them voids and ends (`group.*`, `directory.*`, `disabled.*`,
//! `administrator.*`).

use access_engine::commands::{CreateProject, DirectoryChange, SetAdministrators, SyncDirectory};
use access_engine::delegations::{Delegation, DelegationEndReason};
use access_engine::grants::EndReason;
use access_engine::people::{Actor, Group, Principal, Subject};
use access_engine::requests::CancelReason;
use access_engine::values::{GroupId, SubjectId};

use super::state::{Code, Deed, State};
use super::{delegations, grants, permissions, policies, requests, reviews};

/// Who is who.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct People {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) groups: Vec<Group>,
    /// Sorted.
    pub(crate) administrators: Vec<SubjectId>,
}

impl People {
    pub(crate) fn subject(&self, id: &SubjectId) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.id == *id)
    }

    pub(crate) fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == *id)
    }

    pub(crate) fn is_active(&self, id: &SubjectId) -> bool {
        self.subject(id).is_some_and(|subject| !subject.disabled)
    }

    pub(crate) fn is_administrator(&self, id: &SubjectId) -> bool {
        self.administrators.contains(id) && self.is_active(id)
    }
}

pub(crate) fn create_project(
    state: &mut State,
    project: &CreateProject,
    deed: &mut Deed,
) -> Result<(), Code> {
    if deed.actor != Actor::Host {
        return Err("host_required");
    }
    if state.is_made {
        return Err("project_exists");
    }
    let people = founded(&project.administrators);
    check_administered(&people)?;
    state.people = people;
    state.is_made = true;
    deed.has_changed = true;
    Ok(())
}

/// The directory of a project that begins.
pub(crate) fn founded(administrators: &[Subject]) -> People {
    let mut people = People::default();
    for subject in administrators {
        put(&mut people, subject);
    }
    people.administrators = sorted(people.subjects.iter().map(|subject| subject.id.clone()).collect());
    people
}

fn check_administered(people: &People) -> Result<(), Code> {
    let is_administered = people.administrators.iter().any(|id| people.is_active(id));
    if is_administered { Ok(()) } else { Err("last_administrator") }
}

pub(crate) fn sorted(mut ids: Vec<SubjectId>) -> Vec<SubjectId> {
    ids.sort();
    ids.dedup();
    ids
}

/// Adds or replaces somebody; whether that changes anything.
pub(crate) fn put(people: &mut People, subject: &Subject) -> bool {
    match people.subjects.iter_mut().find(|known| known.id == subject.id) {
        Some(known) if known == subject => false,
        Some(known) => {
            *known = subject.clone();
            true
        }
        None => {
            people.subjects.push(subject.clone());
            true
        }
    }
}

pub(crate) fn check_administrator(state: &State, deed: &Deed) -> Result<(), Code> {
    if state.people.is_administrator(deed.by()) { Ok(()) } else { Err("not_administrator") }
}

pub(crate) fn set_administrators(
    state: &mut State,
    set: &SetAdministrators,
    deed: &mut Deed,
) -> Result<(), Code> {
    check_administrator(state, deed)?;
    if set.administrators.iter().any(|id| state.people.subject(id).is_none()) {
        return Err("unknown_subject");
    }
    let mut people = state.people.clone();
    people.administrators = sorted(set.administrators.clone());
    check_administered(&people)?;
    if people.administrators != state.people.administrators {
        let told = sorted([state.people.administrators.clone(), people.administrators.clone()].concat());
        told.iter().for_each(|id| deed.tell("administrators_changed", id, None));
        state.people = people;
        deed.has_changed = true;
    }
    Ok(())
}

pub(crate) fn sync(state: &mut State, sync: &SyncDirectory, deed: &mut Deed) -> Result<(), Code> {
    check_administrator(state, deed)?;
    let mut people = state.people.clone();
    // Who was disabled or removed, be it only on the way.
    let mut gone: Vec<SubjectId> = Vec::new();
    let mut removed: Vec<Principal> = Vec::new();
    let mut changed_groups: Vec<GroupId> = Vec::new();
    // Whom to tell of changed administrators, once a change.
    let mut told: Vec<SubjectId> = Vec::new();
    let mut has_changed = false;
    for change in &sync.changes {
        has_changed |= match change {
            DirectoryChange::UpsertSubject(subject) => {
                if subject.disabled {
                    gone.push(subject.id.clone());
                }
                put(&mut people, subject)
            }
            DirectoryChange::RemoveSubject(id) => {
                gone.push(id.clone());
                let member = Principal::Subject { id: id.clone() };
                let left = state.people.groups.iter().filter(|group| group.members.contains(&member));
                let left: Vec<_> = left.map(|group| group.id.clone()).collect();
                let before = people.clone();
                people.subject(id).ok_or("unknown_subject")?;
                remove_subject(&mut people, id);
                removed.push(member);
                if people != before {
                    changed_groups.extend(left);
                }
                // Who administered before the delta counts, also when removed twice by it.
                if people != before && state.people.administrators.contains(id) {
                    told.extend(state.people.administrators.iter().cloned());
                }
                people != before
            }
            DirectoryChange::UpsertGroup(group) => {
                check_group(&people, group)?;
                let is_new = put_group(&mut people, group);
                if is_new {
                    changed_groups.push(group.id.clone());
                }
                is_new
            }
            DirectoryChange::RemoveGroup(id) => {
                people.group(id).ok_or("unknown_group")?;
                remove_group(&mut people, id);
                removed.push(Principal::Group { id: id.clone() });
                // Of a group made and removed in one delta only the making is told.
                if state.people.group(id).is_some() {
                    changed_groups.push(id.clone());
                }
                true
            }
        };
    }
    check_administered(&people)?;
    if !has_changed && !permissions::name_one_of(state, &removed) {
        return Ok(());
    }
    let before = std::mem::replace(&mut state.people, people);
    deed.has_changed = true;
    told.iter().for_each(|id| deed.tell("administrators_changed", id, None));
    tell_of_groups(state, &before, &changed_groups, deed);
    permissions::forget(state, &removed, deed);
    let is_over =
        |delegation: &Delegation| gone.contains(&delegation.delegator) || gone.contains(&delegation.delegate);
    delegations::end_where(state, is_over, DelegationEndReason::SubjectDisabled, deed);
    for id in state.pending_ids() {
        let requester = state.request_mut(&id).content.requester.clone();
        if gone.contains(&requester) {
            requests::close_as_cancelled(state, &id, CancelReason::RequesterDisabled, None, deed);
        } else {
            reviews::void(state, &id, &gone, deed);
        }
    }
    grants::end_where(state, |grant| gone.contains(&grant.holder), EndReason::SubjectDisabled, deed);
    Ok(())
}

fn tell_of_groups(state: &State, before: &People, changed_groups: &[GroupId], deed: &mut Deed) {
    let named = policies::named_groups(state);
    for group in changed_groups {
        let is_named = |people: &People| named.iter().any(|named| contains_group(people, named, group));
        if is_named(before) {
            before.administrators.iter().for_each(|id| deed.tell("group_changed", id, None));
        }
    }
}

/// A removed subject stays known as disabled, leaves every group and is no administrator any more.
pub(crate) fn remove_subject(people: &mut People, id: &SubjectId) {
    people.subjects.iter_mut().filter(|known| known.id == *id).for_each(|subject| subject.disabled = true);
    let member = Principal::Subject { id: id.clone() };
    people.groups.iter_mut().for_each(|group| group.members.retain(|known| *known != member));
    people.administrators.retain(|known| known != id);
}

/// Adds or replaces a group; whether that changes anything.
pub(crate) fn put_group(people: &mut People, group: &Group) -> bool {
    if people.group(&group.id) == Some(group) {
        return false;
    }
    people.groups.retain(|known| known.id != group.id);
    people.groups.push(group.clone());
    true
}

pub(crate) fn remove_group(people: &mut People, id: &GroupId) {
    people.groups.retain(|known| known.id != *id);
    let member = Principal::Group { id: id.clone() };
    people.groups.iter_mut().for_each(|group| group.members.retain(|known| *known != member));
}

fn check_group(people: &People, group: &Group) -> Result<(), Code> {
    for member in &group.members {
        match member {
            Principal::Subject { id } if people.subject(id).is_none() => return Err("unknown_subject"),
            Principal::Subject { .. } => {}
            Principal::Group { id } if *id == group.id => return Err("group_cycle"),
            Principal::Group { id } if people.group(id).is_none() => return Err("unknown_group"),
            Principal::Group { id } if contains_group(people, id, &group.id) => return Err("group_cycle"),
            Principal::Group { .. } => {}
        }
    }
    Ok(())
}

/// Whether a group is another or contains it.
fn contains_group(people: &People, whole: &GroupId, part: &GroupId) -> bool {
    whole == part
        || people.group(whole).is_some_and(|group| {
            group.members.iter().any(|member| match member {
                Principal::Group { id } => contains_group(people, id, part),
                Principal::Subject { .. } => false,
            })
        })
}

/// The active members of a group, transitively.
pub(crate) fn members(people: &People, id: &GroupId) -> Vec<SubjectId> {
    let Some(group) = people.group(id) else { return Vec::new() };
    let mut all = Vec::new();
    for member in &group.members {
        match member {
            Principal::Subject { id } if people.is_active(id) => all.push(id.clone()),
            Principal::Subject { .. } => {}
            Principal::Group { id } => all.extend(members(people, id)),
        }
    }
    sorted(all)
}

/// Who of some people is active, sorted, each once.
pub(crate) fn active(people: &People, ids: Vec<SubjectId>) -> Vec<SubjectId> {
    sorted(ids.into_iter().filter(|id| people.is_active(id)).collect())
}
