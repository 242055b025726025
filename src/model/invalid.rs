use std::fmt;

use serde::{Deserialize, Serialize};

use super::{read_json, write_json};

/// What kind of value was not accepted; each kind is an error code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidKind {
    /// The shape of the input: not JSON, an unknown or missing field, a wrong type.
    InvalidInput,
    /// A resource path.
    InvalidPath,
    /// A path pattern.
    InvalidPattern,
    /// A resource type, an environment or an action.
    InvalidName,
    /// An identifier.
    InvalidId,
    /// A text for people.
    InvalidText,
    /// A duration.
    InvalidDuration,
    /// A point in time.
    InvalidTime,
    /// An e-mail address.
    InvalidEmail,
    /// A link to a ticket.
    InvalidUrl,
    /// A condition.
    InvalidCondition,
    /// More than the limits allow.
    LimitExceeded,
}

/// A value that was not accepted, and why.
///
/// It crosses serde, whose errors are text, and comes out typed again at the other side: see
/// `Invalid::from_serde`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// What kind of value it was.
    pub kind: InvalidKind,
    /// What is wrong with it and what to do: a lower-case clause, input in backticks.
    pub problem: String,
}

const MARK: char = '\u{1F}';

impl Invalid {
    pub(crate) fn new(kind: InvalidKind, problem: impl Into<String>) -> Self {
        Self { kind, problem: problem.into() }
    }

    /// Reads back the fault that a `TryFrom` handed to serde; any other serde error is a fault of shape.
    pub(crate) fn from_serde(text: &str) -> Self {
        text.split_once(MARK)
            .and_then(|(name, problem)| {
                let kind = read_json(&format!("\"{name}\"")).ok()?;
                Some(Self::new(kind, problem))
            })
            .unwrap_or_else(|| Self::new(InvalidKind::InvalidInput, text))
    }
}

const SHOWN_CHARS: usize = 60;

/// The start of an input as a message may quote it: one line, nothing invisible.
pub(crate) fn shown(input: &str) -> String {
    let start: String = input.chars().take(SHOWN_CHARS).collect();
    // `Debug` is in every WASM, for the sake of panics; `escape_debug` would come on top.
    let quoted = format!("{start:?}");
    let escaped = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    if input.chars().nth(SHOWN_CHARS).is_none() { escaped.to_owned() } else { format!("{escaped}…") }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = write_json(&self.kind).unwrap_or_default();
        write!(formatter, "{}{MARK}{}", name.trim_matches('"'), self.problem)
    }
}

impl std::error::Error for Invalid {}
