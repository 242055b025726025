//! People, groups and administrators: who is known, who is active, who is one person (`subject.*`, `group.*`,
//! `administrator.*`).

use access_engine::commands::{CreateProject, SetAdministrators};
use access_engine::people::{Actor, Group, KnownSubject, Principal};
use access_engine::values::{GroupId, SubjectId};

use super::state::{Code, Deed, State};

/// Who is who.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct People {
    /// Those removed included, who are disabled, while something names them.
    pub(crate) subjects: Vec<KnownSubject>,
    pub(crate) groups: Vec<Group>,
    /// Whose ids nobody has now.
    pub(crate) removed: Vec<Principal>,
    /// Who has an id that another one had before, and in which commit he got it.
    pub(crate) newcomers: Vec<(Principal, u64)>,
    /// Sorted.
    pub(crate) administrators: Vec<SubjectId>,
}

impl People {
    pub(crate) fn subject(&self, id: &SubjectId) -> Option<&KnownSubject> {
        self.subjects.iter().find(|subject| subject.id == *id)
    }

    /// Whether somebody has or had the id; of the removed that is known for ever.
    pub(crate) fn has_known(&self, id: &SubjectId) -> bool {
        self.subject(id).is_some() || self.removed.contains(&id.into())
    }

    pub(crate) fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == *id)
    }

    /// Whether a command may name it.
    pub(crate) fn knows(&self, principal: &Principal) -> bool {
        let is_there = match principal {
            Principal::Subject(id) => self.subject(id).is_some(),
            Principal::Group(id) => self.group(id).is_some(),
        };
        is_there && !self.removed.contains(principal)
    }

    /// Whether who has an id now has had it since a commit: what was said before is not about him.
    pub(crate) fn is_since(&self, principal: &Principal, commit: u64) -> bool {
        !self.newcomers.iter().any(|(newcomer, entered)| newcomer == principal && *entered > commit)
    }

    /// Whether anybody or any group has taken over an id after a commit.
    pub(crate) fn has_newcomers_since(&self, commit: u64) -> bool {
        self.newcomers.iter().any(|(_, entered)| *entered > commit)
    }

    /// Which human being an account belongs to.
    pub(crate) fn person<'a>(&'a self, id: &'a SubjectId) -> &'a str {
        let said = self.subject(id).and_then(|subject| subject.person.as_ref());
        said.map_or(id.as_str(), |person| person.as_str())
    }

    pub(crate) fn is_same_person(&self, one: &SubjectId, other: &SubjectId) -> bool {
        self.person(one) == self.person(other)
    }

    /// The persons of some accounts, sorted, each once.
    pub(crate) fn persons<'a>(&self, ids: impl IntoIterator<Item = &'a SubjectId>) -> Vec<String> {
        let mut persons: Vec<String> = ids.into_iter().map(|id| self.person(id).to_owned()).collect();
        persons.sort();
        persons.dedup();
        persons
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
    let administrators: Vec<_> = project.administrators.iter().cloned().map(KnownSubject::from).collect();
    let people = founded(&administrators);
    check_administered(&people)?;
    state.people = people;
    state.is_made = true;
    deed.has_changed = true;
    Ok(())
}

/// The directory of a project that begins.
pub(crate) fn founded(administrators: &[KnownSubject]) -> People {
    let mut people = People::default();
    for subject in administrators {
        put(&mut people, subject, 1);
    }
    people.administrators = sorted(people.subjects.iter().map(|subject| subject.id.clone()).collect());
    people
}

pub(crate) fn check_administered(people: &People) -> Result<(), Code> {
    let is_administered = people.administrators.iter().any(|id| people.is_active(id));
    if is_administered { Ok(()) } else { Err("last_administrator") }
}

pub(crate) fn sorted(mut ids: Vec<SubjectId>) -> Vec<SubjectId> {
    ids.sort();
    ids.dedup();
    ids
}

