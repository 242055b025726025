use super::compiler::{invalid, of_condition};
use crate::resources::{PathPattern, ResourcePath, path_matches, segment_matches};
use crate::values::{Invalid, shown};

/// What `$glob` compares with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Glob {
    /// A text without `/`, where `*` stands for any characters.
    Segment(String),
    /// A path pattern: whatever starts with `/`.
    Path(PathPattern),
}

/// What picomatch reads as more than text, and is not known here: refused, never taken literally. (`@` and `+` are
/// magic only before a parenthesis.)
const MAGIC: &str = r"?[]{}()!\";

impl Glob {
    pub(super) fn fits(&self, text: &str) -> bool {
        match self {
            Self::Segment(glob) => segment_matches(glob, text),
            Self::Path(pattern) => {
                ResourcePath::try_from(text).is_ok_and(|path| path_matches(pattern, &path))
            }
        }
    }
}

impl TryFrom<&str> for Glob {
    type Error = Invalid;

    fn try_from(text: &str) -> Result<Self, Invalid> {
        if let Some(magic) = text.chars().find(|character| MAGIC.contains(*character)) {
            let problem =
                format!("`$glob` knows no `{magic}`: only `*`, and in a path `**`, stand for anything");
            return Err(invalid(problem));
        }
        if text.starts_with('/') {
            return PathPattern::try_from(text).map(Self::Path).map_err(of_condition);
        }
        if text.is_empty() || text.contains('/') || text.contains("**") {
            let problem = format!(
                "`{}` is not a pattern: begin a path with `/`, else give a text with `*`",
                shown(text)
            );
            return Err(invalid(problem));
        }
        Ok(Self::Segment(text.to_owned()))
    }
}
