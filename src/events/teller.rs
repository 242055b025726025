use crate::people::Actor;
use crate::state::State;
use crate::values::{GrantId, GroupId, PolicyId, SubjectId};

/// What an event needs to tell its sentence: who did it, and what everybody and everything is called.
pub(super) struct Teller<'a> {
    pub(super) state: &'a State,
    /// Whose command it was.
    pub(super) actor: &'a Actor,
}

impl Teller<'_> {
    pub(super) fn by(&self) -> String {
        match self.actor {
            Actor::Subject(id) => self.name(id),
            Actor::Host => "The host".to_owned(),
            Actor::Clock => "The clock".to_owned(),
        }
    }

    pub(super) fn name(&self, id: &SubjectId) -> String {
        self.state.directory().person(id).name.to_string()
    }

    pub(super) fn names(&self, ids: &[SubjectId]) -> String {
        ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn group(&self, id: &GroupId) -> String {
        self.state.directory().group(id).map_or_else(|| id.to_string(), |group| group.name.to_string())
    }

    pub(super) fn policy(&self, id: &PolicyId) -> String {
        self.state.policies().name(id).map_or_else(|| id.to_string(), |policy| policy.name.to_string())
    }

    pub(super) fn holder(&self, id: &GrantId) -> String {
        self.state.grants().get(id).map_or_else(|| id.to_string(), |grant| self.name(&grant.holder))
    }
}
