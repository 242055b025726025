//! Who is who: the subjects and groups that the host synced in, and the administrators. Look-ups, and the four
//! changes that events bring; nothing here decides.

use std::collections::BTreeSet;
use std::iter;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::group::{Group, KnownGroup, Principal};
use super::member::Member;
use super::personal::Visit;
use super::subject::KnownSubject;
use crate::values::{GroupId, Index, Map, Name, Person, PersonId, Set, SubjectId};

/// The subjects, groups and administrators of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    subjects: Map<SubjectId, KnownSubject>,
    groups: Map<GroupId, KnownGroup>,
    #[serde(skip)]
    containers: Index<Principal, GroupId>,
    #[serde(skip)]
    reports: Index<SubjectId, SubjectId>,
    /// The accounts that say whose they are.
    #[serde(skip)]
    accounts: Index<PersonId, SubjectId>,
    administrators: Arc<BTreeSet<SubjectId>>,
    /// Whose id nobody has taken over yet.
    removed: Set<Principal>,
    /// In which commit an id was taken over.
    returned: Map<Principal, Vec<u64>>,
}

impl Directory {
    /// The subject of that id, also one that is disabled, or was removed and is still named somewhere.
    pub fn subject(&self, id: &SubjectId) -> Option<&KnownSubject> {
        self.subjects.get(id)
    }

    /// The group of that id.
    pub fn group(&self, id: &GroupId) -> Option<&KnownGroup> {
        self.groups.get(id)
    }

    /// Whether a command may name the principal: it was synced in, and not removed since.
    pub fn knows(&self, principal: &Principal) -> bool {
        let is_there = match principal {
            Principal::Subject(id) => self.subjects.contains_key(id),
            Principal::Group(id) => self.groups.contains_key(id),
        };
        is_there && !self.removed.contains(principal)
    }

    /// Whether the subject was ever synced in. Of one that was removed this stays known for ever.
    pub fn has_known(&self, id: &SubjectId) -> bool {
        self.subjects.contains_key(id) || self.is_removed(&id.into())
    }

    /// Whether the principal was removed, and nobody has its id since.
    pub fn is_removed(&self, principal: &Principal) -> bool {
        self.removed.contains(principal)
    }

    /// Whether whoever has the id now is who had it after that commit: a re-used id inherits nothing.
    pub fn is_same_since(&self, principal: &Principal, version: u64) -> bool {
        self.knows(principal) && !self.was_taken_over_since(principal, version)
    }

    /// Whether somebody else took over an id after that commit.
    pub fn was_taken_over_since(&self, principal: &Principal, version: u64) -> bool {
        self.returned_in(principal).is_some_and(|returned| returned > version)
    }

    /// In which commit an id was last taken over.
    pub fn returned_in(&self, principal: &Principal) -> Option<u64> {
        self.returned.get(principal)?.last().copied()
    }

    /// The last commit up to `now` in which an id was theirs who had it in the commit `since`.
    pub fn had_until(&self, id: &SubjectId, since: u64, now: u64) -> u64 {
        let mut returned = self.returned.get(&id.into()).into_iter().flatten();
        let taken_over = returned.find(|returned| since < **returned && **returned < now);
        taken_over.map_or(now, |returned| returned.saturating_sub(1))
    }

    /// Whether an id was taken over after that commit.
    pub fn has_changed_hands_since(&self, version: u64) -> bool {
        self.returned.values().flatten().any(|returned| *returned > version)
    }

    /// How many subjects are known, disabled ones included.
    pub fn subject_count(&self) -> usize {
        self.subjects.len()
    }

    /// How many groups there are.
    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    /// Whether the subject is known and not disabled.
    pub fn is_active(&self, id: &SubjectId) -> bool {
        self.subject(id).is_some_and(|subject| !subject.disabled)
    }

    /// All subjects, disabled ones included, by id.
    pub fn subjects(&self) -> impl Iterator<Item = &KnownSubject> {
        self.subjects.values()
    }

    /// The subjects that are not disabled, by id.
    pub fn active_subjects(&self) -> impl Iterator<Item = &KnownSubject> {
        self.subjects().filter(|subject| !subject.disabled)
    }

    /// The subject as others see it; one that is not known is called by its id.
    pub fn person(&self, id: &SubjectId) -> Person {
        let name = self.subject(id).map(|subject| Name::clone(&subject.name));
        Person { id: id.clone(), name: name.unwrap_or_else(|| Name::from_id(id)) }
    }

    /// Who had an id after that commit: called by the id where somebody else has it since.
    pub fn person_since(&self, id: &SubjectId, version: u64) -> Person {
        if self.was_taken_over_since(&id.into(), version) {
            return Person { id: id.clone(), name: Name::from_id(id) };
        }
        self.person(id)
    }

    /// Whose manager a subject is.
    pub fn reports_of(&self, id: &SubjectId) -> impl Iterator<Item = &SubjectId> {
        self.reports.found(id)
    }

    /// Whose account it is: the label of the person, by default the id.
    pub fn person_behind<'a>(&'a self, id: &'a SubjectId) -> &'a str {
        self.subject(id).map_or_else(|| id.as_str(), KnownSubject::person_behind)
    }

