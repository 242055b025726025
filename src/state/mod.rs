//! What the events said, subject by subject, with what will be due. Look-ups and changes by name: nothing here decides.

mod archive;
mod concern;
mod deadlines;
mod ids;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use self::deadlines::{of_delegation, of_grant};
use crate::delegations::{Delegation, Delegations};
use crate::grants::{Grant, Grants};
use crate::people::{Actor, Directory, Erasable, Visit};
use crate::permissions::Permissions;
use crate::policies::{Policies, Policy};
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, Requests};
use crate::values::{DelegationId, GrantId, Map, ProjectId, RequestId, Set, SubjectId, Timestamp};

pub(crate) use self::concern::Concern;
pub(crate) use self::deadlines::{Deadline, Deadlines, Due};

/// A project as it is, what is archived left out: a fold over its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct State {
    pub(crate) project: Option<ProjectId>,
    pub(crate) version: u64,
    pub(crate) last_at: Option<Timestamp>,
    pub(crate) directory: Directory,
    pub(crate) policies: Policies,
    pub(crate) permissions: Permissions,
    requests: Requests,
    grants: Grants,
    delegations: Delegations,
    #[serde(skip)]
    pub(crate) deadlines: Deadlines,
    /// Up to which commit what a subject was called and wrote was erased.
    erased: Map<SubjectId, u64>,
    /// Of whom something was archived since they were erased.
    archived_since: Set<SubjectId>,
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

    /// The number of the commit that is being decided, or carried in.
    pub(crate) fn next_version(&self) -> u64 {
        self.version.saturating_add(1)
    }

    /// The time of the last commit.
    pub fn last_at(&self) -> Option<Timestamp> {
        self.last_at
    }

    /// Who is who.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The policies.
    pub fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The standing permissions.
    pub fn permissions(&self) -> &Permissions {
        &self.permissions
    }

    /// The requests.
    pub fn requests(&self) -> &Requests {
        &self.requests
    }

    /// The grants.
    pub fn grants(&self) -> &Grants {
        &self.grants
    }

    /// The delegations.
    pub fn delegations(&self) -> &Delegations {
        &self.delegations
    }

    /// The pinned version of the policy that decides a request.
    ///
    /// # Errors
    /// `not_found` for a request of another project.
    pub(crate) fn policy_of(&self, request: &AccessRequest) -> Result<&Policy, Refusal> {
        let content = &request.content;
        let pinned = self.policies.version(&content.policy_id, content.policy_version);
        pinned.ok_or_else(|| Refusal::not_found(&content.policy_id))
    }

    /// Makes all that is found by something, and all that will be due, anew: a snapshot is without.
    pub(crate) fn index(&mut self) {
        self.directory.index();
        self.policies.index();
        self.requests.index();
        self.grants.index();
        for grant in self.grants.newest_first() {
            self.requests.add_under(&grant.policy(), &grant.request_id);
        }
        let requests = self.requests.newest_first().map(|request| request.id.clone()).collect();
        let of_grants = self.grants.open().flat_map(of_grant);
        let of_delegations = self.delegations.open().flat_map(of_delegation);
        let all = self.deadlines_of(&requests).into_iter().chain(of_grants).chain(of_delegations);
        self.deadlines.replace(Vec::new(), all.collect());
    }

    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.directory.personal(visit);
        self.requests.change_where(|_| true, |request| request.personal(visit));
        self.grants.change_where(|_| true, |grant| grant.personal(visit));
    }

    /// Whether an actor is an active administrator.
    pub fn is_administrator(&self, actor: &Actor) -> bool {
        actor.subject().is_some_and(|id| self.directory.is_administrator(id))
    }

    /// Adds a request, or puts it in the place of the one with its id.
    pub(crate) fn open_request(&mut self, request: AccessRequest, at: Timestamp) {
        let both = [Some(&request), self.requests.get(&request.id)];
        let touched: BTreeSet<_> =
            both.into_iter().flatten().flat_map(|request| self.touched_by(request)).collect();
        self.change_deadlines(&touched, |state| {
            let before = state.requests.get(&request.id).and_then(|before| before.content.renews.clone());
            let left = before.filter(|id| request.content.renews.as_ref() != Some(id));
            if let Some(grant) = left.and_then(|id| state.grants.get(&id)) {
                state.requests.change(&grant.request_id, |renewed| renewed.renewal_left_at = Some(at));
            }
            state.requests.open(request, at);
        });
    }

    /// Changes a request that is known.
    pub(crate) fn change_request(&mut self, id: &RequestId, change: impl FnOnce(&mut AccessRequest)) {
        let Some(request) = self.requests.get(id) else { return };
        let touched = self.touched_by(request);
        self.change_deadlines(&touched, |state| state.requests.change(id, change));
    }

    /// Makes a change, and puts the deadlines that some requests have then in the place of those before.
    fn change_deadlines(&mut self, ids: &BTreeSet<RequestId>, change: impl FnOnce(&mut Self)) {
        let before = self.deadlines_of(ids);
        change(self);
        let now = self.deadlines_of(ids);
        self.deadlines.replace(before, now);
    }

    /// Whoever has the id next was not asked for any review, and has used up no limit.
    pub(crate) fn forget(&mut self, id: &SubjectId) {
        self.requests.forget(id);
        self.grants.forget(id);
    }

    /// The last commit that an erasure of the subject reaches; 0 without one.
    pub(crate) fn erased_up_to(&self, id: &SubjectId) -> u64 {
        self.erased.get(id).copied().unwrap_or_default()
    }

    /// Forgets what a subject was called and wrote up to that commit, and what others wrote on its requests and grants;
    /// whether there was anything.
    pub(crate) fn erase(&mut self, id: &SubjectId, up_to: u64) -> bool {
        self.erased.insert(id.clone(), up_to);
        let mut found = self.archived_since.remove(id);
        let mut erase = |text: &mut dyn Erasable, author: Option<&SubjectId>, is_about: bool| {
            if let Some(version) = text.written_in()
                && (is_about || (author == Some(id) && version <= up_to))
            {
                text.erase();
                found = true;
            }
        };
        self.directory
            .change_subject(id, |subject| subject.personal(&mut |text, _| erase(text, Some(id), false)));
        // What was said of it when somebody else had the id is erased with it, too.
        let names = |named: &SubjectId| named == id;
        self.requests.change_where(
            |request| request.subjects().any(names),
            |request| {
                let is_its = request.content.requester == *id && request.id.made_in() <= up_to;
                request.personal(&mut |text, author| erase(text, author, is_its));
            },
        );
        self.grants.change_where(
            |grant| grant.subjects().any(names),
            |grant| {
                let is_its = grant.holder == *id && grant.id.made_in() <= up_to;
                grant.personal(&mut |text, author| erase(text, author, is_its));
            },
        );
        found
    }

    /// Adds a grant.
    pub(crate) fn add_grant(&mut self, grant: Grant, at: Timestamp) {
        self.deadlines.replace(Vec::new(), of_grant(&grant));
        let touched = self.touched_by_grant(&grant);
        self.requests.add_under(&grant.policy(), &grant.request_id);
        self.change_deadlines(&touched, |state| state.grants.add(grant, at));
    }

    /// Changes a grant that is known.
    pub(crate) fn change_grant(&mut self, id: &GrantId, change: impl FnOnce(&mut Grant)) {
        let Some(grant) = self.grants.get(id) else { return };
        let (touched, before) = (self.touched_by_grant(grant), of_grant(grant));
        self.change_deadlines(&touched, |state| state.grants.change(id, change));
        let now = self.grants.get(id).map(of_grant).unwrap_or_default();
        self.deadlines.replace(before, now);
    }

    /// Adds a delegation.
    pub(crate) fn add_delegation(&mut self, delegation: Delegation) {
        self.deadlines.replace(Vec::new(), of_delegation(&delegation));
        self.delegations.add(delegation);
    }

    /// Changes a delegation that is known.
    pub(crate) fn change_delegation(&mut self, id: &DelegationId, change: impl FnOnce(&mut Delegation)) {
        let deadlines = |all: &Delegations| all.get(id).map(of_delegation).unwrap_or_default();
        let before = deadlines(&self.delegations);
        self.delegations.change(id, change);
        self.deadlines.replace(before, deadlines(&self.delegations));
    }
}
