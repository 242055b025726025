//! The laws that the relations and the order of claims obey.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;

use super::claim::{Candidate, governing, governing_all};
use super::conflict::conflict;
use super::exclusion::{exclusions, nothing_remains, remains};
use super::specificity::Specificity;
use crate::resources::tests::{absolute, rows};
use crate::resources::{
    ActionSet, Effort, EnvironmentPattern, PathPattern, Pattern, PolicyTargets, Resource, ResourcePath,
    TargetEntry, covers, matches, overlaps, representatives,
};
use crate::values::{Action, Environment, PolicyId, ResourceType};

fn any_path_pattern() -> impl Strategy<Value = PathPattern> {
    path_pattern_of(&["a", "b", "ab", "a*", "*b", "a*b", "*a*", "*", "**", "**"], 5)
}

/// So short that the paths of [`few_resources`] tell all apart.
fn short_path_pattern() -> impl Strategy<Value = PathPattern> {
    path_pattern_of(&["a", "a*", "*", "**"], 3)
}

fn path_pattern_of(parts: &'static [&str], most: usize) -> impl Strategy<Value = PathPattern> {
    prop::collection::vec(prop::sample::select(parts), 0..=most)
        .prop_filter_map("`**` twice in a row", |row| {
            PathPattern::try_from(format!("/{}", row.join("/"))).ok()
        })
}

fn any_path() -> impl Strategy<Value = ResourcePath> {
    let segment = prop::sample::select(&["a", "b", "ab", "aab", "az", "zb", "z"][..]);
    prop::collection::vec(segment, 0..5)
        .prop_map(|row| ResourcePath::try_from(format!("/{}", row.join("/"))).unwrap())
}

fn any_environment() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(&[None, Some("*"), Some("dev"), Some("live")][..])
}

fn any_pattern() -> impl Strategy<Value = Pattern> {
    pattern_of(any_path_pattern())
}

fn pattern_of(path: impl Strategy<Value = PathPattern>) -> impl Strategy<Value = Pattern> {
    (any_environment(), path).prop_map(|(environment, path)| Pattern {
        kind: ResourceType::default(),
        environment: environment.map(|text| text.try_into().unwrap()),
        path,
    })
}

fn any_resource() -> impl Strategy<Value = Resource> {
    let environment = prop::sample::select(&[None, Some("dev"), Some("live"), Some("z")][..]);
    (environment, any_path()).prop_map(|(environment, path)| Resource {
        kind: ResourceType::default(),
        environment: environment.map(|text| Environment::try_from(text).unwrap()),
        path,
    })
}

fn any_actions() -> impl Strategy<Value = ActionSet> {
    let choices = [json!("all"), json!(["read"]), json!(["write"]), json!(["read", "write"])];
    prop::sample::select(choices.map(|json| serde_json::from_value(json).unwrap()).to_vec())
}

#[derive(Clone, Debug)]
struct Policy {
    id: PolicyId,
    targets: PolicyTargets,
    actions: ActionSet,
}

impl Policy {
    fn candidate(&self) -> Candidate<'_> {
        Candidate { id: &self.id, targets: &self.targets, actions: &self.actions }
    }
}

fn any_policies(
    count: usize,
    path: impl Strategy<Value = PathPattern>,
) -> impl Strategy<Value = Vec<Policy>> {
    let environments = prop::sample::subsequence(&["*", "dev", "live"][..], 0..=2);
    let paths = prop::collection::btree_set(path, 1..4);
    let policy = (environments, paths, any_actions());
    prop::collection::vec(policy, 1..=count).prop_map(|policies| {
        let numbered = policies.into_iter().zip(0..);
        let policy =
            |((environments, paths, actions), number): ((Vec<&str>, BTreeSet<PathPattern>, _), i32)| Policy {
                id: PolicyId::try_from(format!("pol_{number}_0")).unwrap(),
                targets: PolicyTargets::new(
                    ResourceType::default(),
                    environments.into_iter().map(|text| text.try_into().unwrap()).collect(),
                    paths.into_iter().collect(),
                )
                .unwrap(),
                actions,
            };
        numbered.map(policy).collect()
    })
}

