//! What a delta of the directory changes, and what that voids and ends (`directory.*`, `disabled.*`).

use access_engine::commands::{DirectoryChange, SyncDirectory};
use access_engine::delegations::{Delegation, DelegationEndReason};
use access_engine::grants::{EndReason, Grant};
use access_engine::people::{Group, KnownSubject, Principal};
use access_engine::requests::CancelReason;
use access_engine::values::{GroupId, PolicyId, SubjectId};

use super::drafts::lets_ask;
use super::people::{
    People, check_administered, check_administrator, check_known, contains_group, group_mut, put, put_group,
    remove_group, remove_subject,
};
use super::saving::{names, names_managers};
use super::state::{Code, Deed, State};
use super::{delegations, grants, permissions, requests, reviews};

/// What has come of a delta so far.
#[derive(Default)]
struct Course {
    has_changed: bool,
    /// Who was not active at some point on the way, whatever came after.
    gone: Vec<SubjectId>,
    /// Who was removed, also who came back.
    removed: Vec<Principal>,
    /// Which groups became others, be it for no longer than a part of the delta.
    groups: Vec<GroupId>,
    /// Whether an administrator was removed.
    has_changed_offices: bool,
}

impl Course {
    /// One change led from one state to another.
    fn note(&mut self, before: &People, after: &People) {
        self.has_changed |= before != after;
        let inactive = after.subjects.iter().map(|subject| &subject.id).filter(|id| !after.is_active(id));
        self.gone.extend(inactive.cloned());
        let removed = after.removed.iter().filter(|removed| !before.removed.contains(removed));
        self.removed.extend(removed.cloned());
        for group in before.groups.iter().chain(&after.groups).map(|group| &group.id) {
            if before.group(group) != after.group(group) && !self.groups.contains(group) {
                self.groups.push(group.clone());
            }
        }
    }
}

/// Whether a policy or a permission names a group, or one that contains it.
fn is_named(state: &State, people: &People, group: &GroupId) -> bool {
    let mut around = people.groups.iter().map(|other| &other.id);
    people.group(group).is_some()
        && around.any(|id| contains_group(people, id, group) && names(state, people, id))
}

/// Whether somebody got another manager, where that matters, or became another person. Whoever has taken over an id was not known by it.
fn has_changed_subjects(state: &State, after: &People) -> bool {
    let before = &state.people;
    let is_known = |id: &SubjectId| {
        let id = id.into();
        before.knows(&id) && after.knows(&id) && after.is_since(&id, state.version)
    };
    let is_other = |subject: &KnownSubject| {
        let id = &subject.id;
        let manager = before.subject(id).and_then(|known| known.manager.as_ref());
        let has_another = names_managers(state) && manager != subject.manager.as_ref();
        is_known(id) && (has_another || before.person(id) != after.person(id))
    };
    after.subjects.iter().any(is_other)
}

pub(crate) fn sync(state: &mut State, sync: &SyncDirectory, deed: &mut Deed) -> Result<(), Code> {
    check_administrator(state, deed)?;
    let mut people = state.people.clone();
    let mut course = Course::default();
    for change in &sync.changes {
        let before = people.clone();
        carry_out(&mut people, change, deed.version)?;
        course.note(&before, &people);
        // Who administered before the delta counts, also when removed twice by it.
        if let DirectoryChange::RemoveSubject(id) = change {
            course.has_changed_offices |= state.people.administrators.contains(id);
        }
    }
    check_administered(&people)?;
    if !course.has_changed {
        return Ok(());
    }
    let has_changed_subjects = has_changed_subjects(state, &people);
    let is_told =
        |group: &&GroupId| [&state.people, &people].into_iter().any(|it| is_named(state, it, group));
    let groups = course.groups.iter().filter(is_told).count();
    // Whoever has taken over an administrator's id is none.
    let is_still = |id: &&SubjectId| people.is_since(&(*id).into(), state.version);
    for administrator in state.people.administrators.iter().filter(is_still) {
        if course.has_changed_offices {
            deed.tell("administrators_changed", administrator, None);
        }
        (0..groups).for_each(|_| deed.tell("group_changed", administrator, None));
        if has_changed_subjects {
            deed.tell("subject_changed", administrator, None);
        }
    }
    let pending = state.pending_ids();
    let before = std::mem::replace(&mut state.people, people);
    deed.has_changed = true;
    settle(state, &course, deed);
    // Whether somebody has answered is seen as people were when a request ended.
    deed.told.retain(|(kind, ..)| *kind != "already_decided");
    for request in pending.iter().filter_map(|id| state.request(id)).filter(|request| !request.is_pending()) {
        let by = deed.by().clone();
        let left =
            request.asked.iter().filter(|it| **it != by && !requests::has_answered(&before, request, it));
        left.for_each(|it| deed.told.push(("already_decided", it.clone(), Some(request.id.clone()))));
    }
    Ok(())
}

