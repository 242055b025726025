//! Whether an event fits the state it meets. Nothing is decided again: rules and limits change between editions, records
//! do not.

use std::fmt::Display;

use crate::delegations::Delegation;
use crate::grants::Grant;
use crate::people::{Actor, Principal};
use crate::permissions::Permission;
use crate::policies::{Exclusion, Policy};
use crate::requests::{AccessRequest, RequestContent, content_hash};
use crate::state::State;
use crate::values::{
    DelegationId, GrantId, GroupId, PermissionId, PolicyId, RequestId, SubjectId, Timestamp,
};

/// How an event does not fit the state it meets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The project is made later, or again.
    #[error("a record begins with the making of its project, which is made once")]
    Project,
    /// What it names is not there.
    #[error("it names `{0}`, which is not there")]
    Unknown(String),
    /// What it makes is there.
    #[error("it makes `{0}`, which is there already")]
    Known(String),
    /// The id of what it makes has the number of another commit.
    #[error("it makes `{0}`, an id of another commit")]
    OtherCommit(String),
    /// What it says to have happened has happened.
    #[error("it says of `{0}` what has happened already")]
    Again(String),
    /// What it is about has ended, or been decided.
    #[error("it is about `{0}`, which is over")]
    Over(String),
    /// The version is not the next.
    #[error("it makes version {version} of `{id}`, which is not the next one")]
    Version {
        /// Of what.
        id: String,
        /// Which version.
        version: u32,
    },
    /// The policy has no such step.
    #[error("it names step {step} of `{request}`, which has no such step")]
    Step {
        /// Of which request.
        request: String,
        /// Which step.
        step: u32,
    },
    /// The content is not what its hash was made of.
    #[error("the content of `{0}` is not what its hash was made of")]
    Content(String),
    /// The request is not what it is said to be.
    #[error("it is not what became of `{0}`")]
    Otherwise(String),
    /// Something of what is archived is open, or was until lately.
    #[error("it archives `{0}`, which has not been over for 35 days")]
    NotOver(String),
    /// What it lists is nothing, or not each once and in order.
    #[error("it does not list its requests in their order, each once")]
    List,
    /// It happened after its commit was made.
    #[error("it is later than its commit")]
    Later,
}

/// What an event meets: the state, and the time of its commit.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) state: &'a State,
    pub(super) at: Timestamp,
}

impl<'a> Before<'a> {
    /// What happened is no later than its commit.
    pub(super) fn happened(self, at: Timestamp) -> Result<(), Misfit> {
        check(at <= self.at, || Misfit::Later)
    }

    /// The subject is known, be it removed.
    pub(super) fn subject(self, id: &SubjectId) -> Result<(), Misfit> {
        check(self.state.directory().has_known(id), || Misfit::Unknown(id.to_string()))
    }

