use serde::{Deserialize, Serialize};

use super::pattern::{EnvironmentPattern, PathPattern};
use super::resource::Pattern;
use crate::limits;
use crate::values::{Invalid, InvalidKind, ResourceType, shown};

/// What an access policy is about: every combination of one of its environments and one of its paths.
///
/// At most 32 environments and 1 to 32 paths, each named once. Without environments it is about the resources that
/// are in none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "AnyTargets")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(!try_from, deny_unknown_fields))]
pub struct PolicyTargets {
    /// The type of the resources; `secret` unless said.
    #[serde(rename = "type", default)]
    kind: ResourceType,
    /// Their environments; `*` stands for any that has a name. Absent: resources that are in none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::TARGETS), extend("uniqueItems" = true)))]
    environments: Vec<EnvironmentPattern>,
    /// Their paths; one is needed.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = limits::TARGETS), extend("uniqueItems" = true)))]
    paths: Vec<PathPattern>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AnyTargets {
    #[serde(rename = "type", default)]
    kind: ResourceType,
    #[serde(default)]
    environments: Vec<EnvironmentPattern>,
    paths: Vec<PathPattern>,
}

impl PolicyTargets {
    /// Puts targets together.
    ///
    /// # Errors
    /// `limit_exceeded` over 32 environments or paths; `invalid_input` without a path, or when one is named twice.
    pub fn new(
        kind: ResourceType,
        environments: Vec<EnvironmentPattern>,
        paths: Vec<PathPattern>,
    ) -> Result<Self, Invalid> {
        if paths.is_empty() {
            return Err(Invalid::new(
                InvalidKind::InvalidInput,
                "the targets have no paths: name at least one",
            ));
        }
        check_list("environment", &environments, limits::TARGETS, EnvironmentPattern::as_str)?;
        check_list("path", &paths, limits::TARGETS, PathPattern::as_str)?;
        Ok(Self { kind, environments, paths })
    }

    /// The type of the resources.
    pub fn kind(&self) -> &ResourceType {
        &self.kind
    }

    /// The environments, in the order given; empty for resources that are in none.
    pub fn environments(&self) -> &[EnvironmentPattern] {
        &self.environments
    }

    /// The paths, in the order given; never empty.
    pub fn paths(&self) -> &[PathPattern] {
        &self.paths
    }

    /// Every combination of an environment and a path; at most 1,024.
    pub fn entries(&self) -> impl Iterator<Item = TargetEntry<'_>> {
        let nowhere = self.environments.is_empty().then_some(None);
        let environments = self.environments.iter().map(Some).chain(nowhere);
        environments.flat_map(move |environment| {
            self.paths.iter().map(move |path| TargetEntry { kind: &self.kind, environment, path })
        })
    }
}

impl TryFrom<AnyTargets> for PolicyTargets {
    type Error = Invalid;

    fn try_from(any: AnyTargets) -> Result<Self, Invalid> {
        Self::new(any.kind, any.environments, any.paths)
    }
}

/// One combination of an environment and a path: a [`Pattern`] that is lent, not owned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetEntry<'a> {
    /// The type of every resource in the set.
    pub kind: &'a ResourceType,
    /// One environment or any; absent means the resources that are in none.
    pub environment: Option<&'a EnvironmentPattern>,
    /// Which paths.
    pub path: &'a PathPattern,
}

impl TargetEntry<'_> {
    /// The same pattern, to keep.
    pub fn to_pattern(self) -> Pattern {
        Pattern { kind: self.kind.clone(), environment: self.environment.cloned(), path: self.path.clone() }
    }
}

impl<'a> From<&'a Pattern> for TargetEntry<'a> {
    fn from(pattern: &'a Pattern) -> Self {
        Self { kind: &pattern.kind, environment: pattern.environment.as_ref(), path: &pattern.path }
    }
}

