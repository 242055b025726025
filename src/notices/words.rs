use super::message::Message;
use crate::approval::Blockage;
use crate::values::{Name, Text, Timestamp};

/// What a message is about, in words.
pub(super) struct About<'a> {
    pub(super) by: &'a str,
    pub(super) said: Option<&'a Text>,
    pub(super) requester: &'a str,
    pub(super) target: String,
    pub(super) topics: String,
    /// When it happened.
    pub(super) at: Timestamp,
    /// Whether it is over.
    pub(super) over: bool,
    /// Why its request cannot be approved.
    pub(super) blockage: Option<&'a Blockage>,
}

impl<'a> About<'a> {
    pub(super) fn of(message: &'a Message) -> Self {
        let request = message.request.as_ref();
        let topics: Vec<_> = message.topics.iter().map(Name::as_str).collect();
        Self {
            by: message.by.as_ref().map_or("somebody", Name::as_str),
            said: message.said.as_ref(),
            requester: request.map_or("somebody", |request| request.requester.as_str()),
            target: request.map_or_else(String::new, |request| request.target.to_string()),
            topics: topics.join(", "),
            at: message.at,
            over: message.over,
            blockage: message.blockage.as_ref(),
        }
    }

    /// What was written, as a fact of that label.
    pub(super) fn quoted(&self, label: &'static str) -> Vec<Fact> {
        self.said.iter().map(|said| quote(label, said)).collect()
    }
}

/// A label with what it says.
pub(super) type Fact = (&'static str, Said);

/// Whose words they are: what people wrote is shown as theirs.
pub(super) enum Said {
    Ours(String),
    Theirs(String),
    /// An address that somebody gave, shown as it is.
    Link(String),
}

/// What somebody wrote.
pub(super) fn quote(label: &'static str, text: &Text) -> Fact {
    (label, Said::Theirs(text.to_string()))
}

/// What the engine says.
pub(super) fn fact(label: &'static str, value: &impl ToString) -> Fact {
    (label, Said::Ours(value.to_string()))
}

/// Whatever a mail program may show as a new line begins one.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\u{2028}', '\u{2029}'])
}

/// What a message says.
pub(super) struct Wording {
    pub(super) subject: String,
    pub(super) lead: String,
    pub(super) facts: Vec<Fact>,
}

impl Wording {
    pub(super) fn new(subject: String, lead: String, facts: Vec<Fact>) -> Self {
        Self { subject, lead, facts }
    }
}

/// Until when access lasts, in words.
pub(super) fn until(ends_at: Option<Timestamp>) -> String {
    ends_at.map_or_else(|| "revoked or released".to_owned(), when)
}

/// A time for people of all countries: `2026-11-26 12:00 UTC`.
pub(super) fn when(time: Timestamp) -> String {
    let text = time.to_rfc3339().replace('T', " ");
    let text = text.trim_end_matches('Z');
    format!("{} UTC", text.strip_suffix(":00").unwrap_or(text))
}
