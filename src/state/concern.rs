//! Which requests may concern somebody: what a list may show them, and what a change of them may change. No others have to be
//! looked at.

use std::collections::BTreeSet;

use super::State;
use crate::grants::Grant;
use crate::people::{Directory, Principal};
use crate::policies::{Approver, PolicyVersion};
use crate::requests::AccessRequest;
use crate::values::{RequestId, SubjectId};

/// The requests under a policy that names somebody, and those with a part of somebody: made or reviewed by them. Of each it is
/// still to be told.
pub(crate) struct Concern<'a> {
    state: &'a State,
    policies: BTreeSet<&'a PolicyVersion>,
    people: BTreeSet<&'a SubjectId>,
}

impl<'a> Concern<'a> {
    pub(crate) fn new(state: &'a State) -> Self {
        Self { state, policies: BTreeSet::new(), people: BTreeSet::new() }
    }

    /// Those under the policies that name a principal or a group around it.
    pub(crate) fn add_named(&mut self, directory: &Directory, principal: &Principal) {
        let groups = directory.groups_around(principal).into_iter().cloned().map(Approver::Group);
        let itself = match principal {
            Principal::Subject(id) => Approver::Subject(id.clone()),
            Principal::Group(id) => Approver::Group(id.clone()),
        };
        for approver in groups.chain([itself]) {
            self.policies.extend(self.state.policies.naming(&approver));
        }
    }

    /// Those with a part of these.
    pub(crate) fn add_people(&mut self, people: impl IntoIterator<Item = &'a SubjectId>) {
        self.people.extend(people);
    }

    /// Whether a request is among them.
    pub(crate) fn includes(&self, request: &AccessRequest) -> bool {
        let broken = request.break_glass.as_ref().and(request.grant_id.as_ref());
        let broken = broken.and_then(|id| self.state.grants.get(id)).map(Grant::policy);
        self.policies.contains(&request.content.policy())
            || broken.is_some_and(|policy| self.policies.contains(&policy))
            || self.people.contains(&request.content.requester)
            || request.reviewed_in.keys().any(|id| self.people.contains(id))
    }

    /// All of them, by id.
    pub(crate) fn requests(&self) -> BTreeSet<&'a RequestId> {
        let requests = &self.state.requests;
        let with_part = self.people.iter().flat_map(|id| requests.with_part_of(id));
        let under = self.policies.iter().flat_map(|policy| requests.under(policy));
        with_part.chain(under).collect()
    }
}

impl State {
    /// The pending requests, by id, that may be otherwise once these principals have changed, as `after` has them: those that
    /// concern them, their other accounts, those whose manager they are or who stand in for them; and those under a condition,
    /// which may be about anything.
    pub(crate) fn concerned_by<'a>(
        &'a self,
        after: &'a Directory,
        changed: &'a BTreeSet<Principal>,
    ) -> impl Iterator<Item = &'a AccessRequest> {
        let mut concern = Concern::new(self);
        for directory in [&self.directory, after] {
            for principal in changed {
                concern.add_named(directory, principal);
                let Principal::Subject(id) = principal else { continue };
                for account in directory.accounts_of(id).into_iter().chain([id]) {
                    concern.add_named(directory, &account.into());
                    let near = directory.reports_of(account).chain(self.delegations.delegates(account));
                    concern.add_people(near.chain([account]));
                }
            }
        }
        let pending = Some(self.requests.pending()).filter(|_| !changed.is_empty());
        pending.into_iter().flatten().filter(move |request| {
            let is_conditional = || self.policy_of(request).is_ok_and(|it| it.terms.condition.is_some());
            concern.includes(request) || is_conditional()
        })
    }
}