fn carry_out(people: &mut People, change: &DirectoryChange, commit: u64) -> Result<(), Code> {
    match change {
        DirectoryChange::UpsertSubject(subject) => put(people, &subject.clone().into(), commit),
        DirectoryChange::RemoveSubject(id) => {
            check_known(people, &id.into())?;
            remove_subject(people, id);
        }
        DirectoryChange::UpsertGroup(group) => {
            check_group(people, group)?;
            put_group(people, group, commit);
        }
        DirectoryChange::AddMembers(added) => {
            check_known(people, &(&added.group_id).into())?;
            let mut group = people.group(&added.group_id).expect("it is known").clone();
            group.members.extend(added.members.iter().cloned());
            check_group(people, &Group { members: added.members.clone(), ..group.clone() })?;
            put_group(people, &group, commit);
        }
        DirectoryChange::RemoveMembers(left) => {
            check_known(people, &(&left.group_id).into())?;
            left.members.iter().try_for_each(|member| check_known(people, member))?;
            group_mut(people, &left.group_id).members.retain(|member| !left.members.contains(member));
        }
        DirectoryChange::RemoveGroup(id) => {
            check_known(people, &id.into())?;
            remove_group(people, id);
        }
    }
    Ok(())
}

/// Refused where a group would have an unknown member, or itself.
fn check_group(people: &People, group: &Group) -> Result<(), Code> {
    for member in &group.members {
        match member {
            Principal::Group(id) if *id == group.id => return Err("group_cycle"),
            Principal::Group(id) if people.group(id).is_some() && contains_group(people, id, &group.id) => {
                return Err("group_cycle");
            }
            member => check_known(people, member)?,
        }
    }
    Ok(())
}

/// What else is over in the commit of a delta.
fn settle(state: &mut State, course: &Course, deed: &mut Deed) {
    permissions::forget(state, &course.removed, deed);
    for removed in &course.removed {
        if let Principal::Subject(id) = removed {
            state.forget(id);
        }
    }
    let is_gone = |id: &SubjectId| course.gone.contains(id);
    let has_lost = |delegation: &Delegation| is_gone(&delegation.delegator) || is_gone(&delegation.delegate);
    delegations::end_where(state, has_lost, DelegationEndReason::SubjectDisabled, deed);
    let people = state.people.clone();
    let is_one = |delegation: &Delegation| people.is_same_person(&delegation.delegator, &delegation.delegate);
    delegations::end_where(state, is_one, DelegationEndReason::SamePerson, deed);
    for id in state.pending_ids() {
        let request = state.request(&id).expect("it is pending");
        let requester = request.content.requester.clone();
        if is_gone(&requester) {
            requests::close_as_cancelled(state, &id, CancelReason::RequesterDisabled, None, deed);
        } else if !may_ask(state, &requester, &request.content.policy_id, request.content.policy_version) {
            requests::close_as_cancelled(state, &id, CancelReason::ConditionNotMet, None, deed);
        } else {
            reviews::void(state, &id, &course.gone, deed);
        }
    }
    grants::end_where(state, |grant| is_gone(&grant.holder), EndReason::SubjectDisabled, deed);
    let (now, at) = (state.clone(), deed.at);
    let has_failed = |grant: &Grant| {
        grant.starts_at > at && !may_ask(&now, &grant.holder, &grant.policy_id, grant.policy_version)
    };
    grants::revoke_with_renewals(state, has_failed, EndReason::ConditionNotMet, None, deed);
}

/// Whether a version of a policy lets somebody ask today.
fn may_ask(state: &State, id: &SubjectId, policy: &PolicyId, version: u32) -> bool {
    let subject = state.people.subject(id).expect("it is known");
    lets_ask(&state.people, state.terms(policy, version), subject)
}
