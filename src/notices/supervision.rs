//! What administrators are told: what was changed of that on which access depends, and what is stuck.

use std::collections::BTreeSet;

use super::announcer::Announcer;
use super::{
    AdministratorsNotice, Change, GroupNotice, NoticeKind, PermissionNotice, PolicyNotice, StuckNotice,
    SubjectNotice, SubjectPart,
};
use crate::approval::Approval;
use crate::conditions::Condition;
use crate::events::{AccessEvent, apply, changed_principals};
use crate::limits;
use crate::people::{Directory, Principal};
use crate::policies::Policy;
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::{GroupId, PermissionId, PolicyId, RequestId, SubjectId};

impl Announcer<'_> {
    pub(super) fn policy_changed(&mut self, id: &PolicyId, change: Change) {
        self.tell_administrators(NoticeKind::PolicyChanged(PolicyNotice { policy_id: id.clone(), change }));
    }

    pub(super) fn permission_changed(&mut self, id: &PermissionId, change: Change) {
        let kind = PermissionNotice { permission_id: id.clone(), change };
        self.tell_administrators(NoticeKind::PermissionChanged(kind));
    }

    pub(super) fn administrators_changed<'s>(&mut self, told: impl IntoIterator<Item = &'s SubjectId>) {
        self.tell(NoticeKind::AdministratorsChanged(AdministratorsNotice {}), told);
    }

    /// Administrators hear once of a group on which access depends.
    pub(super) fn group_changed(&mut self, id: &GroupId) {
        if !self.is_watched(id) || !self.groups_told.insert(id.clone()) {
            return;
        }
        let before = self.before.directory().group(id);
        let mut events = self.events.iter();
        let is_removed =
            events.any(|event| matches!(event, AccessEvent::GroupRemoved(event) if event.group_id == *id));
        let change = match before {
            None => Change::Created,
            Some(_) if is_removed => Change::Deleted,
            Some(_) => Change::Updated,
        };
        self.tell_administrators(NoticeKind::GroupChanged(GroupNotice { group_id: id.clone(), change }));
    }

    /// Whether access depends on a group, before these events or after them.
    fn is_watched(&self, id: &GroupId) -> bool {
        let directories = [Some(self.before.directory()), self.after.as_ref()];
        directories.into_iter().flatten().any(|directory| self.is_watched_in(directory, id))
    }

    /// Whether a live policy or a permission names a group in some part, or a group that contains it.
    fn is_watched_in(&self, directory: &Directory, id: &GroupId) -> bool {
        let mut groups: BTreeSet<&GroupId> = directory.groups_around(&id.into());
        groups.insert(id);
        let is_one = |named: &Principal| matches!(named, Principal::Group(id) if groups.contains(id));
        // A group that has taken over an id since is not the one that a condition names.
        let is_named = |condition: &Condition, stated: u64| {
            let mut same = groups.iter().filter(|group| directory.is_same_since(&(**group).into(), stated));
            same.any(|group| condition.names_group(group))
        };
        self.before.policies().all_live().any(|policy| {
            policy.principals(directory).any(|named| is_one(&named))
                || policy
                    .terms
                    .condition
                    .as_ref()
                    .is_some_and(|condition| is_named(condition.get(), policy.stated.condition))
        }) || self.before.permissions().all().iter().any(|permission| {
            permission.terms.holders.iter().any(is_one)
                || permission
                    .terms
                    .condition
                    .as_ref()
                    .is_some_and(|condition| is_named(condition, permission.condition_stated))
        })
    }

    /// Tells administrators what these events come to, all of them together.
    pub(super) fn supervise(&mut self) {
        let after = self.after.take();
        if let Some(after) = &after {
            self.subjects_changed(after);
        }
        self.stuck(after.as_ref().unwrap_or(self.before.directory()));
    }

    /// Once of all known subjects whose manager or person is another afterwards.
    fn subjects_changed(&mut self, after: &Directory) {
        let before = self.before.directory();
        let mut touched: BTreeSet<&SubjectId> = BTreeSet::default();
        for event in self.events {
            match event {
                AccessEvent::SubjectUpserted(event) => drop(touched.insert(&event.subject.id)),
                AccessEvent::SubjectRemoved(event) => touched.extend(before.reports_of(&event.subject_id)),
                _ => {}
            }
        }
        let asks_managers = self.before.policies().all_live().any(Policy::asks_managers);
        let (mut subjects, mut changed) = (Vec::new(), BTreeSet::default());
        for id in touched {
            let is_known = before.knows(&id.into()) && after.is_same_since(&id.into(), self.before.version());
            let (Some(was), Some(is)) = (before.subject(id).filter(|_| is_known), after.subject(id)) else {
                continue;
            };
            let manager = asks_managers && was.manager != is.manager;
            let person = before.person_behind(id) != after.person_behind(id);
            let parts = [(manager, SubjectPart::Manager), (person, SubjectPart::Person)];
            changed.extend(parts.into_iter().filter(|(is_other, _)| *is_other).map(|(_, part)| part));
            if manager || person {
                subjects.push(id.clone());
            }
        }
        if !subjects.is_empty() {
            let more = subjects.len().saturating_sub(limits::SUBJECTS_TOLD);
            let more = u32::try_from(more).ok().filter(|more| *more > 0);
            subjects.truncate(limits::SUBJECTS_TOLD);
            let changed = changed.into_iter().collect();
            self.tell_administrators(NoticeKind::SubjectChanged(SubjectNotice { subjects, more, changed }));
        }
    }

    /// Administrators hear once of a request that the people there are cannot approve any more.
    fn stuck(&mut self, after: &Directory) {
        let changed = changed_principals(self.events);
        let of_directory = self.before.concerned_by(after, &changed);
        let of_events = self.events.iter().filter_map(|event| event.about().request_id);
        let concerned: BTreeSet<RequestId> =
            of_directory.map(|request| &request.id).chain(of_events).cloned().collect();
        for id in concerned {
            let Some(request) = self.request(&id).filter(AccessRequest::is_pending) else { continue };
            let before = self.before.requests().get(&id);
            let was_stuck = before.is_some_and(|request| self.is_stuck(self.before.directory(), request));
            if !was_stuck && self.is_stuck(after, &request) {
                let kind = StuckNotice { request_id: id, step: request.step };
                self.tell_administrators(NoticeKind::RequestStuck(kind));
            }
        }
    }

    fn is_stuck(&self, directory: &Directory, request: &AccessRequest) -> bool {
        self.policy_of(request).is_some_and(|policy| {
            let approval = Approval::of(directory, self.before.delegations(), policy, request);
            approval.is_stuck(request.step, request.escalates_at.is_some())
        })
    }
}

/// The directory as these events leave it, where they change it.
pub(super) fn directory_after(before: &State, events: &[AccessEvent]) -> Option<Directory> {
    if changed_principals(events).is_empty() {
        return None;
    }
    let mut after = State::default();
    after.directory = before.directory().clone();
    after.version = before.version();
    events.iter().for_each(|event| apply(&mut after, event));
    Some(after.directory)
}
