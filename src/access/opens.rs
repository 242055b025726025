use std::collections::BTreeMap;

use crate::grants::Grant;
use crate::policies::{Exclusion, Governance, Policy, leaves_in, prevails};
use crate::resources::{
    ActionList, Effort, EnvironmentPattern, PathPattern, Pattern, Resource, TargetEntry, covers, matches,
    overlaps, representatives,
};
use crate::state::State;
use crate::values::{Action, PolicyId};

/// Whether a grant is for this: its target matches and its actions contain it.
pub fn is_for(grant: &Grant, action: &Action, resource: &Resource) -> bool {
    grant.actions.contains(action) && matches(&grant.target, resource)
}

/// Whether a grant opens this: it is for it, and it passes twice, by the exclusions frozen into its request and by the
/// policies live now, its own taking part in its pinned version.
pub fn opens(state: &State, grant: &Grant, action: &Action, resource: &Resource) -> bool {
    let Some(own) = state.policies().version(&grant.policy_id, grant.policy_version) else { return false };
    is_for(grant, action, resource)
        && leaves_in(state.policies(), own, &grant.exclusions, &grant.target, action, resource)
        && was_asked_for(state, grant, action, resource)
        && prevails(state.policies(), own, action, resource)
}

/// Whether the request behind a grant did not leave this out. Breaking the glass puts a grant under the policy that
/// governs by then; what its entries win back there, the request never had.
fn was_asked_for(state: &State, grant: &Grant, action: &Action, resource: &Resource) -> bool {
    let Some(content) = state.requests().get(&grant.request_id).map(|request| &request.content) else {
        return false;
    };
    let pinned = state.policies().version(&content.policy_id, content.policy_version);
    pinned.is_some_and(|policy| {
        leaves_in(state.policies(), policy, &content.exclusions, &grant.target, action, resource)
    })
}

/// Whether a grant opens all that a request for this target would, so that there is nothing left to ask for.
///
/// Where that is not plain, and the patterns are so many that the resources of the target can't be told apart in time, it
/// is taken not to: a request too many.
pub fn opens_all(
    state: &State,
    grant: &Grant,
    target: &Pattern,
    actions: &ActionList,
    governance: &Governance<'_>,
    effort: &mut Effort,
) -> bool {
    let opens = |resource: &Resource| {
        let would_open = |action: &Action| {
            leaves_in(state.policies(), governance.policy, &governance.exclusions, target, action, resource)
        };
        let mut asked = actions.as_slice().iter().filter(|action| would_open(action));
        asked.all(|action| opens(state, grant, action, resource))
    };
    match target.as_resource() {
        Some(resource) => opens(&resource),
        None if !overlaps(&grant.target, target) => false,
        None if plainly_opens_all(state, grant, target, actions, governance) => true,
        None => {
            let concerned =
                concerned(state, grant, target, actions).flat_map(|policy| policy.terms.targets.entries());
            let all = representatives(target, concerned.chain([TargetEntry::from(&grant.target)]), effort);
            all.is_some_and(|all| all.iter().all(opens))
        }
    }
}

/// Whether a grant is for all of a target, under the policy that governs it now, and nothing was left out of it there
/// but what would be left out now. Then whatever prevails over its policy is left out of a request, too.
fn plainly_opens_all(
    state: &State,
    grant: &Grant,
    target: &Pattern,
    actions: &ActionList,
    governance: &Governance<'_>,
) -> bool {
    let Some(content) = state.requests().get(&grant.request_id).map(|request| &request.content) else {
        return false;
    };
    let is_as_now = |id, version| {
        let pinned = state.policies().version(id, version).map(|policy| &policy.terms);
        let live = &governance.policy.terms;
        *id == governance.policy.id
            && pinned.is_some_and(|pinned| pinned.targets == live.targets && pinned.actions == live.actions)
    };
    let now: BTreeMap<_, _> = governance.exclusions.iter().map(|part| (place(part), &part.actions)).collect();
    let is_left_out_now = |part: &Exclusion| {
        let mut concerned = actions.as_slice().iter().filter(|action| part.actions.contains(action));
        let left_out_now = now.get(&place(part));
        !overlaps(&part.pattern(target), target)
            || concerned.all(|action| left_out_now.is_some_and(|actions| actions.contains(action)))
    };
    covers(&grant.target, target)
        && actions.as_slice().iter().all(|action| grant.actions.contains(action))
        && is_as_now(&grant.policy_id, grant.policy_version)
        && is_as_now(&content.policy_id, content.policy_version)
        && grant.exclusions.iter().chain(&content.exclusions).all(is_left_out_now)
}

/// An exclusion but for its actions.
fn place(part: &Exclusion) -> (&PolicyId, u32, Option<&EnvironmentPattern>, &PathPattern) {
    (&part.policy_id, part.policy_version, part.environment.as_ref(), &part.path)
}

/// The policies on which it depends what a grant opens, in the versions in which they have a say.
fn concerned<'a>(
    state: &'a State,
    grant: &'a Grant,
    target: &'a Pattern,
    actions: &'a ActionList,
) -> impl Iterator<Item = &'a Policy> {
    let request = state.requests().get(&grant.request_id).map(|request| &request.content);
    let pinned = request.map(|content| (&content.policy_id, content.policy_version));
    let left_out = request.into_iter().flat_map(|content| &content.exclusions).chain(&grant.exclusions);
    let others = left_out.map(|exclusion| (&exclusion.policy_id, exclusion.policy_version));
    let own = (&grant.policy_id, grant.policy_version);
    let versions = others.chain(pinned).chain([own]);
    let is_about =
        |policy: &&Policy| actions.as_slice().iter().any(|action| policy.terms.actions.contains(action));
    versions
        .filter_map(|(id, version)| state.policies().version(id, version))
        .chain(state.policies().near(target.into()).filter(is_about))
}
