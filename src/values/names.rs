use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{PolicyId, SubjectId, names};
use super::invalid::{Invalid, InvalidKind, shown};
use super::text::{check_text, is_blank};
use crate::limits::{self, SLUG_BYTES};

names! { parse_slug, std::sync::Arc<str>:
    /// The kind of a resource, `secret` unless said: `[A-Za-z0-9][A-Za-z0-9._:-]{0,63}`, case-sensitive.
    ResourceType,
    /// The slug of an environment, such as `production`: `[A-Za-z0-9][A-Za-z0-9._:-]{0,63}`.
    Environment,
    /// What may be done to a resource, such as `read`: `[A-Za-z0-9][A-Za-z0-9._:-]{0,63}`.
    Action,
}

impl Default for ResourceType {
    fn default() -> Self {
        Self("secret".into())
    }
}

fn parse_slug(text: &str) -> Result<(), Invalid> {
    let is_slug = text.len() <= SLUG_BYTES
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._:-".contains(c));
    if is_slug {
        return Ok(());
    }
    let problem = format!(
        "`{}` is not a name: start with a letter or digit, then letters, digits and `._:-`, at most {SLUG_BYTES}",
        shown(text)
    );
    Err(Invalid::new(InvalidKind::InvalidName, problem))
}

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

/// A subject as others see it: never with an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Who.
    pub id: SubjectId,
    /// What people call them.
    pub name: Name,
}

/// A policy, as a refusal names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PolicyName {
    /// Its id.
    pub id: PolicyId,
    /// What people call it.
    pub name: Name,
}
