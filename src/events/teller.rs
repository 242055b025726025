use crate::people::Actor;
use crate::resources::{ActionList, Pattern};
use crate::state::State;
use crate::values::{Action, DelegationId, GrantId, GroupId, PolicyId, RequestId, SubjectId};

/// What an event needs to tell its sentence: who did it, and what everybody and everything is called.
pub(super) struct Teller<'a> {
    pub(super) state: &'a State,
    /// Whose command it was.
    pub(super) actor: &'a Actor,
    /// The version of the commit.
    pub(super) version: u64,
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
        self.name_since(id, self.version)
    }

    fn name_since(&self, id: &SubjectId, version: u64) -> String {
        self.state.directory().person_since(id, version).name.to_string()
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

    /// Who asked, and for what.
    pub(super) fn request(&self, id: &RequestId) -> (String, String) {
        let request = self.state.requests().get(id).map(|request| &request.content);
        request.map_or_else(
            || (id.to_string(), "what it is for".to_owned()),
            |content| {
                (self.name_since(&content.requester, id.made_in()), access(&content.target, &content.actions))
            },
        )
    }

    /// Who has the grant, and to what.
    pub(super) fn grant(&self, id: &GrantId) -> (String, String) {
        self.state.grants().get(id).map_or_else(
            || (id.to_string(), "what it opens".to_owned()),
            |grant| (self.name_since(&grant.holder, id.made_in()), access(&grant.target, &grant.actions)),
        )
    }

    /// Who reviews, and in whose place.
    pub(super) fn delegation(&self, id: &DelegationId) -> (String, String) {
        self.state.delegations().get(id).map_or_else(
            || (id.to_string(), "somebody".to_owned()),
            |delegation| {
                let name = |who| self.name_since(who, id.made_in());
                (name(&delegation.delegate), name(&delegation.delegator))
            },
        )
    }
}

/// What access is to: `production /payments/** (read, write)`.
pub(super) fn access(target: &Pattern, actions: &ActionList) -> String {
    let actions: Vec<_> = actions.as_slice().iter().map(Action::as_str).collect();
    format!("{target} ({})", actions.join(", "))
}
