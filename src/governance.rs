//! Which policy governs a request or a grant, and what is left out of it because another policy governs there.

use crate::matching::{
    Claim, Specificity, covers, exclusions, governing, governing_all, matches, nothing_remains, overlaps,
    remains, representatives,
};
use crate::model::{
    Action, ActionList, ActionSet, Exclusion, Grant, Pattern, Policy, PolicyName, Refusal, Resource,
    TargetEntry, gather,
};
use crate::sorted::SortedMap;
use crate::state::{State, candidate};

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
    state: &'a State,
    target: &Pattern,
    actions: &ActionList,
) -> Result<Governance<'a>, Refusal> {
    let asked = ActionSet::Listed(actions.clone());
    let claim = governing_all(state.live_policies().map(candidate), target, &asked);
    let Some(policy) = claim.and_then(|claim| state.live_policy(claim.policy)) else {
        return Err(Refusal::NoPolicy { partly: policies_inside(state, target, actions) });
    };
    let exclusions = left_out(policy, state.live_policies(), target, actions);
    if actions.as_slice().iter().all(|action| {
        let claims: Vec<_> = claims(state, &exclusions, target, action).collect();
        nothing_remains(target, candidate(policy), &claims)
    }) {
        return Err(Refusal::SplitRequest { policies: policies_inside(state, target, actions) });
    }
    Ok(Governance { policy, exclusions })
}

/// The live policies that govern something inside a target, by id.
fn policies_inside(state: &State, target: &Pattern, actions: &ActionList) -> Vec<PolicyName> {
    let concerned = state.live_policies().filter(|policy| touches(policy, target, actions));
    concerned.map(Policy::to_name).collect()
}

/// Whether a policy is about some of the target, for one of the actions.
pub fn touches(policy: &Policy, target: &Pattern, actions: &ActionList) -> bool {
    actions.as_slice().iter().any(|action| policy.terms.actions.contains(action))
        && policy.terms.targets.entries().any(|entry| overlaps(entry, target))
}

/// Whether a policy is about all of the target, for all of the actions.
pub fn covers_all(policy: &Policy, target: &Pattern, actions: &ActionList) -> bool {
    actions.as_slice().iter().all(|action| policy.terms.actions.contains(action))
        && policy.terms.targets.entries().any(|entry| covers(entry, target))
}

/// What other policies govern inside a target that goes to `policy`, which takes part in the version given.
fn left_out<'a>(
    policy: &Policy,
    live: impl Iterator<Item = &'a Policy> + Clone,
    target: &Pattern,
    actions: &ActionList,
) -> Vec<Exclusion> {
    let own = candidate(policy).claim_on_all(target, &ActionSet::Listed(actions.clone()));
    let versions: SortedMap<_, _> = gather(live.clone().map(|policy| (&policy.id, policy.version)));
    let mut parts: SortedMap<_, Vec<Action>> = SortedMap::default();
    for action in actions.as_slice() {
        for claim in own.iter().flat_map(|own| exclusions(target, action, *own, live.clone().map(candidate)))
        {
            let TargetEntry { environment, path, .. } = claim.entry();
            let version = versions.get(claim.policy).copied().unwrap_or_default();
            let part = (claim.policy, version, environment, path);
            parts.update(part, |actions| actions.push(action.clone()));
        }
    }
    parts
        .into_entries()
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
    state: &'a State,
    exclusions: &'a [Exclusion],
    target: &'a Pattern,
    action: &'a Action,
) -> impl Iterator<Item = Claim<'a>> {
    let concerned = exclusions.iter().filter(|exclusion| exclusion.actions.contains(action));
    concerned.filter_map(|exclusion| {
        let policy = state.live_policy(&exclusion.policy_id)?;
        Some(claim(exclusion, policy, target))
    })
}

fn claim<'a>(exclusion: &'a Exclusion, policy: &'a Policy, target: &'a Pattern) -> Claim<'a> {
    let entry = TargetEntry {
        kind: &target.kind,
        environment: exclusion.environment.as_ref(),
        path: &exclusion.path,
    };
    Claim { policy: &exclusion.policy_id, specificity: Specificity::of(entry, &policy.terms.actions) }
}

/// Whether a live policy governs anything at all. Others may be more specific wherever it could.
pub fn governs_something(state: &State, policy: &Policy) -> bool {
    let own = candidate(policy);
    // Where a policy is for all actions, one that nobody lists stands for the rest.
    let listed = |policy: &Policy| policy.terms.actions.listed().map(<[Action]>::to_vec);
    let actions = listed(policy).unwrap_or_else(|| {
        let by_others = state.live_policies().filter_map(listed).flatten();
        by_others.chain([Action::made("any-other".to_owned())]).collect()
    });
    own.claims().any(|claim| {
        let TargetEntry { kind, environment, path } = claim.entry();
        let target = Pattern { kind: kind.clone(), environment: environment.cloned(), path: path.clone() };
        actions.iter().any(|action| {
            let others = exclusions(&target, action, claim, state.live_policies().map(candidate));
            !nothing_remains(&target, own, &others)
        })
    })
}