fn targets_in(environment: impl Strategy<Value = &'static str>) -> impl Strategy<Value = PolicyTargets> {
    (environment, prop::collection::btree_set(short_path_pattern(), 1..6)).prop_map(|(environment, paths)| {
        let environments = vec![environment.try_into().unwrap()];
        PolicyTargets::new(ResourceType::default(), environments, paths.into_iter().collect()).unwrap()
    })
}

fn read() -> Action {
    Action::try_from("read").unwrap()
}

/// All resources of short paths, in the environments that tell patterns apart.
fn few_resources() -> Vec<Resource> {
    let resource = |environment: Option<&str>, row: &[String]| Resource {
        kind: ResourceType::default(),
        environment: environment.map(|text| Environment::try_from(text).unwrap()),
        path: ResourcePath::try_from(absolute(row)).unwrap(),
    };
    let environments = [None, Some("dev"), Some("live"), Some("z")];
    let paths = rows(&["a", "az", "z"], 5);
    paths.iter().flat_map(|row| environments.map(|environment| resource(environment, row))).collect()
}

proptest! {
    #[test]
    fn covering_is_reflexive_and_covered_patterns_overlap(a in any_pattern(), b in any_pattern()) {
        prop_assert!(covers(&a, &a));
        prop_assert_eq!(overlaps(&a, &b), overlaps(&b, &a));
        if covers(&a, &b) {
            prop_assert!(overlaps(&a, &b));
        }
    }

    #[test]
    fn covering_is_transitive(a in any_pattern(), b in any_pattern(), c in any_pattern()) {
        for [a, b, c] in [[&a, &b, &c], [&b, &c, &a], [&c, &a, &b], [&a, &c, &b], [&b, &a, &c], [&c, &b, &a]] {
            prop_assert!(!(covers(a, b) && covers(b, c)) || covers(a, c));
        }
    }

    #[test]
    fn matching_a_resource_is_covering_it_and_overlapping_it(a in any_pattern(), resource in any_resource()) {
        let literal = Pattern::from(resource.clone());
        prop_assert_eq!(matches(&a, &resource), covers(&a, &literal));
        prop_assert_eq!(matches(&a, &resource), overlaps(&a, &literal));
    }

    #[test]
    fn what_a_covered_pattern_matches_the_covering_one_matches(
        a in any_pattern(),
        b in any_pattern(),
        resource in any_resource(),
    ) {
        prop_assert!(!(covers(&a, &b) && matches(&b, &resource)) || matches(&a, &resource));
        prop_assert!(!(matches(&a, &resource) && matches(&b, &resource)) || overlaps(&a, &b));
    }

    #[test]
    fn specificity_is_a_strict_total_order(
        entries in prop::collection::vec((any_pattern(), any_actions()), 3),
    ) {
        let ranks: Vec<_> = entries.iter().map(|(pattern, actions)| Specificity::of(pattern, actions)).collect();
        for (one, (pattern, actions)) in ranks.iter().zip(&entries) {
            for (other, (other_pattern, other_actions)) in ranks.iter().zip(&entries) {
                prop_assert_eq!(one.cmp(other), other.cmp(one).reverse());
                let is_same = pattern == other_pattern && actions.is_all() == other_actions.is_all();
                prop_assert_eq!(one == other, is_same);
                for third in &ranks {
                    prop_assert!(!(one >= other && other >= third) || one >= third);
                }
            }
        }
    }

    #[test]
    fn who_governs_does_not_depend_on_the_order_of_policies(
        (policies, shuffled) in any_policies(5, any_path_pattern()).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        resource in any_resource(),
        target in any_pattern(),
        actions in any_actions(),
    ) {
        let straight = policies.iter().map(Policy::candidate);
        let turned = shuffled.iter().map(Policy::candidate);

        let governs = governing(straight.clone(), &resource, &read());
        prop_assert_eq!(governs, governing(turned.clone(), &resource, &read()));
        let governs = governing_all(straight.clone(), &target, &actions);
        prop_assert_eq!(governs, governing_all(turned.clone(), &target, &actions));
        if let Some(claim) = governs {
            prop_assert_eq!(
                exclusions(&target, &read(), claim, straight),
                exclusions(&target, &read(), claim, turned)
            );
        }
    }

    #[test]
    fn one_claim_of_each_policy_governs_a_resource_or_none(
        policies in any_policies(4, any_path_pattern()),
        resource in any_resource(),
    ) {
        let claims = policies.iter().filter(|policy| policy.actions.contains(&read()));
        let matching = claims.flat_map(|policy| policy.candidate().claims().collect::<Vec<_>>());
        let best = matching.filter(|claim| matches(claim.entry(), &resource)).max();
        prop_assert_eq!(governing(policies.iter().map(Policy::candidate), &resource, &read()), best);
        let literal = Pattern::from(resource);
        let asked = serde_json::from_value(json!(["read"])).unwrap();
        prop_assert_eq!(governing_all(policies.iter().map(Policy::candidate), &literal, &asked), best);
    }

    #[test]
    fn policies_that_do_not_conflict_are_never_equally_specific(policies in any_policies(2, any_path_pattern())) {
        if let [a, b] = policies.as_slice()
            && conflict(&a.targets, &a.actions, &b.targets, &b.actions).is_none()
            && a.actions.contains(&read())
            && b.actions.contains(&read())
        {
            for one in a.candidate().claims() {
                for other in b.candidate().claims() {
                    prop_assert_ne!(one.specificity, other.specificity);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_remains_of_a_target_is_what_its_policy_governs(
        mut policies in any_policies(6, short_path_pattern()),
        target in pattern_of(short_path_pattern()),
    ) {
        // One is about everything, so that nearly every target has a policy to go to.
        let first = policies.first_mut().unwrap();
        let everything = PathPattern::try_from("/**").unwrap();
        let paths: BTreeSet<_> = first.targets.paths().iter().cloned().chain([everything]).collect();
        let environments = vec![EnvironmentPattern::Any];
        first.targets = PolicyTargets::new(ResourceType::default(), environments, Vec::from_iter(paths)).unwrap();
        first.actions = ActionSet::All;

        let candidates = || policies.iter().map(Policy::candidate);
        let asked = serde_json::from_value(json!(["read"])).unwrap();
        let Some(claim) = governing_all(candidates(), &target, &asked) else { return Ok(()) };
        let own = candidates().find(|candidate| candidate.id == claim.policy).unwrap();
        let exclusions = exclusions(&target, &read(), claim, candidates());

        for resource in few_resources().iter().filter(|resource| matches(&target, resource)) {
            let governs = governing(candidates(), resource, &read()).is_some_and(|one| one.policy == claim.policy);
            prop_assert_eq!(remains(resource, own, &exclusions), governs, "{:?}", resource);
        }
    }

    #[test]
    fn nothing_remains_when_no_resource_does(
        own in targets_in(prop::sample::select(&["*", "dev"][..])),
        others in targets_in(prop::sample::select(&["*", "dev"][..])),
        target in pattern_of(short_path_pattern()),
    ) {
        let ids = ["own", "others"].map(|id| PolicyId::try_from(id).unwrap());
        let listed = serde_json::from_value(json!(["read"])).unwrap();
        let own = Candidate { id: &ids[0], targets: &own, actions: &ActionSet::All };
        let others = Candidate { id: &ids[1], targets: &others, actions: &listed };
        let exclusions: Vec<_> = others.claims().collect();

        let resources = few_resources();
        let is_left = |resource: &&Resource| matches(&target, resource) && remains(resource, own, &exclusions);
        let left = resources.iter().find(is_left);
        prop_assert_eq!(nothing_remains(&target, own, &exclusions), left.is_none(), "{:?}", left);
    }

    #[test]
    fn representatives_stand_for_every_resource_of_a_target(
        patterns in prop::collection::vec(any_pattern(), 0..7),
        target in any_pattern(),
        resources in prop::collection::vec(any_resource(), 200),
    ) {
        let entries = || patterns.iter().map(TargetEntry::from);
        let vector = |resource: &Resource| entries().map(|entry| matches(entry, resource)).collect::<Vec<_>>();
        let all = representatives(&target, entries(), &mut Effort::default()).unwrap();
        prop_assert!(all.iter().all(|resource| matches(&target, resource)));
        let vectors: BTreeSet<_> = all.iter().map(vector).collect();
        prop_assert_eq!(vectors.len(), all.len());
        for resource in resources.iter().chain(&few_resources()).filter(|resource| matches(&target, resource)) {
            prop_assert!(vectors.contains(&vector(resource)), "{:?}", resource);
        }
    }
}
