use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::{PATH_BYTES, PATH_SEGMENTS};
use crate::values::{Invalid, InvalidKind, is_format, is_nfc, shown};

/// Where a resource is: absolute and canonical, such as `/payments/stripe`, compared byte for byte.
///
/// Starts with `/` and does not end in one, `/` itself apart. Refused, never repaired: segments that are empty, `.`
/// or `..`; `*`, `\`, `%`, white space, control and format characters (bidi controls are among them); text that is
/// not in Unicode NFC; more than 1,024 bytes or 64 segments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct ResourcePath(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl ResourcePath {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between the slashes, in order; `/` has none.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        segments(&self.0)
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

impl TryFrom<String> for ResourcePath {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        check_path(&text, InvalidKind::InvalidPath)?;
        if text.contains('*') {
            let problem =
                format!("`{}` has a `*`: a resource has no wildcards, name it in full", shown(&text));
            return Err(Invalid::new(InvalidKind::InvalidPath, problem));
        }
        Ok(Self(text))
    }
}

impl TryFrom<&str> for ResourcePath {
    type Error = Invalid;

    fn try_from(text: &str) -> Result<Self, Invalid> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Display for ResourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

pub(super) fn segments(path: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Checks what paths and patterns have in common; `*` is let through.
pub(super) fn check_path(text: &str, kind: InvalidKind) -> Result<(), Invalid> {
    if text.len() > PATH_BYTES {
        let problem = format!("a path has {} bytes: use at most {PATH_BYTES}", text.len());
        return Err(Invalid::new(InvalidKind::LimitExceeded, problem));
    }
    if let Some(fault) = character_fault(text).or_else(|| shape_fault(text)) {
        return Err(Invalid::new(kind, format!("`{}` {fault}", shown(text))));
    }
    let count = segments(text).count();
    if count > PATH_SEGMENTS {
        let problem = format!("`{}` has {count} segments: use at most {PATH_SEGMENTS}", shown(text));
        return Err(Invalid::new(InvalidKind::LimitExceeded, problem));
    }
    Ok(())
}

fn shape_fault(text: &str) -> Option<String> {
    let Some(relative) = text.strip_prefix('/') else {
        return Some("is not absolute: start it with `/`".to_owned());
    };
    if relative.is_empty() {
        None
    } else if relative.contains("//") || relative.starts_with('/') {
        Some("has an empty segment: write one `/` between segments".to_owned())
    } else if relative.ends_with('/') {
        Some("ends in `/`: leave that out".to_owned())
    } else {
        let step = segments(relative).find(|segment| matches!(*segment, "." | ".."))?;
        Some(format!("has a `{step}` segment: write the path that it leads to"))
    }
}

fn character_fault(text: &str) -> Option<String> {
    let refused = text.chars().find_map(|c| {
        let name = match c {
            '\\' => "a backslash",
            '%' => "a percent sign (nothing is decoded)",
            _ if c.is_control() => "a control character",
            _ if is_format(c) => "an invisible format character",
            _ if c.is_whitespace() => "white space",
            _ => return None,
        };
        Some(format!("has {name}, U+{:04X}: leave it out", u32::from(c)))
    });
    refused.or_else(|| (!is_nfc(text)).then(|| "is not in Unicode NFC: normalise it first".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Invalid {
        ResourcePath::try_from(text).expect_err(text)
    }

    #[test]
    fn every_fault_of_a_path_is_refused_and_its_neighbour_accepted() {
        for (refused, accepted, words) in [
            ("", "/", "is not absolute"),
            ("app/x", "/app/x", "is not absolute"),
            ("/app/", "/app", "ends in `/`"),
            ("//", "/", "empty segment"),
            ("//app", "/app", "empty segment"),
            ("/app//x", "/app/x", "empty segment"),
            ("/app/.", "/app/.env", "has a `.` segment"),
            ("/./app", "/a.b/app", "has a `.` segment"),
            ("/app/../x", "/app/.../x", "has a `..` segment"),
            ("/app/*", "/app/x", "has a `*`"),
            ("/app\\x", "/app|x", "a backslash"),
            ("/app/%2e", "/app/2e", "a percent sign"),
            ("/app x", "/app_x", "white space"),
            ("/app\u{a0}x", "/app·x", "white space"),
            ("/app\u{2028}x", "/app—x", "white space"),
            ("/app\n", "/app/n", "a control character"),
            ("/app\0", "/app0", "a control character"),
            ("/app\u{85}", "/appé", "a control character"),
            ("/app\u{200b}x", "/app‘x", "format character"),
            ("/app\u{202e}x", "/appאx", "format character"),
            ("/\u{feff}app", "/\u{fe0f}app", "format character"),
            ("/app\u{ad}x", "/app-x", "format character"),
            ("/cafe\u{301}", "/caf\u{e9}", "NFC"),
            ("/\u{212b}", "/\u{c5}", "NFC"),
        ] {
            let invalid = problem(refused);
            assert_eq!(invalid.kind, InvalidKind::InvalidPath, "{refused:?}");
            assert!(invalid.problem.contains(words), "{refused:?}: {}", invalid.problem);
            assert!(ResourcePath::try_from(accepted).is_ok(), "{accepted:?}");
        }
    }

    #[test]
    fn a_path_has_at_most_1024_bytes() {
        let longest = format!("/{}", "a".repeat(1_023));
        assert!(ResourcePath::try_from(longest.as_str()).is_ok());
        assert_eq!(problem(&format!("{longest}a")).kind, InvalidKind::LimitExceeded);
    }

    #[test]
    fn a_path_has_at_most_64_segments() {
        let deepest = "/a".repeat(64);
        assert!(ResourcePath::try_from(deepest.as_str()).is_ok());
        assert_eq!(problem(&format!("{deepest}/a")).kind, InvalidKind::LimitExceeded);
    }

    #[test]
    fn the_root_has_no_segments() {
        let segments =
            |text| ResourcePath::try_from(text).unwrap().segments().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(segments("/"), Vec::<String>::new());
        assert_eq!(segments("/app/x"), ["app", "x"]);
    }

    #[test]
    fn a_message_quotes_the_start_of_a_path_on_one_line() {
        let invalid = problem(&format!("/\u{202e}\n{}", "a".repeat(500)));
        assert!(invalid.problem.starts_with("`/\\u{202e}\\n"), "{}", invalid.problem);
        assert!(invalid.problem.contains("a…` has"), "{}", invalid.problem);
        assert!(invalid.problem.len() < 160, "{}", invalid.problem);
    }

    #[test]
    fn a_path_is_case_sensitive() {
        assert_ne!(ResourcePath::try_from("/App"), ResourcePath::try_from("/app"));
    }
}
