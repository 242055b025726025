use super::notice::Notice;
use crate::values::{Name, Text, Timestamp};

/// What every kind of notice can do.
pub(super) trait Telling {
    /// What it says: subject, lead, and facts beside those of its request.
    fn words(&self, about: &About<'_>) -> Wording;
}

/// What a notice is about, in words.
pub(super) struct About<'a> {
    pub(super) requester: &'a str,
    pub(super) target: String,
    pub(super) topic: &'a str,
    /// When the notice was written.
    pub(super) at: Timestamp,
}

impl<'a> About<'a> {
    pub(super) fn of(notice: &'a Notice) -> Self {
        let request = notice.request.as_ref();
        Self {
            requester: request.map_or("somebody", |request| request.requester.as_str()),
            target: request.map_or_else(String::new, |request| request.target.to_string()),
            topic: notice.topic.as_ref().map_or("", Name::as_str),
            at: notice.at,
        }
    }
}

/// A label with what it says.
pub(super) type Fact = (&'static str, Said);

/// Whose words they are: what people wrote is shown as theirs.
pub(super) enum Said {
    Ours(String),
    Theirs(String),
}

/// What somebody wrote.
pub(super) fn quote(label: &'static str, text: &Text) -> Fact {
    (label, Said::Theirs(text.to_string()))
}

/// What the engine says.
pub(super) fn fact(label: &'static str, value: &impl ToString) -> Fact {
    (label, Said::Ours(value.to_string()))
}

/// What a notice says.
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
    ends_at.map_or_else(|| "revoked or released".to_owned(), Timestamp::to_rfc3339)
}
