use std::fmt;

use serde::{Deserialize, Serialize};

use super::invalid::{Invalid, InvalidKind};
use crate::limits;
use crate::values::is_format;

/// A justification, a note or a comment: at most 2,000 characters; line feed and tab are allowed, other control
/// characters and bidi controls are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct Text(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl Text {
    /// What the engine itself writes.
    pub(crate) fn of_engine(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is white space and format characters only.
    pub fn is_blank(&self) -> bool {
        is_blank(&self.0)
    }

    /// How many characters are neither white space nor format characters.
    pub fn visible_chars(&self) -> usize {
        self.0.chars().filter(|&c| is_visible(c)).count()
    }
}

impl TryFrom<String> for Text {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        check_text(&text, limits::TEXT_CHARS, |c| matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}'))?;
        Ok(Self(text))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

pub(super) fn check_text(text: &str, most: usize, is_allowed: fn(char) -> bool) -> Result<(), Invalid> {
    let count = text.chars().count();
    if count > most {
        let problem = format!("a text has {count} characters; at most {most} are allowed");
        return Err(Invalid::new(InvalidKind::LimitExceeded, problem));
    }
    let is_control = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    match text.chars().find(|&c| (is_control(c) && !is_allowed(c)) || is_bidi_control(c)) {
        Some(c) => {
            let problem = format!("a text has the control character `{}`: leave it out", c.escape_unicode());
            Err(Invalid::new(InvalidKind::InvalidText, problem))
        }
        None => Ok(()),
    }
}

pub(super) fn is_blank(text: &str) -> bool {
    !text.chars().any(is_visible)
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !is_format(c)
}

/// Bidi_Control of the Unicode Character Database.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Name;

    #[test]
    fn a_text_may_have_lines_but_no_control_or_bidi_characters() {
        let text = |text: &str| Text::try_from(text.to_owned()).map_err(|invalid| invalid.kind);
        assert!(text("line\n\tnext, with 👩‍🚒").is_ok());
        assert!(text(&"é".repeat(2_000)).is_ok());
        assert_eq!(text(&"é".repeat(2_001)), Err(InvalidKind::LimitExceeded));
        for bad in ["\r", "\0", "\u{7f}", "\u{202e}", "\u{2066}", "\u{200f}"] {
            assert_eq!(text(bad), Err(InvalidKind::InvalidText), "{bad:?}");
        }
    }

    #[test]
    fn blank_means_white_space_and_format_characters_only() {
        let text = |text: &str| Text::try_from(text.to_owned()).unwrap();
        assert!(text(" \t\u{200b}\u{feff}\n").is_blank());
        assert!(!text(" . ").is_blank());
        assert_eq!(text("a b\u{200b}c").visible_chars(), 3);
        assert!(Name::try_from("\u{200b}".to_owned()).is_err());
    }
}
