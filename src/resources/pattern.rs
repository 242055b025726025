use std::fmt;

use serde::{Deserialize, Serialize};

use super::path::{ResourcePath, check_path, segments};
use crate::limits::{ANY_DEPTH_SEGMENTS, STARS};
use crate::values::{Environment, Invalid, InvalidKind, shown};

/// A set of paths: a `ResourcePath` in which `*` stands for any characters of one segment and the segment `**` for
/// any number of segments, none included.
///
/// `/app/*` is what lies right under `/app`; `/app/**` is `/app` and all below. A segment is never empty: `*` alone
/// needs a character, `x*` also matches `x`. There is no escape and no other magic. Compared by text: two texts for
/// one set are two patterns.
///
/// Refused like a path, and: two stars side by side in a segment that is not `**`; `**` twice in a row or more than
/// four times; more than 16 `*` in the other segments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct PathPattern(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl PathPattern {
    /// The segment that stands for any number of segments.
    pub const ANY_DEPTH: &'static str = "**";

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between the slashes, in order: [`Self::ANY_DEPTH`], or text in which `*` is a wildcard; `/` has none.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        segments(&self.0)
    }

    /// Whether it has no wildcard.
    pub fn is_literal(&self) -> bool {
        !self.0.contains('*')
    }

    /// The one path that it stands for, if it has no wildcard.
    pub fn as_literal(&self) -> Option<ResourcePath> {
        ResourcePath::try_from(self.0.as_str()).ok()
    }
}

impl TryFrom<String> for PathPattern {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        check_path(&text, InvalidKind::InvalidPattern)?;
        if let Some((kind, fault)) = wildcard_fault(&text) {
            return Err(Invalid::new(kind, format!("`{}` {fault}", shown(&text))));
        }
        Ok(Self(text))
    }
}

impl TryFrom<&str> for PathPattern {
    type Error = Invalid;

    fn try_from(text: &str) -> Result<Self, Invalid> {
        Self::try_from(text.to_owned())
    }
}

impl From<ResourcePath> for PathPattern {
    fn from(path: ResourcePath) -> Self {
        Self(path.into_string())
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn wildcard_fault(text: &str) -> Option<(InvalidKind, String)> {
    let is_deep = |segment: &&str| *segment == PathPattern::ANY_DEPTH;
    if segments(text).any(|segment| !is_deep(&segment) && segment.contains("**")) {
        let fault = "has `**` inside a segment: give `**` a segment of its own, or write `*`".to_owned();
        return Some((InvalidKind::InvalidPattern, fault));
    }
    if segments(text).zip(segments(text).skip(1)).any(|(one, next)| is_deep(&one) && is_deep(&next)) {
        return Some((InvalidKind::InvalidPattern, "has `**` twice in a row: write it once".to_owned()));
    }
    let depths = segments(text).filter(is_deep).count();
    if depths > ANY_DEPTH_SEGMENTS {
        let fault = format!("has {depths} segments `**`: use at most {ANY_DEPTH_SEGMENTS}");
        return Some((InvalidKind::LimitExceeded, fault));
    }
    let stars = segments(text).filter(|segment| !is_deep(segment)).flat_map(|s| s.matches('*')).count();
    (stars > STARS)
        .then(|| (InvalidKind::LimitExceeded, format!("has {stars} wildcards `*`: use at most {STARS}")))
}

/// One environment, or any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "wasm", tsify(type = "string"))]
#[serde(try_from = "String", into = "String")]
pub enum EnvironmentPattern {
    /// Every environment that has a name, written `*`; not the absence of one.
    Any,
    /// This one.
    Named(Environment),
}

impl EnvironmentPattern {
    /// The text: `*` or the slug.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Any => "*",
            Self::Named(environment) => environment.as_str(),
        }
    }
}

impl TryFrom<String> for EnvironmentPattern {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        if text == "*" { Ok(Self::Any) } else { Environment::try_from(text).map(Self::Named) }
    }
}

impl TryFrom<&str> for EnvironmentPattern {
    type Error = Invalid;

    fn try_from(text: &str) -> Result<Self, Invalid> {
        Self::try_from(text.to_owned())
    }
}

impl From<EnvironmentPattern> for String {
    fn from(environment: EnvironmentPattern) -> Self {
        environment.as_str().to_owned()
    }
}

impl fmt::Display for EnvironmentPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_pattern_is_refused_and_its_neighbour_accepted() {
        for (refused, accepted, words) in [
            ("app/**", "/app/**", "is not absolute"),
            ("/app/**/", "/app/**", "ends in `/`"),
            ("/*/../x", "/*/x", "has a `..` segment"),
            ("/app\\*", "/app*", "a backslash"),
            ("/app *", "/app*", "white space"),
            ("/*\u{200b}", "/*", "format character"),
            ("/e\u{301}*", "/\u{e9}*", "NFC"),
            ("/***", "/**", "inside a segment"),
            ("/a**", "/a*", "inside a segment"),
            ("/**a", "/*a", "inside a segment"),
            ("/a**b", "/a*b*", "inside a segment"),
            ("/**/**", "/**/*", "twice in a row"),
            ("/a/**/**/b", "/a/**/x/**/b", "twice in a row"),
        ] {
            let invalid = PathPattern::try_from(refused).expect_err(refused);
            assert_eq!(invalid.kind, InvalidKind::InvalidPattern, "{refused:?}");
            assert!(invalid.problem.contains(words), "{refused:?}: {}", invalid.problem);
            assert!(PathPattern::try_from(accepted).is_ok(), "{accepted:?}");
        }
    }

    #[test]
    fn every_limit_of_a_pattern_is_kept() {
        for (longest, one_more) in [
            ("/**/a".repeat(4), "/**/a".repeat(5)),
            ("/*".repeat(16), "/*".repeat(17)),
            (format!("/{}", "*a".repeat(16)), format!("/{}", "*a".repeat(17))),
            (format!("/**{}", "/*".repeat(16)), format!("/**{}", "/*".repeat(17))),
            ("/a".repeat(64), "/a".repeat(65)),
            (format!("/{}", "a".repeat(1_023)), format!("/{}", "a".repeat(1_024))),
        ] {
            assert!(PathPattern::try_from(longest.as_str()).is_ok(), "{longest}");
            assert_eq!(PathPattern::try_from(one_more).unwrap_err().kind, InvalidKind::LimitExceeded);
        }
    }

    #[test]
    fn a_pattern_without_wildcards_is_a_path() {
        let path = ResourcePath::try_from("/app/x").unwrap();
        let pattern = PathPattern::from(path.clone());
        assert!(pattern.is_literal());
        assert_eq!(pattern.as_literal(), Some(path));
        assert_eq!(PathPattern::try_from("/app/x*").unwrap().as_literal(), None);
    }

    #[test]
    fn an_environment_pattern_is_a_slug_or_a_star_alone() {
        assert_eq!(EnvironmentPattern::try_from("*"), Ok(EnvironmentPattern::Any));
        assert_eq!(EnvironmentPattern::try_from("dev").unwrap().to_string(), "dev");
        for refused in ["", "**", "dev*", "*dev"] {
            assert_eq!(EnvironmentPattern::try_from(refused).unwrap_err().kind, InvalidKind::InvalidName);
        }
    }
}
