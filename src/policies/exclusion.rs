use serde::{Deserialize, Serialize};

use super::claim::{Candidate, Claim};
use crate::resources::{
    ActionList, Effort, EnvironmentPattern, PathPattern, Pattern, Resource, cover_together, covers,
    environment_covers, matches, overlaps, representatives,
};
use crate::values::{Action, PolicyId};

/// A part of a request's target that a more specific policy governs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exclusion {
    /// The policy that governs this part.
    pub policy_id: PolicyId,
    /// Its version when the request was made.
    pub policy_version: u32,
    /// The environment of the part; absent: resources without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<EnvironmentPattern>,
    /// The path of the part.
    pub path: PathPattern,
    /// Which of the actions asked for are left out there; sorted.
    pub actions: ActionList,
}

impl Exclusion {
    /// The part as a pattern, inside a target of some type.
    pub fn pattern(&self, target: &Pattern) -> Pattern {
        Pattern { kind: target.kind.clone(), environment: self.environment.clone(), path: self.path.clone() }
    }
}

/// What others govern inside a target: the entries of other policies for this action that overlap the target and
/// prevail over the claim on which the request goes to its policy. The strongest comes first.
///
/// An entry of the governing policy that is more specific still may win some of it back: [`remains`] and
/// [`nothing_remains`] see to that.
pub fn exclusions<'a>(
    target: &Pattern,
    action: &Action,
    governing: Claim<'_>,
    candidates: impl IntoIterator<Item = Candidate<'a>>,
) -> Vec<Claim<'a>> {
    let others = candidates.into_iter().filter(|candidate| candidate.id != governing.policy);
    let claims = others
        .filter(|candidate| candidate.actions.contains(action))
        .flat_map(Candidate::claims)
        .filter(|claim| *claim > governing && overlaps(claim.entry(), target));
    let mut claims: Vec<Claim<'a>> = claims.collect();
    claims.sort_by(|one, other| other.cmp(one));
    claims
}

/// Whether a resource of the target is left to the governing policy: its own best claim on it, for an action that it
/// is about, prevails over every exclusion that matches.
pub fn remains(resource: &Resource, governing: Candidate<'_>, exclusions: &[Claim<'_>]) -> bool {
    let own = governing.claims().filter(|claim| matches(claim.entry(), resource)).max();
    own.is_some_and(|own| !exclusions.iter().any(|other| *other > own && matches(other.entry(), resource)))
}

/// Whether no resource of the target is left to the governing policy: none that one of its entries matches and no
/// exclusion above that entry does.
///
/// Of an entry that neither covers the target nor is covered by it, the resources of the target tell; with patterns so
/// many that these can't be told apart in time, something is taken to remain.
pub fn nothing_remains(target: &Pattern, governing: Candidate<'_>, exclusions: &[Claim<'_>]) -> bool {
    let own = governing.claims().filter(|claim| overlaps(claim.entry(), target));
    let left: Vec<_> = own.filter(|own| !is_covered(*own, target, exclusions)).collect();
    if left.is_empty() {
        return true;
    }
    let crosses = |own: &Claim<'_>| !covers(own.entry(), target) && !covers(target, own.entry());
    if !left.iter().all(crosses) {
        return false;
    }
    let entries = governing.claims().chain(exclusions.iter().copied()).map(|claim| claim.entry());
    let all = representatives(target, entries, &mut Effort::default());
    all.is_some_and(|all| !all.iter().any(|resource| remains(resource, governing, exclusions)))
}

/// Whether exclusions above an entry cover all of it, or all of the target.
fn is_covered(own: Claim<'_>, target: &Pattern, exclusions: &[Claim<'_>]) -> bool {
    let entry = own.entry();
    let target_environment = target.environment.as_ref();
    let environment = if environment_covers(entry.environment, target_environment) {
        target_environment
    } else {
        entry.environment
    };
    let above: Vec<&PathPattern> = exclusions
        .iter()
        .filter(|other| **other > own && environment_covers(other.entry().environment, environment))
        .map(|other| other.entry().path)
        .collect();
    cover_together(&above, &target.path) || cover_together(&above, entry.path)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::policies::governing_all;
    use crate::resources::{ActionSet, PolicyTargets};
    use crate::values::PolicyId;

    /// What the others leave of a target to the policy of `own`, all in one environment and for all actions.
    fn left_out(own: &[&str], others: &[&str], target: &str) -> (Vec<String>, bool) {
        let targets =
            |paths: &[&str]| serde_json::from_value::<PolicyTargets>(json!({"paths": paths})).unwrap();
        let (own, others) = (targets(own), targets(others));
        let ids = ["own", "others"].map(|id| PolicyId::try_from(id).unwrap());
        let [own, others] = [(&ids[0], &own), (&ids[1], &others)].map(|(id, targets)| Candidate {
            id,
            targets,
            actions: &ActionSet::All,
        });
        let target = serde_json::from_value(json!({"path": target})).unwrap();
        let read = Action::try_from("read").unwrap();

        let claim = governing_all([own], &target, &ActionSet::All).unwrap();
        let excluded = exclusions(&target, &read, claim, [own, others]);
        let shown = excluded.iter().map(|claim| claim.entry().path.to_string()).collect();
        (shown, nothing_remains(&target, own, &excluded))
    }

    #[test]
    fn what_others_govern_inside_a_target_is_left_out() {
        for (others, target, expected) in [
            (&["/app/db/**", "/app/key", "/x"][..], "/app/**", &["/app/key", "/app/db/**"][..]),
            (&["/**", "/*/**"], "/app/**", &[]),
            (&["/*/key", "/app/*"], "/app/**", &["/app/*"]),
            (&["/app/db/**"], "/app/key", &[]),
        ] {
            assert_eq!(
                left_out(&["/app/**"], others, target),
                (expected.iter().map(ToString::to_string).collect(), false)
            );
        }
    }

    #[test]
    fn nothing_remains_when_the_exclusions_cover_all_that_was_left() {
        for (own, others, target, nothing) in [
            (&["/**"][..], &["/app/**"][..], "/app/**", true),
            (&["/**"], &["/app/*/**"], "/app/**", false),
            (&["/**"], &["/app/*/**", "/app"], "/app/**", true),
            (&["/**"], &["/app/a*", "/app/b*"], "/app/*", false),
            // An entry of its own wins some of it back,
            (&["/**", "/app/key"], &["/app/**"], "/app/**", false),
            (&["/**", "/app/key*"], &["/app/**"], "/app/**", false),
            // unless the others are above that one, too.
            (&["/**", "/app/key*"], &["/app/**", "/app/key*x"], "/app/**", false),
            (&["/**", "/app/*x"], &["/app/**", "/app/*"], "/app/**", false),
            (&["/**", "/app/*/x"], &["/app/**", "/app/k/**"], "/app/k/**", true),
            (&["/**", "/app/*"], &["/app/**", "/app/*x"], "/app/*x", true),
            // Of one that crosses the target, too, nothing may remain.
            (&["/**", "/app/*/x"], &["/app/**", "/app/k/*"], "/app/k/**", true),
            (&["/**", "/app/*/x"], &["/app/**", "/app/k/y*"], "/app/k/**", false),
            (&["/**", "/*/b"], &["/a/*/**", "/*"], "/a/**", true),
            (&["/**", "/*/x"], &["/app/**"], "/app/*", true),
            (&["/**", "/*/x"], &["/app/**", "/*/*"], "/app/**", true),
        ] {
            assert_eq!(left_out(own, others, target).1, nothing, "{own:?} {others:?} {target}");
        }
    }
}
