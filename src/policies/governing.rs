use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Candidate, Claim, governing, governing_all};
use super::exclusion::{Exclusion, exclusions, nothing_remains, remains};
use super::specificity::Specificity;
use super::store::Policies;
use super::terms::Policy;
use crate::refusal::Refusal;
use crate::resources::{ActionList, ActionSet, Pattern, Resource, TargetEntry, overlaps};
use crate::values::{Action, PolicyName};

/// The policy that governs a target, with what other policies govern inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Governance<'a> {
    /// The most specific live policy that covers all of the target for all of the actions.
    pub policy: &'a Policy,
    /// What it does not govern there.
    pub exclusions: Vec<Exclusion>,
}

/// Which live policy governs a target for these actions.
///
/// # Errors
/// `no_policy` where none covers all of it, `split_request` where others govern every part of it.
pub fn govern<'a>(
    policies: &'a Policies,
    target: &Pattern,
    actions: &ActionList,
) -> Result<Governance<'a>, Refusal> {
    let asked = ActionSet::Listed(actions.clone());
    let near: Vec<&Policy> = policies.near(target.into()).collect();
    let claim = governing_all(near.iter().copied().map(candidate), target, &asked);
    let Some(policy) = claim.and_then(|claim| policies.live(claim.policy)) else {
        return Err(Refusal::NoPolicy { partly: policies_inside(policies, target, actions) });
    };
    let exclusions = left_out(&near, policy, target, actions);
    let is_governed_elsewhere = |action: &Action| {
        let others: Vec<_> = claims(policies, &exclusions, target, action).collect();
        nothing_remains(target, candidate(policy), &others)
    };
    if actions.as_slice().iter().all(is_governed_elsewhere) {
        return Err(Refusal::SplitRequest { policies: policies_inside(policies, target, actions) });
    }
    Ok(Governance { policy, exclusions })
}

/// The live policies that govern something inside a target, by id.
fn policies_inside(policies: &Policies, target: &Pattern, actions: &ActionList) -> Vec<PolicyName> {
    let concerned = policies.near(target.into()).filter(|policy| touches(policy, target, actions));
    concerned.map(Policy::to_name).collect()
}

/// Whether a policy is about some of the target, for one of the actions.
pub fn touches(policy: &Policy, target: &Pattern, actions: &ActionList) -> bool {
    actions.as_slice().iter().any(|action| policy.terms.actions.contains(action))
        && policy.terms.targets.entries().any(|entry| overlaps(entry, target))
}

/// Whether a policy is about all of the target, for all of the actions.
pub fn covers_all(policy: &Policy, target: &Pattern, actions: &ActionList) -> bool {
    candidate(policy).claim_on_all(target, &ActionSet::Listed(actions.clone())).is_some()
}

/// What other live policies govern inside a target that goes to `policy`; those near it come by id.
fn left_out(near: &[&Policy], policy: &Policy, target: &Pattern, actions: &ActionList) -> Vec<Exclusion> {
    let own = candidate(policy).claim_on_all(target, &ActionSet::Listed(actions.clone()));
    let mut parts: BTreeMap<_, Vec<Action>> = BTreeMap::default();
    for action in actions.as_slice() {
        let others = near.iter().copied().map(candidate);
        for claim in own.iter().flat_map(|own| exclusions(target, action, *own, others.clone())) {
            let TargetEntry { environment, path, .. } = claim.entry();
            let place = near.binary_search_by(|other| other.id.cmp(claim.policy));
            let version = place.ok().and_then(|place| near.get(place)).map_or(0, |other| other.version);
            let part = (claim.policy, version, environment, path);
            parts.entry(part).or_default().push(action.clone());
        }
    }
    parts
        .into_iter()
        .filter_map(|((policy_id, policy_version, environment, path), actions)| {
            Some(Exclusion {
                policy_id: policy_id.clone(),
                policy_version,
                environment: environment.cloned(),
                path: path.clone(),
                actions: ActionList::try_from(actions).ok()?,
            })
        })
        .collect()
}

