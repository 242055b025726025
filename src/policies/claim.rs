use std::cmp::{Ordering, Reverse};

use super::specificity::Specificity;
use crate::resources::{ActionSet, Pattern, PolicyTargets, Resource, TargetEntry, covers, matches};
use crate::values::{Action, PolicyId};

/// A policy, as far as the question which one governs needs it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Which policy it is.
    pub id: &'a PolicyId,
    /// What it is about.
    pub targets: &'a PolicyTargets,
    /// The actions it is about.
    pub actions: &'a ActionSet,
}

impl<'a> Candidate<'a> {
    /// One claim for each entry of its targets.
    pub fn claims(self) -> impl Iterator<Item = Claim<'a>> {
        let claim = move |entry| Claim { policy: self.id, specificity: Specificity::of(entry, self.actions) };
        self.targets.entries().map(claim)
    }

    /// The most specific entry that matches the resource, if the policy is about it and the action.
    pub fn claim_on(self, resource: &Resource, action: &Action) -> Option<Claim<'a>> {
        if !self.actions.contains(action) {
            return None;
        }
        self.claims().filter(|claim| matches(claim.entry(), resource)).max()
    }

    /// The most specific single entry that covers all of the target, if the policy is about all of the actions.
    pub fn claim_on_all(self, target: &Pattern, actions: &ActionSet) -> Option<Claim<'a>> {
        if !self.actions.covers(actions) {
            return None;
        }
        self.claims().filter(|claim| covers(claim.entry(), target)).max()
    }
}

/// The ground on which a policy would govern: an entry of its targets; the greater claim prevails.
///
/// Claims of different policies that compete for an action are never equally specific, since such a policy is refused
/// (see [`conflict`](super::conflict)); the policy's id makes the order total all the same, the smaller being above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The policy that makes it.
    pub policy: &'a PolicyId,
    /// The entry and its rank.
    pub specificity: Specificity<'a>,
}

impl<'a> Claim<'a> {
    /// The entry itself.
    pub fn entry(&self) -> TargetEntry<'a> {
        self.specificity.entry()
    }
}

impl Ord for Claim<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |claim: &Self| (claim.specificity, Reverse(claim.policy));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Claim<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Which policy governs one action on one resource; the order of the candidates never matters.
pub fn governing<'a>(
    candidates: impl IntoIterator<Item = Candidate<'a>>,
    resource: &Resource,
    action: &Action,
) -> Option<Claim<'a>> {
    candidates.into_iter().filter_map(|candidate| candidate.claim_on(resource, action)).max()
}

/// To which policy a request goes: the most specific that covers the whole target, by one entry, for every action
/// asked. Parts of the target may be governed by others, see [`exclusions`](super::exclusions).
pub fn governing_all<'a>(
    candidates: impl IntoIterator<Item = Candidate<'a>>,
    target: &Pattern,
    actions: &ActionSet,
) -> Option<Claim<'a>> {
    candidates.into_iter().filter_map(|candidate| candidate.claim_on_all(target, actions)).max()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    struct Policy(PolicyId, PolicyTargets, ActionSet);

    fn policy(id: &str, targets: Value, actions: Value) -> Policy {
        let (targets, actions) =
            (serde_json::from_value(targets).unwrap(), serde_json::from_value(actions).unwrap());
        Policy(PolicyId::try_from(id).unwrap(), targets, actions)
    }

    fn candidates(policies: &[Policy]) -> impl Iterator<Item = Candidate<'_>> {
        policies.iter().map(|Policy(id, targets, actions)| Candidate { id, targets, actions })
    }

    fn winner(policies: &[Policy], environment: &str, path: &str, action: &str) -> Option<String> {
        let resource = serde_json::from_value(json!({"environment": environment, "path": path})).unwrap();
        let claim = governing(candidates(policies), &resource, &Action::try_from(action).unwrap());
        claim.map(|claim| claim.policy.to_string())
    }

    fn winner_of_all(policies: &[Policy], environment: &str, path: &str, actions: Value) -> Option<String> {
        let target = serde_json::from_value(json!({"environment": environment, "path": path})).unwrap();
        let actions = serde_json::from_value(actions).unwrap();
        governing_all(candidates(policies), &target, &actions).map(|claim| claim.policy.to_string())
    }

    fn some_policies() -> Vec<Policy> {
        vec![
            policy("broad", json!({"environments": ["*"], "paths": ["/**"]}), json!("all")),
            policy("live", json!({"environments": ["live"], "paths": ["/**"]}), json!("all")),
            policy("readers", json!({"environments": ["live"], "paths": ["/**"]}), json!(["read"])),
            policy(
                "keys",
                json!({"environments": ["dev", "live"], "paths": ["/app/*", "/db/key"]}),
                json!(["read"]),
            ),
            policy(
                "hosts",
                json!({"type": "host", "environments": ["live"], "paths": ["/app/x"]}),
                json!("all"),
            ),
            policy("nowhere", json!({"paths": ["/app/x"]}), json!("all")),
        ]
    }

    #[test]
    fn the_most_specific_policy_that_is_about_the_action_governs() {
        for (environment, path, action, expected) in [
            ("live", "/app/x", "read", "keys"),
            ("live", "/app/x", "write", "live"),
            ("live", "/app/x/y", "read", "readers"),
            ("dev", "/db/key", "read", "keys"),
            ("dev", "/db/key/x", "read", "broad"),
            ("test", "/app/x", "read", "broad"),
        ] {
            let governs = winner(&some_policies(), environment, path, action);
            assert_eq!(governs.as_deref(), Some(expected), "{environment} {path} {action}");
        }
        assert_eq!(winner(&some_policies()[2..], "test", "/app/x", "read"), None);
    }

    #[test]
    fn a_request_goes_to_the_policy_that_covers_all_of_it_for_every_action() {
        for (environment, path, actions, expected) in [
            ("live", "/app/*", json!(["read"]), "keys"),
            ("live", "/app/**", json!(["read"]), "readers"),
            ("live", "/app/*", json!(["read", "write"]), "live"),
            ("live", "/app/*", json!("all"), "live"),
            ("*", "/app/*", json!(["read"]), "broad"),
        ] {
            let governs = winner_of_all(&some_policies(), environment, path, actions);
            assert_eq!(governs.as_deref(), Some(expected), "{environment} {path}");
        }
    }

    #[test]
    fn entries_do_not_add_up_to_cover_a_target() {
        let halves = policy("halves", json!({"paths": ["/app", "/app/*/**"]}), json!("all"));
        let whole = policy("whole", json!({"paths": ["/app/**"]}), json!("all"));
        let target = serde_json::from_value(json!({"path": "/app/**"})).unwrap();
        let governs = |policies: &[Policy]| {
            governing_all(candidates(policies), &target, &ActionSet::All)
                .map(|claim| claim.policy.to_string())
        };
        assert_eq!(governs(&[halves]), None);
        assert_eq!(governs(&[whole]).as_deref(), Some("whole"));
    }

    #[test]
    fn the_best_entry_of_a_policy_speaks_for_it() {
        let wide = policy("wide", json!({"paths": ["/**", "/app/*", "/app/**"]}), json!("all"));
        let resource = serde_json::from_value(json!({"path": "/app/x"})).unwrap();
        let claim = governing(candidates(&[wide]), &resource, &Action::try_from("read").unwrap())
            .map(|claim| claim.entry().path.to_string());
        assert_eq!(claim.as_deref(), Some("/app/*"));
    }
}