    /// All accounts of the person behind an account.
    pub fn accounts_of<'a>(&'a self, id: &'a SubjectId) -> BTreeSet<&'a SubjectId> {
        let person = self.person_behind(id);
        let labelled = PersonId::try_from(person).ok().and_then(|person| self.accounts.get(&person));
        let called = SubjectId::try_from(person).ok().and_then(|id| self.subjects.get(&id));
        let unlabelled = called.filter(|subject| subject.person.is_none()).map(|subject| &subject.id);
        labelled.into_iter().flatten().chain(unlabelled).collect()
    }

    /// Whether two accounts are one person's.
    pub fn is_same_person(&self, one: &SubjectId, other: &SubjectId) -> bool {
        one == other || self.person_behind(one) == self.person_behind(other)
    }

    /// All administrators, disabled ones included.
    pub fn administrators(&self) -> &BTreeSet<SubjectId> {
        &self.administrators
    }

    /// The administrators who can act.
    pub fn active_administrators(&self) -> impl Iterator<Item = &SubjectId> {
        self.administrators.iter().filter(|id| self.is_active(id))
    }

    /// Whether the subject is an active administrator.
    pub fn is_administrator(&self, id: &SubjectId) -> bool {
        self.administrators.contains(id) && self.is_active(id)
    }

    /// A subject with the groups around it.
    pub fn member<'a>(&'a self, id: &'a SubjectId) -> Member<'a> {
        Member::new(self, id)
    }

    /// The active subjects behind a principal, transitively.
    pub fn members(&self, principal: &Principal) -> BTreeSet<&SubjectId> {
        self.accounts_behind(principal).map(|subject| &subject.id).collect()
    }

