use super::path::{path_covers, path_matches, path_overlaps};
use crate::resources::{EnvironmentPattern, PolicyTargets, Resource, TargetEntry};

/// Whether the resource is one of the pattern's: same type, an environment that it names, a path that it matches.
///
/// A pattern without an environment matches resources that are in none, `*` those that are in any.
///
/// # Examples
/// ```
/// use access_engine::resources::matches;
/// use access_engine::resources::{Pattern, Resource};
///
/// let pattern: Pattern = serde_json::from_str(r#"{"environment":"*","path":"/payments/**"}"#)?;
/// let resource = |json| serde_json::from_str::<Resource>(json);
/// assert!(matches(&pattern, &resource(r#"{"environment":"production","path":"/payments"}"#)?));
/// assert!(!matches(&pattern, &resource(r#"{"path":"/payments"}"#)?));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn matches<'a>(pattern: impl Into<TargetEntry<'a>>, resource: &Resource) -> bool {
    let pattern = pattern.into();
    let in_environment = match (pattern.environment, &resource.environment) {
        (None, None) | (Some(EnvironmentPattern::Any), Some(_)) => true,
        (Some(EnvironmentPattern::Named(one)), Some(other)) => one == other,
        (None, Some(_)) | (Some(_), None) => false,
    };
    in_environment && *pattern.kind == resource.kind && path_matches(pattern.path, &resource.path)
}

/// Whether every resource of `b` is one of `a`'s; each pattern covers itself.
///
/// # Examples
/// ```
/// use access_engine::resources::covers;
/// use access_engine::resources::Pattern;
///
/// let pattern = |path: &str| serde_json::from_value::<Pattern>(serde_json::json!({ "path": path }));
/// assert!(covers(&pattern("/app/**")?, &pattern("/app/*/key")?));
/// assert!(covers(&pattern("/app/**")?, &pattern("/app")?));
/// assert!(!covers(&pattern("/app/*")?, &pattern("/app/**")?));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn covers<'a, 'b>(a: impl Into<TargetEntry<'a>>, b: impl Into<TargetEntry<'b>>) -> bool {
    let (a, b) = (a.into(), b.into());
    a.kind == b.kind && environment_covers(a.environment, b.environment) && path_covers(a.path, b.path)
}

/// Whether some resource is in both.
///
/// # Examples
/// ```
/// use access_engine::resources::overlaps;
/// use access_engine::resources::Pattern;
///
/// let pattern = |path: &str| serde_json::from_value::<Pattern>(serde_json::json!({ "path": path }));
/// assert!(overlaps(&pattern("/app/**")?, &pattern("/**/key")?));
/// assert!(!overlaps(&pattern("/app/*")?, &pattern("/app")?));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn overlaps<'a, 'b>(a: impl Into<TargetEntry<'a>>, b: impl Into<TargetEntry<'b>>) -> bool {
    let (a, b) = (a.into(), b.into());
    let share_environment =
        environment_covers(a.environment, b.environment) || environment_covers(b.environment, a.environment);
    a.kind == b.kind && share_environment && path_overlaps(a.path, b.path)
}

/// Whether some resource is among the targets of both.
///
/// They are every environment with every path, so these may be looked at apart: 2,048 pairs in place of a million.
pub fn targets_overlap(a: &PolicyTargets, b: &PolicyTargets) -> bool {
    let share_path = || a.paths().iter().any(|one| b.paths().iter().any(|other| path_overlaps(one, other)));
    a.kind() == b.kind() && share_path() && share_environment(a, b)
}

/// Whether the targets have an environment in common, or are both in none.
pub(crate) fn share_environment(a: &PolicyTargets, b: &PolicyTargets) -> bool {
    let (a, b) = (a.environments(), b.environments());
    let share =
        |one, other| environment_covers(Some(one), Some(other)) || environment_covers(Some(other), Some(one));
    (a.is_empty() && b.is_empty()) || a.iter().any(|one| b.iter().any(|other| share(one, other)))
}

/// Whether the environments of `b` are all among those of `a`. Two that overlap are such that one covers the other.
pub(crate) fn environment_covers(a: Option<&EnvironmentPattern>, b: Option<&EnvironmentPattern>) -> bool {
    match (a, b) {
        (None, None) | (Some(EnvironmentPattern::Any), Some(_)) => true,
        (Some(EnvironmentPattern::Named(one)), Some(EnvironmentPattern::Named(other))) => one == other,
        (None, Some(_)) | (Some(_), None) => false,
        (Some(EnvironmentPattern::Named(_)), Some(EnvironmentPattern::Any)) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resources::Pattern;

    fn pattern(environment: Option<&str>, path: &str) -> Pattern {
        serde_json::from_value(match environment {
            Some(name) => json!({"environment": name, "path": path}),
            None => json!({"path": path}),
        })
        .unwrap()
    }

    #[test]
    fn a_star_stands_for_named_environments_not_for_none() {
        let (any, none) = (pattern(Some("*"), "/a"), pattern(None, "/a"));
        let (dev, live) = (pattern(Some("dev"), "/a"), pattern(Some("live"), "/a"));
        for (a, b, is_covered, is_overlapping) in [
            (&any, &any, true, true),
            (&any, &dev, true, true),
            (&any, &none, false, false),
            (&dev, &any, false, true),
            (&dev, &dev, true, true),
            (&dev, &live, false, false),
            (&dev, &none, false, false),
            (&none, &any, false, false),
            (&none, &dev, false, false),
            (&none, &none, true, true),
        ] {
            assert_eq!(covers(a, b), is_covered, "{a:?} {b:?}");
            assert_eq!(overlaps(a, b), is_overlapping, "{a:?} {b:?}");
            if let Some(resource) = b.as_resource() {
                assert_eq!(matches(a, &resource), is_covered, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn targets_overlap_as_one_of_their_entries_does() {
        let targets = [
            json!({"paths": ["/a"]}),
            json!({"paths": ["/b", "/a/**"]}),
            json!({"environments": ["dev"], "paths": ["/a"]}),
            json!({"environments": ["live", "*"], "paths": ["/b", "/a/*"]}),
            json!({"environments": ["live", "dev"], "paths": ["/**/x", "/b"]}),
            json!({"environments": ["*"], "paths": ["/a"]}),
            json!({"type": "host", "environments": ["dev"], "paths": ["/a"]}),
        ];
        let targets = targets.map(|targets| serde_json::from_value::<PolicyTargets>(targets).unwrap());
        for a in &targets {
            for b in &targets {
                let expected = a.entries().any(|one| b.entries().any(|other| overlaps(one, other)));
                assert_eq!(targets_overlap(a, b), expected, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn patterns_of_different_types_have_nothing_in_common() {
        let secret = pattern(None, "/a");
        let host: Pattern = serde_json::from_value(json!({"type": "host", "path": "/a"})).unwrap();
        assert!(!covers(&secret, &host) && !overlaps(&secret, &host));
        assert!(!matches(&secret, &host.as_resource().unwrap()));
        assert!(matches(&host, &host.as_resource().unwrap()));
    }
}
