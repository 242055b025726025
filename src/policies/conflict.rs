use super::specificity::literal_chars;
use crate::resources::{ActionSet, EnvironmentPattern, PathPattern, PolicyTargets, TargetEntry, path_covers};

/// Where two policies would claim the same with equal right, the `policy_conflict` of saving: one type, an
/// environment that both name alike, paths that cover each other, and a common listed action or both for all.
///
/// The entry of each that collides, the first of `a` in its order; which of them come first says nothing about rank.
pub fn conflict<'a, 'b>(
    a: &'a PolicyTargets,
    a_actions: &ActionSet,
    b: &'b PolicyTargets,
    b_actions: &ActionSet,
) -> Option<(TargetEntry<'a>, TargetEntry<'b>)> {
    if a.kind() != b.kind() || !a_actions.shares_listed_or_both_all(b_actions) {
        return None;
    }
    let (one_environment, other_environment) = same_environment(a.environments(), b.environments())?;
    let same_path = |one| b.paths().iter().find(|other| is_same(one, other)).map(|other| (one, other));
    let (one, other) = a.paths().iter().find_map(same_path)?;
    Some((
        TargetEntry { kind: a.kind(), environment: one_environment, path: one },
        TargetEntry { kind: b.kind(), environment: other_environment, path: other },
    ))
}

type Environment<'a> = Option<&'a EnvironmentPattern>;

fn same_environment<'a, 'b>(
    a: &'a [EnvironmentPattern],
    b: &'b [EnvironmentPattern],
) -> Option<(Environment<'a>, Environment<'b>)> {
    if a.is_empty() && b.is_empty() {
        return Some((None, None));
    }
    a.iter().find_map(|one| b.iter().find(|other| one == *other).map(|other| (Some(one), Some(other))))
}

/// A pattern that covers another spells out no more than it, so those that cover each other spell out the same; that
/// tells nearly all pairs apart at once.
fn is_same(a: &PathPattern, b: &PathPattern) -> bool {
    a == b || (literal_chars(a).eq(literal_chars(b)) && path_covers(a, b) && path_covers(b, a))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    type Policy = (PolicyTargets, ActionSet);

    fn policy(environments: Value, paths: Value, actions: Value) -> Policy {
        let targets = json!({"environments": environments, "paths": paths});
        (serde_json::from_value(targets).unwrap(), serde_json::from_value(actions).unwrap())
    }

    fn collide((a, a_actions): &Policy, (b, b_actions): &Policy) -> bool {
        let found = conflict(a, a_actions, b, b_actions).is_some();
        assert_eq!(found, conflict(b, b_actions, a, a_actions).is_some());
        found
    }

    #[test]
    fn policies_collide_when_they_claim_the_same_with_equal_right() {
        let one = policy(json!(["dev", "*"]), json!(["/a", "/b/**/*"]), json!(["read", "write"]));
        for (other, expected) in [
            (policy(json!(["*"]), json!(["/x", "/a"]), json!(["read"])), true),
            (policy(json!(["dev"]), json!(["/b/*/**"]), json!(["write", "x"])), true),
            (policy(json!(["live"]), json!(["/a"]), json!(["read"])), false),
            (policy(json!([]), json!(["/a"]), json!(["read"])), false),
            (policy(json!(["dev"]), json!(["/b/**"]), json!(["read"])), false),
            (policy(json!(["dev"]), json!(["/*"]), json!(["read"])), false),
            (policy(json!(["dev"]), json!(["/a"]), json!(["x"])), false),
            (policy(json!(["dev"]), json!(["/a"]), json!("all")), false),
        ] {
            assert_eq!(collide(&one, &other), expected, "{other:?}");
        }
    }

    #[test]
    fn two_policies_for_all_actions_collide_on_the_same_resources() {
        let one = policy(json!([]), json!(["/a/**"]), json!("all"));
        assert!(collide(&one, &one));
        let (targets, all) = &one;
        let host = serde_json::from_value(json!({"type": "host", "paths": ["/a/**"]})).unwrap();
        assert!(conflict(targets, all, &host, all).is_none());
    }

    #[test]
    fn a_conflict_names_both_entries() {
        let one = policy(json!(["dev", "*"]), json!(["/a", "/b/**/*"]), json!("all"));
        let other = policy(json!(["live", "*"]), json!(["/b/*/**"]), json!("all"));
        let (a, b) = conflict(&one.0, &one.1, &other.0, &other.1).unwrap();
        assert_eq!((a.path.as_str(), b.path.as_str()), ("/b/**/*", "/b/*/**"));
        assert_eq!(a.environment.map(ToString::to_string).as_deref(), Some("*"));
    }
}
