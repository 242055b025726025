use std::fmt;

use serde::{Deserialize, Serialize};

use super::path::ResourcePath;
use super::pattern::{EnvironmentPattern, PathPattern};
use crate::values::{Environment, ResourceType};

/// One thing that access is about, such as the secret `/payments/stripe` in `production`.
///
/// Two resources are the same when all three parts are; one without an environment is in none, not in all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Resource {
    /// What kind of thing it is; `secret` unless said.
    #[serde(rename = "type", default)]
    pub kind: ResourceType,
    /// Where it lives; absent for what belongs to no environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    /// Which one it is.
    pub path: ResourcePath,
}

/// A set of resources of one type, such as everything under `/payments` in any environment.
///
/// A resource is the pattern that has no wildcard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Pattern {
    /// The type of every resource in the set; `secret` unless said. Never a wildcard.
    #[serde(rename = "type", default)]
    pub kind: ResourceType,
    /// One environment, or `*` for any that has a name; absent means the resources that are in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<EnvironmentPattern>,
    /// Which paths.
    pub path: PathPattern,
}

/// As people say it: `production /payments/**`.
impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.environment {
            None => {}
            Some(EnvironmentPattern::Any) => formatter.write_str("all environments ")?,
            Some(EnvironmentPattern::Named(environment)) => write!(formatter, "{environment} ")?,
        }
        formatter.write_str(self.path.as_str())
    }
}

impl Pattern {
    /// Whether it names exactly one resource.
    pub fn is_literal(&self) -> bool {
        self.environment != Some(EnvironmentPattern::Any) && self.path.is_literal()
    }

    /// The one resource that it names, if it names exactly one.
    pub fn as_resource(&self) -> Option<Resource> {
        let environment = match &self.environment {
            None => None,
            Some(EnvironmentPattern::Named(environment)) => Some(environment.clone()),
            Some(EnvironmentPattern::Any) => return None,
        };
        Some(Resource { kind: self.kind.clone(), environment, path: self.path.as_literal()? })
    }
}

impl From<Resource> for Pattern {
    fn from(resource: Resource) -> Self {
        Self {
            kind: resource.kind,
            environment: resource.environment.map(EnvironmentPattern::Named),
            path: resource.path.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(json: &str) -> Pattern {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_resource_is_a_secret_in_no_environment_unless_said() {
        let resource: Resource = serde_json::from_str(r#"{"path":"/app"}"#).unwrap();
        assert_eq!(resource.kind, ResourceType::default());
        assert_eq!(resource.environment, None);
        assert_eq!(serde_json::to_string(&resource).unwrap(), r#"{"type":"secret","path":"/app"}"#);
    }

    #[test]
    fn a_resource_and_its_pattern_are_written_the_same() {
        let json = r#"{"type":"database","environment":"production","path":"/payments/stripe"}"#;
        let resource: Resource = serde_json::from_str(json).unwrap();
        let same: Pattern = resource.clone().into();
        assert_eq!(serde_json::to_string(&resource).unwrap(), json);
        assert_eq!(serde_json::to_string(&same).unwrap(), json);
        assert!(same.is_literal());
        assert_eq!(same.as_resource(), Some(resource));
    }

    #[test]
    fn a_pattern_with_a_wildcard_is_no_resource() {
        for json in [r#"{"path":"/app/*"}"#, r#"{"environment":"*","path":"/app"}"#] {
            assert!(!pattern(json).is_literal(), "{json}");
            assert_eq!(pattern(json).as_resource(), None, "{json}");
        }
    }

    #[test]
    fn a_field_that_is_not_known_is_refused() {
        let json = r#"{"path":"/app","env":"production"}"#;
        assert!(serde_json::from_str::<Resource>(json).is_err());
        assert!(serde_json::from_str::<Pattern>(json).is_err());
    }

    #[test]
    fn a_resource_is_in_a_named_environment_never_in_a_wildcard() {
        assert!(serde_json::from_str::<Resource>(r#"{"environment":"*","path":"/app"}"#).is_err());
        assert!(serde_json::from_str::<Resource>(r#"{"environment":"dev","path":"/app"}"#).is_ok());
        assert!(serde_json::from_str::<Resource>(r#"{"path":"/app/*"}"#).is_err());
        assert!(serde_json::from_str::<Resource>(r#"{"path":"/app/x"}"#).is_ok());
    }
}