/// Which live policy governs one action on one resource.
pub fn governing_policy<'a>(state: &'a State, action: &Action, resource: &Resource) -> Option<&'a Policy> {
    let claim = governing(state.live_policies().map(candidate), resource, action)?;
    state.live_policy(claim.policy)
}

/// Whether a grant is for this: its target matches and its actions contain it.
pub fn is_for(grant: &Grant, action: &Action, resource: &Resource) -> bool {
    grant.actions.contains(action) && matches(&grant.target, resource)
}

/// Whether a grant opens this: it is for it, and it passes twice, by the exclusions frozen into its request and by the
/// policies live now, its own taking part in its pinned version.
pub fn opens(state: &State, grant: &Grant, action: &Action, resource: &Resource) -> bool {
    let Some(own) = state.policy_version(&grant.policy_id, grant.policy_version) else { return false };
    is_for(grant, action, resource)
        && leaves_in(state, own, &grant.exclusions, &grant.target, action, resource)
        && was_asked_for(state, grant, action, resource)
        && prevails(state, own, action, resource)
}

/// Whether the request behind a grant did not leave this out. Breaking the glass puts a grant under the policy that
/// governs by then; what its entries win back there, the request never had.
fn was_asked_for(state: &State, grant: &Grant, action: &Action, resource: &Resource) -> bool {
    let Some(content) = state.request(&grant.request_id).map(|request| &request.content) else {
        return false;
    };
    let pinned = state.policy_version(&content.policy_id, content.policy_version);
    pinned
        .is_some_and(|policy| leaves_in(state, policy, &content.exclusions, &grant.target, action, resource))
}

/// Whether a policy, in the version given, is above all other live policies here. One made since for the very same
/// is not below it: then that one governs, for a later policy narrows live grants at once.
fn prevails(state: &State, own: &Policy, action: &Action, resource: &Resource) -> bool {
    let others = state.live_policies().filter(|policy| policy.id != own.id).map(candidate);
    let claim = candidate(own).claim_on(resource, action).map(|claim| claim.specificity);
    claim > governing(others, resource, action).map(|other| other.specificity)
}

/// Whether a policy, in the version given, prevails here over what was left out of a target for the sake of others.
fn leaves_in(
    state: &State,
    policy: &Policy,
    exclusions: &[Exclusion],
    target: &Pattern,
    action: &Action,
    resource: &Resource,
) -> bool {
    let concerned = exclusions.iter().filter(|exclusion| exclusion.actions.contains(action));
    let frozen = concerned.filter_map(|exclusion| {
        let other = state.policy_version(&exclusion.policy_id, exclusion.policy_version)?;
        Some(claim(exclusion, other, target))
    });
    remains(resource, candidate(policy), &frozen.collect::<Vec<_>>())
}

/// Whether a grant opens all that a request for this target would, so that there is nothing left to ask for.
///
/// Where the patterns are so many that the resources of the target can't be told apart in time, it is taken not to: a
/// request too many.
pub fn opens_all(
    state: &State,
    grant: &Grant,
    target: &Pattern,
    actions: &ActionList,
    governance: &Governance<'_>,
) -> bool {
    let opens = |resource: &Resource| {
        let would_open = |action: &Action| {
            leaves_in(state, governance.policy, &governance.exclusions, target, action, resource)
        };
        let mut asked = actions.as_slice().iter().filter(|action| would_open(action));
        asked.all(|action| opens(state, grant, action, resource))
    };
    match target.as_resource() {
        Some(resource) => opens(&resource),
        None => {
            let concerned = concerned(state, grant).flat_map(|policy| policy.terms.targets.entries());
            let all = representatives(target, concerned.chain([TargetEntry::from(&grant.target)]));
            all.is_some_and(|all| all.iter().all(opens))
        }
    }
}

/// The policies on which it depends what a grant opens, in the versions in which they have a say.
fn concerned<'a>(state: &'a State, grant: &'a Grant) -> impl Iterator<Item = &'a Policy> {
    let request = state.request(&grant.request_id).map(|request| &request.content);
    let pinned = request.map(|content| (&content.policy_id, content.policy_version));
    let left_out = request.into_iter().flat_map(|content| &content.exclusions).chain(&grant.exclusions);
    let others = left_out.map(|exclusion| (&exclusion.policy_id, exclusion.policy_version));
    let own = (&grant.policy_id, grant.policy_version);
    let versions = others.chain(pinned).chain([own]);
    versions.filter_map(|(id, version)| state.policy_version(id, version)).chain(state.live_policies())
}
