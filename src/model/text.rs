use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::unicode::is_format;
use super::{Invalid, InvalidKind, SubjectId, limits, shown};

/// One line of display text that is not blank: the name of a subject, a group or a policy. At most 255 characters;
/// control characters and bidi controls are refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct Name(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl Name {
    /// What the engine itself calls somebody who is no subject.
    pub(crate) fn of_engine(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What a subject is called that the directory does not know.
    pub(crate) fn from_id(id: &SubjectId) -> Self {
        Self(id.as_str().to_owned())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        check_text(&text, limits::NAME_CHARS, |_| false)?;
        if is_blank(&text) {
            return Err(Invalid::new(InvalidKind::InvalidText, "a name is blank"));
        }
        Ok(Self(text))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

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
        check_text(&text, limits::TEXT_CHARS, |c| matches!(c, '\n' | '\t'))?;
        Ok(Self(text))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn check_text(text: &str, most: usize, is_allowed: fn(char) -> bool) -> Result<(), Invalid> {
    let count = text.chars().count();
    if count > most {
        let problem = format!("a text has {count} characters; at most {most} are allowed");
        return Err(Invalid::new(InvalidKind::LimitExceeded, problem));
    }
    match text.chars().find(|&c| (c.is_control() && !is_allowed(c)) || is_bidi_control(c)) {
        Some(c) => {
            let problem = format!("a text has the control character `{}`: leave it out", c.escape_unicode());
            Err(Invalid::new(InvalidKind::InvalidText, problem))
        }
        None => Ok(()),
    }
}

fn is_blank(text: &str) -> bool {
    !text.chars().any(is_visible)
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !is_format(c)
}

/// Bidi_Control of the Unicode Character Database.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// One bare e-mail address: no display name, no comma, no white space, at most 254 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct Email(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl Email {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Email {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let is_bare = |part: &str| {
            !part.is_empty()
                && !part.chars().any(|c| {
                    c.is_whitespace() || c.is_control() || is_bidi_control(c) || r#"@,;:<>()[]\""#.contains(c)
                })
        };
        let fits = text.len() <= limits::EMAIL_BYTES;
        match text.split_once('@') {
            Some((local, domain)) if fits && is_bare(local) && is_bare(domain) => Ok(Self(text)),
            _ => {
                let problem =
                    format!("`{}` is not one bare e-mail address such as `ann@example.com`", shown(&text));
                Err(Invalid::new(InvalidKind::InvalidEmail, problem))
            }
        }
    }
}

/// A link to a ticket: `https`, no user info, printable ASCII, at most 2,048 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct TicketUrl(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl TicketUrl {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TicketUrl {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let authority = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        let is_host = authority.is_some_and(|host| !host.is_empty() && !host.contains('@'));
        let is_plain = text.len() <= limits::URL_CHARS
            && text.bytes().all(|byte| byte.is_ascii_graphic() && !br#"\"<>^`{|}"#.contains(&byte));
        if is_host && is_plain {
            return Ok(Self(text));
        }
        let problem = "a ticket's link is not an `https://` address without user info, in at most 2048 ASCII characters";
        Err(Invalid::new(InvalidKind::InvalidUrl, problem))
    }
}

/// An idempotency key: 1 to 255 printable ASCII characters; it belongs to the project and the actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct IdempotencyKey(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl TryFrom<String> for IdempotencyKey {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let is_printable = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if (1..=limits::KEY_BYTES).contains(&text.len()) && is_printable {
            return Ok(Self(text));
        }
        let problem = "an idempotency key is not 1 to 255 printable ASCII characters";
        Err(Invalid::new(InvalidKind::InvalidText, problem))
    }
}

/// A list that holds at most `MOST` items; a longer one is refused with `limit_exceeded`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", bound(deserialize = "T: Deserialize<'de>", serialize = "T: Serialize"))]
pub struct AtMost<const MOST: usize, T>(Vec<T>);

impl<const MOST: usize, T> TryFrom<Vec<T>> for AtMost<MOST, T> {
    type Error = Invalid;

    fn try_from(items: Vec<T>) -> Result<Self, Invalid> {
        if items.len() <= MOST {
            return Ok(Self(items));
        }
        let problem = format!("a list has {} entries; at most {MOST} are allowed", items.len());
        Err(Invalid::new(InvalidKind::LimitExceeded, problem))
    }
}

impl<const MOST: usize, T> Deref for AtMost<MOST, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<const MOST: usize, T> Default for AtMost<MOST, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn an_email_is_one_bare_address() {
        let is_email = |text: &str| Email::try_from(text.to_owned()).is_ok();
        assert!(is_email("ann+ops@example.com"));
        for bad in [
            "ann",
            "@example.com",
            "ann@",
            "a,b@example.com",
            "Ann <ann@example.com>",
            "a@b@c",
            "a@b\r\nBcc: c@d",
        ] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_ticket_is_an_https_address_without_user_info() {
        let is_url = |text: &str| TicketUrl::try_from(text.to_owned()).is_ok();
        assert!(is_url("https://tickets.example.com/OPS-1?a=b#c"));
        for bad in [
            "http://example.com",
            "https://",
            "https://user@example.com",
            "https://exa mple.com",
            "javascript:alert(1)",
        ] {
            assert!(!is_url(bad), "{bad:?}");
        }
    }
}