fn claims<'a>(
    policies: &'a Policies,
    exclusions: &'a [Exclusion],
    target: &'a Pattern,
    action: &'a Action,
) -> impl Iterator<Item = Claim<'a>> {
    let concerned = exclusions.iter().filter(|exclusion| exclusion.actions.contains(action));
    concerned.filter_map(|exclusion| {
        let policy = policies.live(&exclusion.policy_id)?;
        Some(claim(exclusion, policy, target))
    })
}

pub(super) fn claim<'a>(exclusion: &'a Exclusion, policy: &'a Policy, target: &'a Pattern) -> Claim<'a> {
    let entry = TargetEntry {
        kind: &target.kind,
        environment: exclusion.environment.as_ref(),
        path: &exclusion.path,
    };
    Claim { policy: &exclusion.policy_id, specificity: Specificity::of(entry, &policy.terms.actions) }
}

/// Whether a policy governs some of a target, for one of the actions, beside others that may be more specific there.
///
/// With patterns so many that this can't be told in time, it is taken to do so.
pub fn governs_some(policy: &Policy, others: &[&Policy], target: &Pattern, actions: &ActionSet) -> bool {
    let own = candidate(policy);
    let Some(weakest) = own.claims().filter(|claim| overlaps(claim.entry(), target)).min() else {
        return false;
    };
    let others = others.iter().copied().map(candidate);
    shared_actions(policy, actions, others.clone())
        .iter()
        .any(|action| !nothing_remains(target, own, &exclusions(target, action, weakest, others.clone())))
}

/// What a policy is about of some actions. Where both are all, each that others list, and one that nobody does for the
/// rest.
fn shared_actions<'a>(
    policy: &Policy,
    actions: &ActionSet,
    others: impl Iterator<Item = Candidate<'a>>,
) -> BTreeSet<Action> {
    let own = &policy.terms.actions;
    match (own.listed(), actions.listed()) {
        (Some(listed), _) => listed.iter().filter(|action| actions.contains(action)).cloned().collect(),
        (None, Some(listed)) => listed.iter().cloned().collect(),
        (None, None) => {
            let by_others = others.filter_map(|other| other.actions.listed()).flatten().cloned();
            by_others.chain([Action::of_engine("*")]).collect()
        }
    }
}

/// Which live policy governs one action on one resource.
pub fn governing_policy<'a>(
    policies: &'a Policies,
    action: &Action,
    resource: &Resource,
) -> Option<&'a Policy> {
    let claim = governing(policies.about_path(resource).map(candidate), resource, action)?;
    policies.live(claim.policy)
}

/// Whether a policy, in the version given, is above all other live policies here. One made since for the very same
/// is not below it: then that one governs, for a later policy narrows live grants at once.
pub(crate) fn prevails(policies: &Policies, own: &Policy, action: &Action, resource: &Resource) -> bool {
    let others = policies.about_path(resource).filter(|policy| policy.id != own.id).map(candidate);
    let claim = candidate(own).claim_on(resource, action).map(|claim| claim.specificity);
    claim > governing(others, resource, action).map(|other| other.specificity)
}

/// Whether a policy, in the version given, prevails here over what was left out of a target for the sake of others.
pub(crate) fn leaves_in(
    policies: &Policies,
    policy: &Policy,
    exclusions: &[Exclusion],
    target: &Pattern,
    action: &Action,
    resource: &Resource,
) -> bool {
    let concerned = exclusions.iter().filter(|exclusion| exclusion.actions.contains(action));
    let frozen = concerned.filter_map(|exclusion| {
        let other = policies.version(&exclusion.policy_id, exclusion.policy_version)?;
        Some(claim(exclusion, other, target))
    });
    remains(resource, candidate(policy), &frozen.collect::<Vec<_>>())
}

/// A policy as a candidate for governing something.
pub(super) fn candidate(policy: &Policy) -> Candidate<'_> {
    Candidate { id: &policy.id, targets: &policy.terms.targets, actions: &policy.terms.actions }
}
