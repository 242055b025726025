use serde::{Deserialize, Serialize};

use super::invalid::{Invalid, InvalidKind, shown};
use super::text::is_bidi_control;
use super::unicode::is_format;
use crate::limits;

/// One bare e-mail address: no display name, no comma, no white space, nothing invisible or of full width, no `-` at the
/// beginning of a part; at most 254 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct Email(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl Email {
    /// What the engine itself writes.
    pub(crate) fn of_engine(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Email {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let is_strange = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || is_format(c)
                || is_bidi_control(c)
                || ('\u{FF00}'..='\u{FFEF}').contains(&c)
                || r#"@,;:<>()[]\""#.contains(c)
        };
        let is_bare =
            |part: &str| !part.is_empty() && !part.starts_with('-') && !part.chars().any(is_strange);
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
    /// What the engine itself writes.
    pub(crate) fn of_engine(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TicketUrl {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        if is_https(&text) {
            return Ok(Self(text));
        }
        let problem =
            "a ticket's link is an `https://` address without a user name, of at most 2048 ASCII characters";
        Err(Invalid::new(InvalidKind::InvalidUrl, problem))
    }
}

/// Whether a text is an `https` address: no user info, printable ASCII, at most 2,048 characters.
pub(crate) fn is_https(text: &str) -> bool {
    let authority = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    authority.is_some_and(|host| !host.is_empty() && !host.contains('@'))
        && text.len() <= limits::URL_CHARS
        && is_plain_address(text)
}

/// Whether a text is made of what an address may be made of, as it may stand in any text.
pub(crate) fn is_plain_address(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !br#"\"<>^`{|}"#.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

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
