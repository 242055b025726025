use std::fmt;

use serde_json::Value;

/// What kind of value was not accepted; each kind is an error code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum InvalidKind {
    /// The shape of the input: not JSON, an unknown or missing field, a wrong type.
    InvalidInput,
    /// A name that this edition does not know: of a field, an event, one of several words.
    UnknownName,
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
    /// A cursor: where a page begins.
    InvalidCursor,
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
    /// Where inside the value, such as `steps[0].quorums`; absent: the whole of it.
    pub place: Option<String>,
}

const MARK: char = '\u{1F}';

impl Invalid {
    pub(crate) fn new(kind: InvalidKind, problem: impl Into<String>) -> Self {
        Self { kind, problem: problem.into(), place: None }
    }

    /// A value of another kind than is expected.
    pub(crate) fn instead_of(expected: &str, given: &Value) -> Self {
        Self::new(InvalidKind::InvalidInput, format!("give {expected}, not {}", in_words(given)))
    }

    /// The same, of a value that stands at this place inside another.
    pub(crate) fn inside(mut self, place: &str) -> Self {
        let inner = self.place.take().unwrap_or_default();
        self.place = Some(place_inside(place, &inner)).filter(|place| !place.is_empty());
        self
    }

    /// Reads back the fault that a `TryFrom` handed to serde; none where the text is an error of serde's own.
    pub(crate) fn from_serde(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(MARK)?;
        let (place, problem) = rest.split_once(MARK)?;
        Some(Self::new(kind.parse().ok()?, problem).inside(place))
    }
}

/// The place of what stands at `inner` in what stands at `place`: `steps` and `[0]` give `steps[0]`.
pub(crate) fn place_inside(place: &str, inner: &str) -> String {
    let dot = if place.is_empty() || inner.is_empty() || inner.starts_with('[') { "" } else { "." };
    format!("{place}{dot}{inner}")
}

/// Checks that an object of JavaScript holds a name as data: `__proto__` would be its prototype.
pub(crate) fn check_safe_name(name: &str) -> Result<(), Invalid> {
    if name != "__proto__" {
        return Ok(());
    }
    let problem = "`__proto__` is not safe as a name in JavaScript: give another";
    Err(Invalid::new(InvalidKind::InvalidInput, problem))
}

const SHOWN_CHARS: usize = 60;

/// The start of an input as a message may quote it: one line, nothing invisible.
pub(crate) fn shown(input: &str) -> String {
    let start: String = input.chars().take(SHOWN_CHARS).collect();
    let escaped = start.escape_debug();
    if input.chars().nth(SHOWN_CHARS).is_none() { escaped.to_string() } else { format!("{escaped}…") }
}

/// A value as a message names it.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => format!("the text `{}`", shown(text)),
        Value::Array(items) => format!("{} list", if items.is_empty() { "an empty" } else { "a" }),
        Value::Object(fields) => format!("an {}object", if fields.is_empty() { "empty " } else { "" }),
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind: &str = self.kind.into();
        write!(formatter, "{kind}{MARK}{}{MARK}{}", self.place.as_deref().unwrap_or_default(), self.problem)
    }
}

impl std::error::Error for Invalid {}
