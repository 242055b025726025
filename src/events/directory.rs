use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, check, name};
use super::{About, AccessEvent, Happening, Teller};
use crate::people::{Group, KnownSubject, Principal, Visit};
use crate::state::State;
use crate::values::{GroupId, Invalid, InvalidKind, Name, ProjectId, SubjectId};

/// The form of a record, by which every edition knows whether it can read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct Format(u32);

impl Format {
    /// The form that this edition writes.
    pub const CURRENT: Self = Self(1);
}

impl TryFrom<u32> for Format {
    type Error = Invalid;

    fn try_from(format: u32) -> Result<Self, Invalid> {
        if Self(format) == Self::CURRENT {
            return Ok(Self::CURRENT);
        }
        Err(Invalid::new(InvalidKind::UnknownName, format!("the record has the format {format}, not 1")))
    }
}

/// The project was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProjectCreated {
    /// The form of the record: 1.
    #[cfg_attr(feature = "wasm", tsify(type = "1"))]
    pub format: Format,
    /// Its id.
    pub project: ProjectId,
    /// Its first administrators, who enter the directory.
    #[cfg_attr(feature = "wasm", tsify(type = "Subject[]"))]
    pub administrators: Vec<KnownSubject>,
}

impl Happening for ProjectCreated {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, _: Before<'_>) -> Result<(), Misfit> {
        Ok(())
    }

    fn apply(&self, state: &mut State) {
        state.project = Some(self.project.clone());
        state.directory.set_administrators(self.administrators.iter().map(|subject| subject.id.clone()));
        let version = state.next_version();
        self.administrators
            .iter()
            .for_each(|subject| state.directory.upsert_subject(subject.clone(), version));
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.administrators.iter_mut().for_each(|subject| subject.personal(visit));
    }

    fn sentence(&self, _: &Teller<'_>) -> String {
        format!("The project {} was made.", self.project)
    }
}

/// A subject was added or replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectUpserted {
    /// The whole subject.
    #[cfg_attr(feature = "wasm", tsify(type = "Subject"))]
    pub subject: KnownSubject,
}

impl Happening for SubjectUpserted {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, _: Before<'_>) -> Result<(), Misfit> {
        Ok(())
    }

    fn apply(&self, state: &mut State) {
        state.directory.upsert_subject(self.subject.clone(), state.next_version());
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.subject.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let disabled = if self.subject.disabled { ", disabled" } else { "" };
        format!("{} synced in {}{disabled}.", teller.by(), *self.subject.name)
    }
}

/// A subject was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectRemoved {
    /// Which subject.
    pub subject_id: SubjectId,
}

impl Happening for SubjectRemoved {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let is_there = before.state.directory().knows(&(&self.subject_id).into());
        check(is_there, || Misfit::Unknown(self.subject_id.to_string()))
    }

    fn apply(&self, state: &mut State) {
        state.directory.remove_subject(&self.subject_id);
        state.forget(&self.subject_id);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} removed {}.", teller.by(), teller.name(&self.subject_id))
    }
}

/// What a subject was called and wrote was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectErased {
    /// Whoever had this id then.
    pub subject_id: SubjectId,
    /// The version of the last commit that it reaches.
    pub up_to: u64,
}

impl Happening for SubjectErased {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.subject(&self.subject_id)?;
        check(self.up_to <= before.state.version(), || Misfit::Later)
    }

    fn apply(&self, state: &mut State) {
        state.erase(&self.subject_id, self.up_to);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} erased what {} was called and wrote.", teller.by(), self.subject_id)
    }
}

/// A group was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupUpserted {
    /// The whole group.
    pub group: Group,
}

impl Happening for GroupUpserted {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        self.group.members.iter().try_for_each(|member| before.known(member))
    }

    fn apply(&self, state: &mut State) {
        state.directory.upsert_group(&self.group, state.next_version());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let Group { name, members, .. } = &self.group;
        format!("{} synced in the group {name} with {}.", teller.by(), counted(members))
    }
}

/// A group got another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRenamed {
    /// Which group.
    pub group_id: GroupId,
    /// What people call it now.
    pub name: Name,
}

impl Happening for GroupRenamed {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.group(&self.group_id)
    }

    fn apply(&self, state: &mut State) {
        state.directory.rename_group(&self.group_id, &self.name);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} renamed the group {} to {}.", teller.by(), self.group_id, self.name)
    }
}

/// Members were added to a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MembersAdded {
    /// Which group.
    pub group_id: GroupId,
    /// Who is new in it.
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub members: BTreeSet<Principal>,
}

impl Happening for MembersAdded {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.group(&self.group_id)?;
        self.members.iter().try_for_each(|member| {
            before.known(member)?;
            let is_in = before.state.directory().is_member(member, &self.group_id);
            check(!is_in, || Misfit::Again(name(member)))
        })
    }

    fn apply(&self, state: &mut State) {
        state.directory.add_members(&self.group_id, &self.members);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!(
            "{} added {} to the group {}.",
            teller.by(),
            counted(&self.members),
            teller.group(&self.group_id)
        )
    }
}

/// Members were taken out of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MembersRemoved {
    /// Which group.
    pub group_id: GroupId,
    /// Who left it.
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub members: BTreeSet<Principal>,
}

impl Happening for MembersRemoved {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.group(&self.group_id)?;
        self.members.iter().try_for_each(|member| {
            let is_in = before.state.directory().is_member(member, &self.group_id);
            check(is_in, || Misfit::Unknown(name(member)))
        })
    }

    fn apply(&self, state: &mut State) {
        state.directory.remove_members(&self.group_id, &self.members);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let group = teller.group(&self.group_id);
        format!("{} took {} out of the group {group}.", teller.by(), counted(&self.members))
    }
}

fn counted(members: &BTreeSet<Principal>) -> String {
    match members.len() {
        1 => "1 member".to_owned(),
        count => format!("{count} members"),
    }
}

/// A group was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRemoved {
    /// Which group.
    pub group_id: GroupId,
}

impl Happening for GroupRemoved {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.group(&self.group_id)
    }

    fn apply(&self, state: &mut State) {
        state.directory.remove_group(&self.group_id);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} removed the group {}.", teller.by(), teller.group(&self.group_id))
    }
}

/// The administrators were named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdministratorsSet {
    /// All of them; sorted.
    pub administrators: Vec<SubjectId>,
}

impl Happening for AdministratorsSet {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.subjects(&self.administrators)
    }

    fn apply(&self, state: &mut State) {
        state.directory.set_administrators(self.administrators.iter().cloned());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let names = teller.names(&self.administrators);
        format!("{} made these the administrators: {names}.", teller.by())
    }
}

/// The principals of the directory that events change: of who joins or leaves a group it is the group.
pub(crate) fn changed_principals(events: &[AccessEvent]) -> BTreeSet<Principal> {
    let changed = events.iter().filter_map(|event| match event {
        AccessEvent::SubjectUpserted(event) => Some(Principal::from(&event.subject.id)),
        AccessEvent::SubjectRemoved(event) => Some(Principal::from(&event.subject_id)),
        AccessEvent::GroupUpserted(event) => Some(Principal::from(&event.group.id)),
        AccessEvent::MembersAdded(event) => Some(Principal::from(&event.group_id)),
        AccessEvent::MembersRemoved(event) => Some(Principal::from(&event.group_id)),
        AccessEvent::GroupRemoved(event) => Some(Principal::from(&event.group_id)),
        _ => None,
    });
    changed.collect()
}