    /// The same one after the other; whoever is in several groups may come again.
    pub fn accounts_behind<'a>(
        &'a self,
        principal: &Principal,
    ) -> impl Iterator<Item = &'a KnownSubject> + use<'a> {
        let (alone, group) = match principal {
            Principal::Subject(id) => (self.subject(id), None),
            Principal::Group(id) => (None, self.group(id)),
        };
        let mut open: Vec<_> = group.iter().map(|group| group.members.iter()).collect();
        let mut seen = BTreeSet::default();
        let members = iter::from_fn(move || {
            loop {
                match open.last_mut()?.next() {
                    None => drop(open.pop()),
                    Some(Principal::Subject(id)) => return Some(self.subject(id)),
                    Some(Principal::Group(id)) if seen.insert(id) => {
                        open.extend(self.group(id).map(|group| group.members.iter()));
                    }
                    Some(Principal::Group(_)) => {}
                }
            }
        });
        alone.into_iter().chain(members.flatten()).filter(|subject| !subject.disabled)
    }

    /// Whether a group lists the principal among its members.
    pub fn is_member(&self, principal: &Principal, id: &GroupId) -> bool {
        self.containers.get(principal).is_some_and(|around| around.contains(id))
    }

    /// The groups that list the principal among their members.
    pub fn groups_of(&self, principal: &Principal) -> impl Iterator<Item = &KnownGroup> {
        let ids = self.containers.get(principal).into_iter().flatten();
        ids.filter_map(|id| self.group(id))
    }

    /// All groups that contain the principal, directly or not.
    pub fn groups_around(&self, principal: &Principal) -> BTreeSet<&GroupId> {
        let mut found = BTreeSet::default();
        let mut open: Vec<&GroupId> = self.containers.get(principal).into_iter().flatten().collect();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.containers.get(&Principal::Group(id.clone())).into_iter().flatten());
            }
        }
        found
    }

    /// How many groups deep the members of a list nest, the list itself not counted; `None` beyond `most`.
    pub fn depth(&self, members: &BTreeSet<Principal>, most: usize) -> Option<usize> {
        let mut level: BTreeSet<_> = members.iter().filter_map(group_of).collect();
        let mut depth = 0_usize;
        while !level.is_empty() {
            depth = depth.checked_add(1).filter(|depth| *depth <= most)?;
            let groups = level.iter().filter_map(|id| self.group(id));
            level = groups.flat_map(|group| &group.members).filter_map(group_of).collect();
        }
        Some(depth)
    }

    /// How many groups are above this one, at most `most`; `None` beyond.
    pub fn height(&self, id: &GroupId, most: usize) -> Option<usize> {
        let mut level: BTreeSet<_> = [id].into_iter().collect();
        let mut height = 0_usize;
        loop {
            let above = level.iter().filter_map(|id| self.containers.get(&Principal::Group((*id).clone())));
            level = above.flatten().collect();
            if level.is_empty() {
                return Some(height);
            }
            height = height.checked_add(1).filter(|height| *height <= most)?;
        }
    }

    /// Makes what is found by something anew.
    pub(crate) fn index(&mut self) {
        for KnownSubject { id, manager, person, .. } in self.subjects.values() {
            manager.iter().for_each(|manager| self.reports.add(manager, id.clone()));
            person.iter().for_each(|person| self.accounts.add(person, id.clone()));
        }
        for group in self.groups.values() {
            group.members.iter().for_each(|member| self.containers.add(member, group.id.clone()));
        }
    }

    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.subjects.change_where(|_| true, |subject| subject.personal(visit));
    }

    /// Adds or replaces a subject, in that commit.
    pub(crate) fn upsert_subject(&mut self, subject: KnownSubject, version: u64) {
        self.enters(&Principal::Subject(subject.id.clone()), version);
        self.set_manager(&subject.id, subject.manager.clone());
        if let Some(KnownSubject { person: Some(before), .. }) = self.subjects.get(&subject.id) {
            self.accounts.take(before, &subject.id);
        }
        if let Some(person) = subject.person.clone() {
            self.accounts.add(&person, subject.id.clone());
        }
        self.subjects.insert(subject.id.clone(), subject);
    }

    /// Changes what is written of a subject.
    pub(crate) fn change_subject(&mut self, id: &SubjectId, change: impl FnOnce(&mut KnownSubject)) {
        self.subjects.get_mut(id).map(change);
    }

    /// Disables a subject for ever and takes it out of every office of the directory, so that whoever gets its id later
    /// inherits nothing.
    pub(crate) fn remove_subject(&mut self, id: &SubjectId) {
        self.set_manager(id, None);
        for report in &self.reports.remove(id).unwrap_or_default() {
            if let Some(subject) = self.subjects.get_mut(report) {
                subject.manager = None;
            }
        }
        if let Some(subject) = self.subjects.get_mut(id) {
            subject.disabled = true;
            subject.manager = None;
        }
        if self.administrators.contains(id) {
            Arc::make_mut(&mut self.administrators).remove(id);
        }
        self.leaves(Principal::Subject(id.clone()));
    }

    /// The subjects that were removed of which more than the id is known.
    pub(crate) fn removed_subjects(&self) -> BTreeSet<SubjectId> {
        let removed = self.removed.iter().filter_map(|principal| match principal {
            Principal::Subject(id) => Some(id),
            Principal::Group(_) => None,
        });
        removed.filter(|id| self.subjects.contains_key(*id)).cloned().collect()
    }

    /// Keeps of a subject that was removed its id only, so that whoever gets it next inherits nothing.
    pub(crate) fn forget_subject(&mut self, id: &SubjectId) {
        let Some(subject) = self.subjects.remove(id) else { return };
        if let Some(person) = &subject.person {
            self.accounts.take(person, id);
        }
    }

    /// Adds or replaces a group, in that commit.
    pub(crate) fn upsert_group(&mut self, group: &Group, version: u64) {
        self.enters(&Principal::Group(group.id.clone()), version);
        self.forget_members(&group.id);
        for member in &group.members {
            self.containers.add(member, group.id.clone());
        }
        self.groups.insert(group.id.clone(), group.into());
    }

    /// Changes what people call a group.
    pub(crate) fn rename_group(&mut self, id: &GroupId, name: &Name) {
        if let Some(group) = self.groups.get_mut(id) {
            group.name = name.clone();
        }
    }

    /// Adds members to a group.
    pub(crate) fn add_members(&mut self, id: &GroupId, members: &BTreeSet<Principal>) {
        let Some(group) = self.groups.get_mut(id) else { return };
        for member in members {
            group.members.insert(member.clone());
            self.containers.add(member, id.clone());
        }
    }

    /// Takes members out of a group.
    pub(crate) fn remove_members(&mut self, id: &GroupId, members: &BTreeSet<Principal>) {
        let Some(group) = self.groups.get_mut(id) else { return };
        for member in members {
            group.members.remove(member);
            self.containers.take(member, id);
        }
    }

    /// Removes a group, also from the groups that contain it.
    pub(crate) fn remove_group(&mut self, id: &GroupId) {
        self.forget_members(id);
        self.groups.remove(id);
        self.leaves(Principal::Group(id.clone()));
    }

    pub(crate) fn set_administrators(&mut self, administrators: impl IntoIterator<Item = SubjectId>) {
        self.administrators = Arc::new(administrators.into_iter().collect());
    }

    fn enters(&mut self, principal: &Principal, version: u64) {
        if self.removed.remove(principal) {
            self.returned.change(principal, |returned| returned.push(version));
        }
    }

    fn leaves(&mut self, principal: Principal) {
        for id in &self.containers.remove(&principal).unwrap_or_default() {
            if let Some(group) = self.groups.get_mut(id) {
                group.members.remove(&principal);
            }
        }
        self.removed.insert(principal);
    }

    fn set_manager(&mut self, id: &SubjectId, manager: Option<SubjectId>) {
        if let Some(before) = self.subjects.get(id).and_then(|subject| subject.manager.as_ref()) {
            self.reports.take(before, id);
        }
        if let Some(manager) = manager {
            self.reports.add(&manager, id.clone());
        }
    }

    fn forget_members(&mut self, id: &GroupId) {
        let Some(group) = self.groups.get(id) else { return };
        for member in &group.members {
            self.containers.take(member, id);
        }
    }
}

fn group_of(principal: &Principal) -> Option<&GroupId> {
    match principal {
        Principal::Group(id) => Some(id),
        Principal::Subject(_) => None,
    }
}
