use serde::{Deserialize, Serialize};

use super::{About, Happening, Teller};
use crate::people::{Group, Subject};
use crate::state::State;
use crate::values::{GroupId, ProjectId, SubjectId};

/// The project was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProjectCreated {
    /// Its id.
    pub project: ProjectId,
    /// Its first administrators, who enter the directory.
    pub administrators: Vec<Subject>,
}

impl Happening for ProjectCreated {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn apply(&self, state: &mut State) {
        state.project = Some(self.project.clone());
        state.directory.set_administrators(self.administrators.iter().map(|subject| subject.id.clone()));
        self.administrators.iter().for_each(|subject| state.directory.upsert_subject(subject.clone()));
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
    pub subject: Subject,
}

impl Happening for SubjectUpserted {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn apply(&self, state: &mut State) {
        state.directory.upsert_subject(self.subject.clone());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let disabled = if self.subject.disabled { ", disabled" } else { "" };
        format!("{} synced in {}{disabled}.", teller.by(), self.subject.name)
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

    fn apply(&self, state: &mut State) {
        state.directory.remove_subject(&self.subject_id);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} removed {}.", teller.by(), teller.name(&self.subject_id))
    }
}

/// A group was added or replaced.
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

    fn apply(&self, state: &mut State) {
        state.directory.upsert_group(self.group.clone());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let Group { name, members, .. } = &self.group;
        format!("{} synced in the group {name} with {} members.", teller.by(), members.len())
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

    fn apply(&self, state: &mut State) {
        state.directory.remove_group(&self.group_id);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} removed the group {}.", teller.by(), self.group_id)
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

    fn apply(&self, state: &mut State) {
        state.directory.set_administrators(self.administrators.iter().cloned());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let names = teller.names(&self.administrators);
        format!("{} made these the administrators: {names}.", teller.by())
    }
}
