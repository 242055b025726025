//! Who is who, as those who said it would tell: told by the commands alone, in the order of the record.

use std::collections::{BTreeMap, BTreeSet};

use access_engine::commands::{Command, DirectoryChange};
use access_engine::people::{Group, Principal, Subject};
use access_engine::policies::Approver;
use access_engine::values::{GroupId, SubjectId};

/// Somebody, and not whoever has the same id later: with the commit by which he came.
pub(crate) type Who = (SubjectId, u64);

#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) who: Who,
    pub(crate) subject: Subject,
    manager: Option<Who>,
}

#[derive(Clone, Debug)]
struct Team {
    made_in: u64,
    members: BTreeSet<Who>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    accounts: BTreeMap<SubjectId, Account>,
    teams: BTreeMap<GroupId, Team>,
    administrators: BTreeSet<Who>,
}

impl Directory {
    /// The account that has an id now, unless it is disabled.
    pub(crate) fn active(&self, id: &SubjectId) -> Option<&Account> {
        self.accounts.get(id).filter(|account| !account.subject.disabled)
    }

    /// Who has an id now; whoever is disabled has it still.
    pub(crate) fn who(&self, id: &SubjectId) -> Option<&Who> {
        self.accounts.get(id).map(|account| &account.who)
    }

    pub(crate) fn is_active(&self, who: &Who) -> bool {
        self.active(&who.0).is_some_and(|account| account.who == *who)
    }

    /// Which human being that is.
    pub(crate) fn person(&self, who: &Who) -> String {
        let account = self.accounts.get(&who.0).filter(|account| account.who == *who);
        let person = account.and_then(|account| account.subject.person.as_ref());
        person.map_or_else(|| who.0.to_string(), ToString::to_string)
    }

    pub(crate) fn administers(&self, id: &SubjectId) -> bool {
        self.active(id).is_some_and(|account| self.administrators.contains(&account.who))
    }

    /// Whether an entry that was written down in that commit means somebody, on a request of that requester.
    pub(crate) fn means(&self, entry: &Approver, written_in: u64, who: &Who, requester: &Who) -> bool {
        match entry {
            Approver::Subject(id) => *id == who.0 && who.1 <= written_in,
            Approver::Group(id) => {
                let team = self.teams.get(id).filter(|team| team.made_in <= written_in);
                team.is_some_and(|team| team.members.contains(who))
            }
            Approver::Manager => {
                self.accounts.get(&requester.0).and_then(|it| it.manager.as_ref()) == Some(who)
            }
        }
    }

    /// What a command says of people, carried out by the commit of that version.
    pub(crate) fn tell(&mut self, command: &Command, version: u64) {
        match command {
            Command::CreateProject(make) => {
                make.administrators.iter().for_each(|subject| self.enter(subject, version));
                self.administrators = make.administrators.iter().map(|it| (it.id.clone(), version)).collect();
            }
            Command::SetAdministrators(set) => {
                let known = |id: &SubjectId| self.who(id).cloned();
                self.administrators = set.administrators.iter().filter_map(|it| known(it)).collect();
            }
            Command::SyncDirectory(sync) => {
                sync.changes.iter().for_each(|change| self.change(change, version))
            }
            _ => {}
        }
    }

    fn change(&mut self, change: &DirectoryChange, version: u64) {
        match change {
            DirectoryChange::UpsertSubject(subject) => self.enter(subject, version),
            DirectoryChange::RemoveSubject(id) => self.leave(id),
            DirectoryChange::UpsertGroup(Group { id, members, .. }) => {
                let members = self.all(members);
                let made_in = self.teams.get(id).map_or(version, |team| team.made_in);
                self.teams.insert(id.clone(), Team { made_in, members });
            }
            DirectoryChange::AddMembers(added) => {
                let members = self.all(&added.members);
                self.teams
                    .get_mut(&added.group_id)
                    .into_iter()
                    .for_each(|it| it.members.extend(members.clone()));
            }
            DirectoryChange::RemoveMembers(gone) => {
                let members = self.all(&gone.members);
                let team = self.teams.get_mut(&gone.group_id).into_iter();
                team.for_each(|it| it.members.retain(|who| !members.contains(who)));
            }
            DirectoryChange::RemoveGroup(id) => drop(self.teams.remove(id)),
        }
    }

    fn all(&self, members: &BTreeSet<Principal>) -> BTreeSet<Who> {
        let known = members.iter().filter_map(|member| match member {
            Principal::Subject(id) => self.who(id).cloned(),
            Principal::Group(_) => None,
        });
        known.collect()
    }

    fn enter(&mut self, subject: &Subject, version: u64) {
        let who = self.who(&subject.id).cloned().unwrap_or_else(|| (subject.id.clone(), version));
        let manager = subject.manager.as_ref().and_then(|id| self.who(id)).cloned();
        let subject = subject.clone();
        self.accounts.insert(who.0.clone(), Account { who, subject, manager });
    }

    /// Whoever leaves has no office any more, and whoever gets the id next has none yet.
    fn leave(&mut self, id: &SubjectId) {
        let Some(Account { who, .. }) = self.accounts.remove(id) else { return };
        self.administrators.remove(&who);
        self.teams.values_mut().for_each(|team| team.members.retain(|member| *member != who));
        for account in self.accounts.values_mut().filter(|it| it.manager.as_ref() == Some(&who)) {
            account.manager = None;
        }
    }
}