/// Adds or replaces somebody. Who gets the id of somebody removed is a newcomer, and nobody's manager is removed.
pub(crate) fn put(people: &mut People, subject: &KnownSubject, commit: u64) {
    let mut subject = subject.clone();
    subject.manager = subject.manager.filter(|id| !people.removed.contains(&Principal::from(id)));
    enter(people, &Principal::from(&subject.id), commit);
    match people.subjects.iter_mut().find(|known| known.id == subject.id) {
        Some(known) => *known = subject,
        None => people.subjects.push(subject),
    }
}

/// Adds or replaces a group.
pub(crate) fn put_group(people: &mut People, group: &Group, commit: u64) {
    enter(people, &Principal::from(&group.id), commit);
    match people.groups.iter_mut().find(|known| known.id == group.id) {
        Some(known) => *known = group.clone(),
        None => people.groups.push(group.clone()),
    }
}

fn enter(people: &mut People, principal: &Principal, commit: u64) {
    if people.removed.contains(principal) {
        people.removed.retain(|removed| removed != principal);
        people.newcomers.retain(|(newcomer, _)| newcomer != principal);
        people.newcomers.push((principal.clone(), commit));
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
    let named: Vec<SubjectId> = set.administrators.iter().map(|named| SubjectId::clone(named)).collect();
    if named.iter().any(|id| !state.people.knows(&id.into())) {
        return Err("unknown_subject");
    }
    let mut people = state.people.clone();
    people.administrators = sorted(named);
    check_administered(&people)?;
    if people.administrators != state.people.administrators {
        let told = sorted([state.people.administrators.clone(), people.administrators.clone()].concat());
        told.iter().for_each(|id| deed.tell("administrators_changed", id, None));
        state.people = people;
        deed.has_changed = true;
    }
    Ok(())
}

/// A removed subject stays known as disabled, leaves every group, is nobody's manager and no administrator any more.
pub(crate) fn remove_subject(people: &mut People, id: &SubjectId) {
    for subject in people.subjects.iter_mut().filter(|known| known.id == *id) {
        (subject.disabled, subject.manager) = (true, None);
    }
    people
        .subjects
        .iter_mut()
        .filter(|known| known.manager.as_ref() == Some(id))
        .for_each(|s| s.manager = None);
    people.administrators.retain(|known| known != id);
    leave(people, Principal::from(id));
}

pub(crate) fn remove_group(people: &mut People, id: &GroupId) {
    people.groups.retain(|known| known.id != *id);
    leave(people, Principal::from(id));
}

fn leave(people: &mut People, gone: Principal) {
    people.groups.iter_mut().for_each(|group| group.members.retain(|known| *known != gone));
    people.removed.push(gone);
}

pub(crate) fn group_mut<'a>(people: &'a mut People, id: &GroupId) -> &'a mut Group {
    people.groups.iter_mut().find(|group| group.id == *id).expect("it was found before")
}

/// Refused where somebody or some group is not known to a command that names it.
pub(crate) fn check_known(people: &People, principal: &Principal) -> Result<(), Code> {
    match principal {
        known if people.knows(known) => Ok(()),
        Principal::Subject(_) => Err("unknown_subject"),
        Principal::Group(_) => Err("unknown_group"),
    }
}

/// Whether a group is another or contains it.
pub(crate) fn contains_group(people: &People, whole: &GroupId, part: &GroupId) -> bool {
    whole == part
        || people.group(whole).is_some_and(|group| {
            group.members.iter().any(|member| match member {
                Principal::Group(id) => contains_group(people, id, part),
                Principal::Subject(_) => false,
            })
        })
}

/// The active members of a group, transitively.
pub(crate) fn members(people: &People, id: &GroupId) -> Vec<SubjectId> {
    let Some(group) = people.group(id) else { return Vec::new() };
    let mut all = Vec::new();
    for member in &group.members {
        match member {
            Principal::Subject(id) if people.is_active(id) => all.push(id.clone()),
            Principal::Subject(_) => {}
            Principal::Group(id) => all.extend(members(people, id)),
        }
    }
    sorted(all)
}

/// Who of some people is active, sorted, each once.
pub(crate) fn active(people: &People, ids: Vec<SubjectId>) -> Vec<SubjectId> {
    sorted(ids.into_iter().filter(|id| people.is_active(id)).collect())
}
