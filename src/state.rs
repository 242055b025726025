//! What `apply` was told, with its indexes. Look-ups only: nothing here decides.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::Directory;
use crate::matching::Candidate;
use crate::model::{
    AccessRequest, Actor, Delegation, DelegationId, Grant, GrantId, Permission, PermissionId, Policy,
    PolicyId, PolicyName, ProjectId, Refusal, RequestId, SubjectId, Timestamp,
};

/// A project as it is: a fold over its events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub(crate) project: Option<ProjectId>,
    pub(crate) version: u64,
    pub(crate) last_at: Option<Timestamp>,
    pub(crate) directory: Directory,
    pub(crate) policies: BTreeMap<PolicyId, PolicyHistory>,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) requests: BTreeMap<RequestId, AccessRequest>,
    pub(crate) request_order: Vec<RequestId>,
    pub(crate) pending: BTreeSet<RequestId>,
    pub(crate) asked_at: BTreeMap<SubjectId, Vec<Timestamp>>,
    pub(crate) grants: BTreeMap<GrantId, Grant>,
    pub(crate) grant_order: Vec<GrantId>,
    pub(crate) open_grants: BTreeMap<SubjectId, BTreeSet<GrantId>>,
    pub(crate) delegations: BTreeMap<DelegationId, Delegation>,
    pub(crate) deadlines: BTreeSet<Deadline>,
}

/// A policy in all its versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PolicyHistory {
    pub(crate) versions: Vec<Policy>,
    pub(crate) is_deleted: bool,
}

/// Something that will be due. In the order in which a tick deals with it: by time, then by kind, then by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Deadline {
    pub(crate) at: Timestamp,
    pub(crate) due: Due,
}

/// What will be due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    RequestExpires(RequestId),
    GrantEnds(GrantId),
    DelegationStarts(DelegationId),
    DelegationEnds(DelegationId),
    StepEscalates(RequestId),
    StepReminds(RequestId),
    GrantEndsSoon(GrantId),
}

impl State {
    /// The project, once it has been made.
    pub fn project(&self) -> Option<&ProjectId> {
        self.project.as_ref()
    }

    /// The number of commits behind this state.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The time of the last commit.
    pub fn last_at(&self) -> Option<Timestamp> {
        self.last_at
    }

    /// Who is who.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The version of a policy that is in force, unless it is deleted.
    pub fn live_policy(&self, id: &PolicyId) -> Option<&Policy> {
        self.policies.get(id).filter(|history| !history.is_deleted)?.versions.last()
    }

    /// A version of a policy, also of one changed or deleted since.
    pub fn policy_version(&self, id: &PolicyId, version: u32) -> Option<&Policy> {
        self.policies.get(id)?.versions.iter().find(|policy| policy.version == version)
    }

    /// The policies in force.
    pub fn live_policies(&self) -> impl Iterator<Item = &Policy> + Clone {
        self.policies
            .values()
            .filter(|history| !history.is_deleted)
            .filter_map(|history| history.versions.last())
    }

    /// A policy's id with its latest name.
    pub fn policy_name(&self, id: &PolicyId) -> Option<PolicyName> {
        self.policies.get(id)?.versions.last().map(Policy::to_name)
    }

    /// The standing permissions, in the order in which they were made.
    pub fn permissions(&self) -> &[Permission] {
        &self.permissions
    }

    /// A standing permission.
    pub fn permission(&self, id: &PermissionId) -> Option<&Permission> {
        self.permissions.iter().find(|permission| permission.id == *id)
    }

    /// A request.
    pub fn request(&self, id: &RequestId) -> Option<&AccessRequest> {
        self.requests.get(id)
    }

    /// All requests, the newest first.
    pub fn requests(&self) -> impl Iterator<Item = &AccessRequest> {
        self.request_order.iter().rev().filter_map(|id| self.requests.get(id))
    }

    /// The requests that wait for a decision, by id.
    pub fn pending_requests(&self) -> impl Iterator<Item = &AccessRequest> {
        self.pending.iter().filter_map(|id| self.requests.get(id))
    }

    /// When the subject asked or amended, as far back as any limit looks.
    pub(crate) fn asked_at(&self, requester: &SubjectId) -> impl Iterator<Item = Timestamp> {
        self.asked_at.get(requester).into_iter().flatten().copied()
    }

    /// A grant.
    pub fn grant(&self, id: &GrantId) -> Option<&Grant> {
        self.grants.get(id)
    }

    /// All grants, the newest first.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.grant_order.iter().rev().filter_map(|id| self.grants.get(id))
    }

    /// The grants of a holder that no event has ended, by id.
    pub fn open_grants(&self, holder: &SubjectId) -> impl Iterator<Item = &Grant> {
        self.open_grants.get(holder).into_iter().flatten().filter_map(|id| self.grants.get(id))
    }

    /// The grants that no event has ended.
    pub fn all_open_grants(&self) -> impl Iterator<Item = &Grant> {
        self.open_grants.values().flatten().filter_map(|id| self.grants.get(id))
    }

    /// A delegation.
    pub fn delegation(&self, id: &DelegationId) -> Option<&Delegation> {
        self.delegations.get(id)
    }

    /// All delegations, by id.
    pub fn delegations(&self) -> impl Iterator<Item = &Delegation> {
        self.delegations.values()
    }

    /// The delegations that have not ended, by id.
    pub fn open_delegations(&self) -> impl Iterator<Item = &Delegation> {
        self.delegations.values().filter(|delegation| delegation.end.is_none())
    }

    /// The pinned version of the policy that decides a request.
    ///
    /// # Errors
    /// `not_found` for a request of another project.
    pub(crate) fn policy_of(&self, request: &AccessRequest) -> Result<&Policy, Refusal> {
        let content = &request.content;
        self.policy_version(&content.policy_id, content.policy_version)
            .ok_or_else(|| Refusal::not_found(&content.policy_id))
    }

    /// Whether an actor is an active administrator.
    pub fn is_administrator(&self, actor: &Actor) -> bool {
        actor.subject().is_some_and(|id| self.directory.is_administrator(id))
    }
}

/// A policy as a candidate for governing something.
pub(crate) fn candidate(policy: &Policy) -> Candidate<'_> {
    Candidate { id: &policy.id, targets: &policy.terms.targets, actions: &policy.terms.actions }
}
