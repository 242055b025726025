//! What is carried for a subject, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::carried::{Carried, CarriedPermission, CarriedPolicy, FORMAT, InForce, Presence, ScopedSnapshot};
use crate::engine::Engine;
use crate::grants::Grant;
use crate::json::{sha256, to_canonical};
use crate::people::Actor;
use crate::policies::{Policy, PolicyVersion, may_ask};
use crate::questions::{
    Explanation, GrantFilter, GrantView, InboxFilter, InboxItem, InboxTask, ManagedPage, Page, PolicyFilter,
    PolicyView, RequestFilter, RequestView,
};
use crate::requests::RequestContent;
use crate::resources::{ActionList, ActionSet, Pattern, PolicyTargets, overlaps};
use crate::state::State;
use crate::values::{Action, GrantStatus, RequestId, RequestStatus, SubjectId, Timestamp};

/// The lists without a filter, and each request in them explained.
#[derive(Serialize)]
struct Answers {
    inbox: Page<InboxItem, InboxTask>,
    requests: Page<RequestView, RequestStatus>,
    grants: Page<GrantView, GrantStatus>,
    policies: ManagedPage<PolicyView>,
    explanations: BTreeMap<RequestId, Explanation>,
}

impl Engine {
    /// What a subject may see at `at`, but never before the last commit, for a [`ScopedEngine`](super::ScopedEngine): whoever
    /// it is, known or not.
    pub fn snapshot_for(&self, subject: &SubjectId, at: Timestamp) -> ScopedSnapshot {
        let at = self.time(at);
        let answers = self.answers_for(subject, at);
        let explained = answers.iter().flat_map(|answers| answers.explanations.values());
        let valid_until = answers.as_ref().and_then(|_| self.lasts_until(subject, explained, at));
        let carried = self.carried_for(subject, at, valid_until);
        let parts = (serde_json::to_string(&answers).unwrap_or_default(), to_canonical(&carried));
        let (answers, carried) = (parts.0, parts.1.unwrap_or_default());
        let data = format!(r#"{{"answers":{answers},"carried":{carried},"format":{FORMAT}}}"#);
        let (head, subject) = (self.head(), subject.clone());
        let digest = sha256([data.as_bytes()]);
        ScopedSnapshot { version: head.version, hash: head.hash, subject, at, valid_until, digest, data }
    }

    /// The answers to a subject that may ask.
    fn answers_for(&self, subject: &SubjectId, at: Timestamp) -> Option<Answers> {
        let viewer = &Actor::Subject(subject.clone());
        let inbox = self.inbox(viewer, &InboxFilter::default(), at).ok()?;
        let requests = self.requests(viewer, &RequestFilter::default(), at).ok()?;
        let listed = inbox.items.iter().map(|item| &item.request).chain(&requests.items);
        let ids: BTreeSet<_> = listed.map(|request| request.id.clone()).collect();
        let explained = ids.into_iter().filter_map(|id| {
            let explanation = self.explain(viewer, &id, at).ok()?;
            Some((id, explanation))
        });
        Some(Answers {
            explanations: explained.collect(),
            grants: self.grants(viewer, &GrantFilter::default(), at).ok()?,
            policies: self.policies(viewer, &PolicyFilter::default(), at).ok()?,
            inbox,
            requests,
        })
    }

    fn carried_for(&self, subject: &SubjectId, at: Timestamp, valid_until: Option<Timestamp>) -> Carried {
        let state = self.state();
        let mut carried = Carried {
            project: self.project().clone(),
            head: self.head(),
            at,
            valid_until,
            subject: subject.clone(),
            presence: presence(state, subject),
            permissions: Vec::new(),
            grants: Vec::new(),
            asked: BTreeMap::new(),
            policies: Vec::new(),
        };
        // To whoever is not active nothing is said but that.
        if carried.presence == Presence::Active {
            carried.permissions = permissions(state, subject);
            carried.grants = state.grants().open_of(subject).cloned().collect();
            let requests = carried.grants.iter().filter_map(|grant| state.requests().get(&grant.request_id));
            let asked = requests.map(|request| (request.id.clone(), unwritten(&request.content)));
            carried.asked = asked.collect();
            carried.policies = state.policies().all_live().map(|it| in_force(state, it, subject)).collect();
            carried.policies.extend(superseded(state, &carried.grants, &carried.asked));
        }
        carried
    }
}

fn presence(state: &State, subject: &SubjectId) -> Presence {
    match (state.directory().is_active(subject), state.directory().has_known(subject)) {
        (true, _) => Presence::Active,
        (false, true) => Presence::Disabled,
        (false, false) => Presence::Unknown,
    }
}

fn permissions(state: &State, subject: &SubjectId) -> Vec<CarriedPermission> {
    let member = state.directory().member(subject);
    let own = state.permissions().all().iter();
    let own = own.filter(|it| it.terms.holders.iter().any(|holder| member.is_behind(holder)));
    let carried = own.map(|permission| CarriedPermission {
        id: permission.id.clone(),
        targets: permission.terms.targets.clone(),
        actions: permission.terms.actions.clone(),
        has_condition: permission.terms.condition.is_some(),
    });
    carried.collect()
}

/// What was asked for, without what was written.
fn unwritten(content: &RequestContent) -> RequestContent {
    RequestContent { justification: None, ticket_url: None, client: None, ..content.clone() }
}

fn in_force(state: &State, policy: &Policy, subject: &SubjectId) -> CarriedPolicy {
    let Policy { id, version, terms, .. } = policy;
    CarriedPolicy {
        id: id.clone(),
        version: *version,
        targets: terms.targets.clone(),
        actions: terms.actions.clone(),
        in_force: Some(InForce {
            name: terms.name.clone(),
            max_duration: terms.max_duration,
            justification: terms.justification,
            may_ask: may_ask(state.directory(), policy, subject),
        }),
    }
}

/// What of a superseded version grants rest on: of one that they or their requests are under the entries that meet their
/// targets, of one that has governed what they leave out just that.
#[derive(Default)]
struct Rest {
    entries: Vec<Pattern>,
    actions: BTreeSet<Action>,
}

fn superseded(
    state: &State,
    grants: &[Grant],
    asked: &BTreeMap<RequestId, RequestContent>,
) -> Vec<CarriedPolicy> {
    let mut rests: BTreeMap<PolicyVersion, Rest> = BTreeMap::new();
    for grant in grants {
        let content = asked.get(&grant.request_id);
        for under in [Some(grant.policy()), content.map(RequestContent::policy)].into_iter().flatten() {
            let Some(policy) = state.policies().version(&under.0, under.1) else { continue };
            let met = policy.terms.targets.entries().filter(|entry| overlaps(*entry, &grant.target));
            let rest = rests.entry(under).or_default();
            rest.entries.extend(met.map(|entry| entry.to_pattern()));
            rest.actions.extend(grant.actions.as_slice().iter().cloned());
        }
        let left_out = content.into_iter().flat_map(|content| &content.exclusions);
        for part in left_out.chain(&grant.exclusions) {
            let rest = rests.entry((part.policy_id.clone(), part.policy_version)).or_default();
            rest.entries.push(part.pattern(&grant.target));
            rest.actions.extend(part.actions.as_slice().iter().cloned());
        }
    }
    rests
        .into_iter()
        .filter(|((id, version), _)| state.policies().live(id).is_none_or(|live| live.version != *version))
        .filter_map(|((id, version), rest)| {
            let terms = &state.policies().version(&id, version)?.terms;
            let (targets, actions) = (rest.targets(&terms.targets)?, rest.actions(&terms.actions)?);
            Some(CarriedPolicy { id, version, targets, actions, in_force: None })
        })
        .collect()
}

impl Rest {
    /// In the order of the version.
    fn targets(&self, all: &PolicyTargets) -> Option<PolicyTargets> {
        let environments = all.environments().iter().cloned();
        let environments = environments
            .filter(|environment| self.entries.iter().any(|it| it.environment.as_ref() == Some(environment)));
        let paths = all.paths().iter().cloned();
        let paths = paths.filter(|path| self.entries.iter().any(|entry| entry.path == *path));
        PolicyTargets::new(all.kind().clone(), environments.collect(), paths.collect()).ok()
    }

    fn actions(&self, all: &ActionSet) -> Option<ActionSet> {
        let Some(listed) = all.listed() else { return Some(ActionSet::All) };
        let rested_on: Vec<_> = listed.iter().filter(|it| self.actions.contains(*it)).cloned().collect();
        ActionList::try_from(rested_on).ok().map(ActionSet::Listed)
    }
}
