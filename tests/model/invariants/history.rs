//! A plain model of what the record says: folded from events, slow, and apart from the code that decides.

mod access;
mod approvers;
mod conditions;
mod delegates;
mod patterns;
mod requests;

use std::collections::{BTreeMap, BTreeSet};

use access_engine::model::*;

pub(crate) use access::{Deed, deeds};
pub(crate) use approvers::step_of;
pub(crate) use requests::{Asked, Said, is_shorter};

/// What the events say so far.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// The time up to which it is known.
    pub(crate) at: Timestamp,
    pub(crate) subjects: BTreeMap<SubjectId, Subject>,
    pub(crate) groups: BTreeMap<GroupId, Vec<Principal>>,
    pub(crate) administrators: BTreeSet<SubjectId>,
    pub(crate) policies: BTreeMap<PolicyId, History>,
    pub(crate) permissions: BTreeMap<PermissionId, Permitted>,
    pub(crate) delegations: Vec<Deputed>,
    pub(crate) requests: Vec<Asked>,
    pub(crate) grants: Vec<Given>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) versions: Vec<PolicyTerms>,
    pub(crate) is_live: bool,
}

/// A standing permission, without whoever it named and was removed since.
#[derive(Clone, Debug)]
pub(crate) struct Permitted {
    pub(crate) terms: PermissionTerms,
    pub(crate) holders: Vec<Principal>,
}

/// A delegation, as its events tell it.
#[derive(Clone, Debug)]
pub(crate) struct Deputed {
    pub(crate) delegation: Delegation,
    /// Whether one of the two has been disabled since, be it for no longer than a part of a commit.
    pub(crate) has_lapsed: bool,
}

/// A grant, as its events tell it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) grant: Grant,
    pub(crate) at: Timestamp,
    /// What it may open at most.
    pub(crate) most: BTreeSet<Deed>,
    /// Whether it opens all of that where no later policy governs.
    pub(crate) is_exact: bool,
    /// Whether its holder has been disabled since.
    pub(crate) has_lapsed: bool,
    pub(crate) ends: Vec<GrantEnd>,
}

impl Given {
    pub(crate) fn is_live(&self, at: Timestamp) -> bool {
        self.is_to_come(at) && self.grant.starts_at <= at
    }

    /// Whether it opens something now or later.
    pub(crate) fn is_to_come(&self, at: Timestamp) -> bool {
        self.ends.is_empty() && self.grant.ends_at.is_none_or(|end| at < end)
    }
}

/// The events of a commit, each with its time: what a tick finds due has its own, and what follows from it the same.
pub(crate) fn timed(commit: &Commit) -> impl Iterator<Item = (&AccessEvent, Timestamp)> {
    let mut at = commit.at;
    commit.events.iter().map(move |event| {
        at = event.due_at().unwrap_or(at);
        (event, at)
    })
}

