//! What administrators are told: what was changed of that on which access depends, and what is stuck.

use std::collections::BTreeSet;

use super::announcer::Announcer;
use super::{
    AdministratorsNotice, Change, GroupNotice, NoticeKind, PermissionNotice, PolicyNotice, StuckNotice,
    SubjectNotice, SubjectPart,
};
use crate::approval::Approval;
use crate::conditions::Condition;
use crate::events::{AccessEvent, apply};
use crate::people::{Directory, Principal};
use crate::policies::Policy;
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::{GroupId, Name, PermissionId, PolicyId, RequestId, SubjectId};

impl Announcer<'_> {
    pub(super) fn policy_changed(&mut self, id: &PolicyId, change: Change) {
        let Some(policy) = self.policy(id).cloned() else { return };
        let kind =
            NoticeKind::PolicyChanged(PolicyNotice { policy_id: id.clone(), change, by: self.actor_name() });
        self.tell_administrators(&kind, Some(&policy.terms.name));
    }

    pub(super) fn permission_changed(&mut self, id: &PermissionId, name: &Name, change: Change) {
        let kind = NoticeKind::PermissionChanged(PermissionNotice {
            permission_id: id.clone(),
            change,
            by: self.actor_name(),
        });
        self.tell_administrators(&kind, Some(name));
    }

    pub(super) fn administrators_changed(&mut self, told: &BTreeSet<SubjectId>) {
        let kind = NoticeKind::AdministratorsChanged(AdministratorsNotice { by: self.actor_name() });
        told.iter().for_each(|person| self.tell(person, &kind, None, None));
    }

    /// Administrators hear once of a group on which access depends.
    pub(super) fn group_changed(&mut self, id: &GroupId) {
        if !self.is_watched(id) || !self.groups_told.insert(id.clone()) {
            return;
        }
        let before = self.before.directory().group(id);
        let mut events = self.events.iter();
        let made = self.events.iter().find_map(|event| match event {
            AccessEvent::GroupUpserted(event) if event.group.id == *id => Some(&event.group),
            _ => None,
        });
        let is_removed =
            events.any(|event| matches!(event, AccessEvent::GroupRemoved(event) if event.group_id == *id));
        let change = match before {
            None => Change::Created,
            Some(_) if is_removed => Change::Deleted,
            Some(_) => Change::Updated,
        };
        let kind = NoticeKind::GroupChanged(GroupNotice { change, by: self.actor_name() });
        let name = before.or(made).map(|group| group.name.clone());
        self.tell_administrators(&kind, name.as_ref());
    }

    /// Whether access depends on a group: a live policy or a permission names it in some part, or a group that contains
    /// it.
    fn is_watched(&self, id: &GroupId) -> bool {
        let directory = self.before.directory();
        let mut groups: BTreeSet<&GroupId> = directory.groups_around(&id.into());
        groups.insert(id);
        let is_one = |named: &Principal| matches!(named, Principal::Group(id) if groups.contains(id));
        // A group that has taken over an id since is not the one that a condition names.
        let is_same = |group: &GroupId, stated: u64| {
            !directory.is_removed(&group.into()) && !directory.was_taken_over_since(&group.into(), stated)
        };
        let is_named = |condition: &Condition, stated: u64| {
            groups.iter().any(|group| condition.names_group(group) && is_same(group, stated))
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
        let changed = self.directory_after();
        if let Some(after) = &changed {
            self.subjects_changed(after);
        }
        self.stuck(changed.as_ref().unwrap_or(self.before.directory()));
    }

    /// Of each known subject whose manager or person is another afterwards.
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
        for id in touched {
            let is_known = before.knows(&id.into()) && after.is_same_since(&id.into(), self.before.version());
            let (Some(was), Some(is)) = (before.subject(id).filter(|_| is_known), after.subject(id)) else {
                continue;
            };
            let manager = asks_managers && was.manager != is.manager;
            let person = before.person_behind(id) != after.person_behind(id);
            let parts = [(manager, SubjectPart::Manager), (person, SubjectPart::Person)];
            let changed: Vec<_> =
                parts.into_iter().filter(|(is_other, _)| *is_other).map(|(_, part)| part).collect();
            if !changed.is_empty() {
                let (subject_id, by) = (id.clone(), self.actor_name());
                let kind = NoticeKind::SubjectChanged(SubjectNotice { subject_id, changed, by });
                self.tell_administrators(&kind, Some(&is.name));
            }
        }
    }

    /// Administrators hear once of a request that the people there are cannot approve any more.
    fn stuck(&mut self, after: &Directory) {
        let concerned: Vec<RequestId> = if self.changes_directory() {
            self.before.requests().pending().map(|request| request.id.clone()).collect()
        } else {
            let concerned = self.events.iter().filter_map(|event| event.about().request_id);
            concerned.cloned().collect::<BTreeSet<_>>().into_iter().collect()
        };
        for id in concerned {
            let before = self.before.requests().get(&id);
            let was_stuck = before.is_some_and(|request| self.is_stuck(self.before.directory(), request));
            let request = self.request(&id).filter(|request| request.is_pending() && !was_stuck);
            if let Some(request) = request.filter(|request| self.is_stuck(after, request)) {
                let told = self.before.directory().administrators().clone();
                let kind = NoticeKind::RequestStuck(StuckNotice { step: request.step });
                self.about_request(&id, &told, &kind);
            }
        }
    }

    fn is_stuck(&self, directory: &Directory, request: &AccessRequest) -> bool {
        self.policy_of(request).is_some_and(|policy| {
            let approval = Approval::of(directory, self.before.delegations(), policy, request);
            approval.is_stuck(request.step, request.escalates_at.is_some())
        })
    }

    fn changes_directory(&self) -> bool {
        self.events.iter().any(|event| {
            matches!(
                event,
                AccessEvent::SubjectUpserted(_)
                    | AccessEvent::SubjectRemoved(_)
                    | AccessEvent::GroupUpserted(_)
                    | AccessEvent::MembersAdded(_)
                    | AccessEvent::MembersRemoved(_)
                    | AccessEvent::GroupRemoved(_)
            )
        })
    }

    /// The directory as these events leave it, where they change it.
    fn directory_after(&self) -> Option<Directory> {
        if !self.changes_directory() {
            return None;
        }
        let mut after = State::default();
        after.directory = self.before.directory().clone();
        after.version = self.before.version();
        self.events.iter().for_each(|event| apply(&mut after, event));
        Some(after.directory)
    }
}