    /// All of these are.
    pub(super) fn subjects<'s>(self, ids: impl IntoIterator<Item = &'s SubjectId>) -> Result<(), Misfit> {
        ids.into_iter().try_for_each(|id| self.subject(id))
    }

    /// The group is there.
    pub(super) fn group(self, id: &GroupId) -> Result<(), Misfit> {
        found(self.state.directory().group(id), id).map(drop)
    }

    /// The principal is there, or was.
    pub(super) fn principal(self, principal: &Principal) -> Result<(), Misfit> {
        let directory = self.state.directory();
        let is_known = directory.knows(principal) || directory.is_removed(principal);
        check(is_known, || Misfit::Unknown(name(principal)))
    }

    /// The principal is there.
    pub(super) fn known(self, principal: &Principal) -> Result<(), Misfit> {
        check(self.state.directory().knows(principal), || Misfit::Unknown(name(principal)))
    }

    /// Whoever did it is known.
    pub(super) fn actor(self, actor: &Actor) -> Result<(), Misfit> {
        self.subjects(actor.subject())
    }

    /// That version of the policy, also of one changed or deleted since.
    pub(super) fn policy(self, id: &PolicyId, version: u32) -> Result<&'a Policy, Misfit> {
        found(self.state.policies().version(id, version), id)
    }

    /// A version of a policy with the others that govern parts of what it does.
    pub(super) fn policies(self, id: &PolicyId, version: u32, others: &[Exclusion]) -> Result<(), Misfit> {
        self.policy(id, version)?;
        others.iter().try_for_each(|other| self.policy(&other.policy_id, other.policy_version).map(drop))
    }

    /// The policy, which is in force.
    pub(super) fn live_policy(self, id: &PolicyId) -> Result<&'a Policy, Misfit> {
        found(self.state.policies().live(id), id)
    }

    /// The standing permission.
    pub(super) fn permission(self, id: &PermissionId) -> Result<&'a Permission, Misfit> {
        found(self.state.permissions().get(id), id)
    }

    /// The request.
    pub(super) fn request(self, id: &RequestId) -> Result<&'a AccessRequest, Misfit> {
        found(self.state.requests().get(id), id)
    }

    /// The request, which waits for a decision.
    pub(super) fn pending(self, id: &RequestId) -> Result<&'a AccessRequest, Misfit> {
        let request = self.request(id)?;
        check(request.is_pending(), || Misfit::Over(id.to_string()))?;
        Ok(request)
    }

    /// The request, which waits for a decision and has that step.
    pub(super) fn step(self, id: &RequestId, step: u32) -> Result<&'a AccessRequest, Misfit> {
        let request = self.pending(id)?;
        let policy = self.policy(&request.content.policy_id, request.content.policy_version)?;
        let steps = u32::try_from(policy.terms.steps.len()).unwrap_or(u32::MAX);
        check((1..=steps).contains(&step), || Misfit::Step { request: id.to_string(), step })?;
        Ok(request)
    }

    /// What a request asks for names what is there, and is what its hash was made of.
    pub(super) fn content(self, id: &RequestId, content: &RequestContent, hash: &str) -> Result<(), Misfit> {
        self.subject(&content.requester)?;
        self.policies(&content.policy_id, content.policy_version, &content.exclusions)?;
        content.renews.iter().try_for_each(|grant| self.grant(grant).map(drop))?;
        check(content_hash(content) == hash, || Misfit::Content(id.to_string()))
    }

    /// The grant.
    pub(super) fn grant(self, id: &GrantId) -> Result<&'a Grant, Misfit> {
        found(self.state.grants().get(id), id)
    }

    /// The grant, which no event has ended.
    pub(super) fn open_grant(self, id: &GrantId) -> Result<&'a Grant, Misfit> {
        let grant = self.grant(id)?;
        check(grant.end.is_none(), || Misfit::Over(id.to_string()))?;
        Ok(grant)
    }

    /// The delegation, which no event has ended.
    pub(super) fn open_delegation(self, id: &DelegationId) -> Result<&'a Delegation, Misfit> {
        let delegation = found(self.state.delegations().get(id), id)?;
        check(delegation.end.is_none(), || Misfit::Over(id.to_string()))?;
        Ok(delegation)
    }

    /// The id is of this commit, and nothing has it.
    pub(super) fn is_new(self, id: impl Display, made_in: u64, is_known: bool) -> Result<(), Misfit> {
        check(made_in == self.state.next_version(), || Misfit::OtherCommit(id.to_string()))?;
        check(!is_known, || Misfit::Known(id.to_string()))
    }
}

/// The version is the one after another; of what is new after 0.
pub(super) fn is_next(id: impl Display, before: u32, version: u32) -> Result<(), Misfit> {
    check(before.checked_add(1) == Some(version), || Misfit::Version { id: id.to_string(), version })
}

pub(super) fn check(holds: bool, misfit: impl FnOnce() -> Misfit) -> Result<(), Misfit> {
    if holds { Ok(()) } else { Err(misfit()) }
}

fn found<T>(found: Option<T>, id: impl Display) -> Result<T, Misfit> {
    found.ok_or_else(|| Misfit::Unknown(id.to_string()))
}

/// The id of a principal.
pub(super) fn name(principal: &Principal) -> String {
    match principal {
        Principal::Subject(id) => id.to_string(),
        Principal::Group(id) => id.to_string(),
    }
}