impl Model {
    pub(crate) fn of<'a>(log: impl Iterator<Item = &'a Commit>) -> Self {
        let mut model = Self {
            at: Timestamp::from_millis(0).unwrap(),
            subjects: BTreeMap::new(),
            groups: BTreeMap::new(),
            administrators: BTreeSet::new(),
            policies: BTreeMap::new(),
            permissions: BTreeMap::new(),
            delegations: Vec::new(),
            requests: Vec::new(),
            grants: Vec::new(),
        };
        log.for_each(|commit| timed(commit).for_each(|(event, at)| model.fold(event, at)));
        model
    }

    /// Carries one event in, without a judgement of it.
    pub(crate) fn fold(&mut self, event: &AccessEvent, at: Timestamp) {
        self.at = at;
        match event {
            AccessEvent::ProjectCreated(event) => {
                for subject in &event.administrators {
                    self.administrators.insert(subject.id.clone());
                    self.subjects.insert(subject.id.clone(), subject.clone());
                }
            }
            AccessEvent::SubjectUpserted(event) => {
                self.subjects.insert(event.subject.id.clone(), event.subject.clone());
                if event.subject.disabled {
                    self.lapse(&event.subject.id);
                }
            }
            AccessEvent::SubjectRemoved(event) => {
                self.lapse(&event.subject_id);
                self.forget(&Principal::Subject { id: event.subject_id.clone() });
                self.administrators.remove(&event.subject_id);
                self.subjects.get_mut(&event.subject_id).unwrap().disabled = true;
            }
            AccessEvent::GroupUpserted(event) => {
                self.groups.insert(event.group.id.clone(), event.group.members.clone());
            }
            AccessEvent::GroupRemoved(event) => {
                self.forget(&Principal::Group { id: event.group_id.clone() });
                self.groups.remove(&event.group_id);
            }
            AccessEvent::AdministratorsSet(event) => {
                self.administrators = event.administrators.iter().cloned().collect();
            }
            AccessEvent::PolicyCreated(event) => self.save(&event.policy),
            AccessEvent::PolicyUpdated(event) => self.save(&event.policy),
            AccessEvent::PolicyDeleted(event) => {
                self.policies.get_mut(&event.policy_id).unwrap().is_live = false;
            }
            AccessEvent::PermissionCreated(event) => self.permit(&event.permission),
            AccessEvent::PermissionUpdated(event) => self.permit(&event.permission),
            AccessEvent::PermissionDeleted(event) => drop(self.permissions.remove(&event.permission_id)),
            AccessEvent::DelegationCreated(event) => {
                let delegation = event.delegation.clone();
                self.delegations.push(Deputed { delegation, has_lapsed: false });
            }
            AccessEvent::DelegationStarted(event) => self.delegation_mut(&event.delegation_id).begun = true,
            AccessEvent::DelegationEnded(event) => {
                self.delegation_mut(&event.delegation_id).end = Some(event.end.clone());
            }
            AccessEvent::RequestMade(event) => self.ask(event),
            AccessEvent::GrantCreated(event) => self.give(event),
            AccessEvent::GrantEndingSoon(_) => {}
            AccessEvent::GrantEnded(event) => {
                let given = self.grants.iter_mut().find(|given| given.grant.id == event.grant_id).unwrap();
                given.ends.push(event.end.clone());
            }
            event => self.fold_into_request(event),
        }
    }

    /// What somebody has who is disabled ends, and is not restored where the same commit enables them again.
    fn lapse(&mut self, id: &SubjectId) {
        for request in &mut self.requests {
            request.has_lapsed |= request.content.requester == *id;
            let lapsed = request.reviews.iter_mut().filter(|said| said.people().contains(id));
            lapsed.for_each(|said| said.has_lapsed = true);
        }
        for given in &mut self.grants {
            given.has_lapsed |= given.grant.holder == *id;
        }
        for Deputed { delegation, has_lapsed } in &mut self.delegations {
            *has_lapsed |= delegation.delegator == *id || delegation.delegate == *id;
        }
    }

    /// Whoever is removed is named by no group and no permission any more.
    fn forget(&mut self, gone: &Principal) {
        let groups = self.groups.values_mut();
        let holders = self.permissions.values_mut().map(|permitted| &mut permitted.holders);
        groups.chain(holders).for_each(|named| named.retain(|named| named != gone));
    }

    fn save(&mut self, policy: &Policy) {
        let history = self.policies.entry(policy.id.clone()).or_default();
        history.versions.push(policy.terms.clone());
        history.is_live = true;
    }

    fn permit(&mut self, permission: &Permission) {
        let terms = permission.terms.clone();
        let holders = terms.holders.iter().cloned().collect();
        self.permissions.insert(permission.id.clone(), Permitted { terms, holders });
    }

    fn delegation_mut(&mut self, id: &DelegationId) -> &mut Delegation {
        let mut all = self.delegations.iter_mut().map(|deputed| &mut deputed.delegation);
        all.find(|delegation| delegation.id == *id).unwrap()
    }

    fn give(&mut self, event: &GrantCreated) {
        let grant = &event.grant;
        let request = self.request(&grant.request_id);
        let is_same_policy = (&grant.policy_id, grant.policy_version)
            == (&request.content.policy_id, request.content.policy_version);
        let mut most = request.governed.clone();
        if grant.origin == Origin::BreakGlass {
            let content = RequestContent { policy_id: grant.policy_id.clone(), ..request.content.clone() };
            let now = self.governed(&content);
            most.retain(|deed| now.contains(deed));
        }
        let (grant, at) = (grant.clone(), event.at);
        let (is_exact, has_lapsed) = (is_same_policy, false);
        self.grants.push(Given { grant, at, most, is_exact, has_lapsed, ends: Vec::new() });
    }

    pub(crate) fn live_policies(&self) -> impl Iterator<Item = (&PolicyId, &PolicyTerms)> {
        let live = self.policies.iter().filter(|(_, history)| history.is_live);
        live.map(|(id, history)| (id, history.versions.last().unwrap()))
    }

    pub(crate) fn terms(&self, id: &PolicyId, version: u32) -> &PolicyTerms {
        &self.policies[id].versions[usize::try_from(version).unwrap() - 1]
    }

    pub(crate) fn is_active(&self, id: &SubjectId) -> bool {
        self.subjects.get(id).is_some_and(|subject| !subject.disabled)
    }

    /// The active people that a principal stands for.
    pub(crate) fn behind(&self, principal: &Principal) -> BTreeSet<&SubjectId> {
        match principal {
            Principal::Subject { id } => {
                let known = self.subjects.get_key_value(id).map(|(id, _)| id);
                known.into_iter().filter(|id| self.is_active(id)).collect()
            }
            Principal::Group { id } => {
                self.groups.get(id).into_iter().flatten().flat_map(|member| self.behind(member)).collect()
            }
        }
    }
}