/// Checks that a list is within its limit and names nothing twice.
pub(super) fn check_list<T>(
    what: &str,
    list: &[T],
    most: usize,
    text: fn(&T) -> &str,
) -> Result<(), Invalid> {
    if list.len() > most {
        let problem = format!("there are {} {what}s: name at most {most}", list.len());
        return Err(Invalid::new(InvalidKind::LimitExceeded, problem));
    }
    let names = || list.iter().map(text);
    let is_named_before = |(index, name): &(usize, &str)| names().take(*index).any(|other| other == *name);
    names().enumerate().find(is_named_before).map_or(Ok(()), |(_, twice)| {
        let problem = format!("the {what} `{}` is named twice: leave one out", shown(twice));
        Err(Invalid::new(InvalidKind::InvalidInput, problem))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn fault<T: serde::de::DeserializeOwned>(input: &Value) -> Option<InvalidKind> {
        serde_json::from_value::<T>(input.clone()).err().map(|error| {
            Invalid::from_serde(&error.to_string()).map_or(InvalidKind::InvalidInput, |it| it.kind)
        })
    }

    fn numbered(prefix: &str, count: usize) -> Vec<String> {
        (0..count).map(|number| format!("{prefix}{number}")).collect()
    }

    #[test]
    fn every_fault_of_targets_is_refused_and_its_neighbour_accepted() {
        use InvalidKind::{InvalidInput, InvalidName, InvalidPattern, LimitExceeded};
        for (refused, kind, accepted) in [
            (json!({"paths": []}), InvalidInput, json!({"paths": ["/"]})),
            (json!({}), InvalidInput, json!({"paths": ["/**"]})),
            (json!({"paths": ["/a", "/a"]}), InvalidInput, json!({"paths": ["/a", "/b"]})),
            (
                json!({"environments": ["*", "*"], "paths": ["/a"]}),
                InvalidInput,
                json!({"environments": ["*", "dev"], "paths": ["/a"]}),
            ),
            (json!({"paths": ["/a"], "env": "dev"}), InvalidInput, json!({"paths": ["/a"], "type": "host"})),
            (json!({"paths": ["/a**"]}), InvalidPattern, json!({"paths": ["/a*"]})),
            (
                json!({"environments": ["d*"], "paths": ["/a"]}),
                InvalidName,
                json!({"environments": ["d"], "paths": ["/a"]}),
            ),
            (json!({"paths": numbered("/", 33)}), LimitExceeded, json!({"paths": numbered("/", 32)})),
            (
                json!({"environments": numbered("e", 33), "paths": ["/"]}),
                LimitExceeded,
                json!({"environments": numbered("e", 32), "paths": ["/"]}),
            ),
        ] {
            assert_eq!(fault::<PolicyTargets>(&refused), Some(kind), "{refused}");
            assert_eq!(fault::<PolicyTargets>(&accepted), None, "{accepted}");
        }
    }

    #[test]
    fn targets_are_every_environment_with_every_path() {
        let targets = |input| serde_json::from_value::<PolicyTargets>(input).unwrap();
        let shown = |targets: &PolicyTargets| {
            let entries = targets.entries().map(|entry| serde_json::to_value(entry.to_pattern()).unwrap());
            entries.collect::<Vec<_>>()
        };
        assert_eq!(
            shown(&targets(json!({"environments": ["dev", "*"], "paths": ["/a", "/b"]}))),
            [
                json!({"type": "secret", "environment": "dev", "path": "/a"}),
                json!({"type": "secret", "environment": "dev", "path": "/b"}),
                json!({"type": "secret", "environment": "*", "path": "/a"}),
                json!({"type": "secret", "environment": "*", "path": "/b"}),
            ]
        );
        assert_eq!(
            shown(&targets(json!({"type": "host", "paths": ["/a"]}))),
            [json!({"type": "host", "path": "/a"})]
        );
    }

    #[test]
    fn targets_are_written_as_they_are_read() {
        let targets = json!({"type": "secret", "environments": ["*", "dev"], "paths": ["/b", "/a"]});
        let read: PolicyTargets = serde_json::from_value(targets.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), targets);
    }
}
