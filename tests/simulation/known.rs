//! What somebody knows who stands outside and hears everything: who sent what when, what was answered, which mail was
//! accepted, and when it was written down.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use access_engine::commands::Command;
use access_engine::notices::Message;
use access_engine::people::Actor;
use access_engine::record::{Commit, Head, Receipt};
use access_engine::values::{GrantId, IdempotencyKey, RequestId, SubjectId, Timestamp};

use super::clockwork::Millis;
use super::plan::Pace;
use super::store::{Life, Store};
use super::view::View;

/// A command that somebody sent, as often as it took.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) actor: Actor,
    pub(crate) command: Command,
    pub(crate) key: IdempotencyKey,
    pub(crate) at: Millis,
}

/// What a server answered to it.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The number of the command.
    pub(crate) sent: usize,
    pub(crate) server: usize,
    pub(crate) outcome: Result<Receipt, &'static str>,
}

/// A message that a mail server accepted.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) message: Message,
    pub(crate) at: Millis,
    pub(crate) life: Life,
    /// What its sender had read, and what time it was there.
    pub(crate) head: Head,
    pub(crate) clock: Timestamp,
    pub(crate) is_answer_lost: bool,
}

/// What a server said of access.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) subject: SubjectId,
    pub(crate) path: String,
    pub(crate) at: Millis,
    /// When the server last had trouble with its store, or began.
    pub(crate) trouble: Millis,
    pub(crate) head: Head,
    pub(crate) clock: Timestamp,
    /// By which grant it is open, if it is.
    pub(crate) open_by: Option<Option<GrantId>>,
}

/// What somebody was told that he can do, and what came of it at once.
#[derive(Clone, Debug)]
pub(crate) struct Promise {
    pub(crate) what: String,
    pub(crate) is_allowed: bool,
    /// What the server had read then.
    pub(crate) head: Head,
    pub(crate) clock: Timestamp,
    pub(crate) outcome: Result<Receipt, &'static str>,
    /// What it had read, and what time it was, when it answered.
    pub(crate) head_then: Head,
    pub(crate) clock_then: Timestamp,
}

/// How it all ended.
pub(crate) struct End<'a> {
    pub(crate) store: &'a Store,
    /// What each server comes to, by the digest of all that it knows; and what comes of the record when it is read anew.
    pub(crate) servers: Vec<Result<(Head, String), String>>,
    pub(crate) anew: Result<(Head, String), String>,
    /// What is wrong with the record as it is stored.
    pub(crate) fault: Option<String>,
    pub(crate) clock: Timestamp,
}

/// Something that somebody outside sees.
pub(crate) enum Seen<'a> {
    Committed {
        commit: &'a Commit,
        sent: Option<&'a Sent>,
        before: &'a View,
        after: &'a View,
    },
    Answered(&'a Answer),
    Mailed(&'a Mail),
    Asked(&'a Question),
    /// A server has read the record without a complaint.
    Refreshed {
        began: Millis,
        head: &'a Head,
    },
    Promised(&'a Promise),
    Ended(&'a End<'a>),
}

/// A commit that stands in the record.
#[derive(Clone)]
pub(crate) struct Written {
    pub(crate) view: Rc<View>,
    pub(crate) at: Millis,
    pub(crate) key: Option<IdempotencyKey>,
}

pub(crate) struct Known {
    pub(crate) pace: Pace,
    pub(crate) sent: Vec<Sent>,
    pub(crate) answers: Vec<Answer>,
    /// The record as it is.
    pub(crate) record: Vec<Written>,
    /// How things stood after each commit that ever was, by its hash.
    pub(crate) views: BTreeMap<String, Rc<View>>,
    /// When the store was put back, and to which version.
    pub(crate) restored: Vec<(Millis, u64)>,
    pub(crate) mails: Vec<Mail>,
    /// The messages of which the store is being told that they were sent; and those of which it did not answer so.
    pub(crate) noting: BTreeSet<String>,
    pub(crate) unnoted: BTreeSet<String>,
    pub(crate) died: BTreeSet<Life>,
}

impl Known {
    pub(crate) fn new(pace: Pace) -> Self {
        Self {
            pace,
            sent: Vec::new(),
            answers: Vec::new(),
            record: Vec::new(),
            views: BTreeMap::new(),
            restored: Vec::new(),
            mails: Vec::new(),
            noting: BTreeSet::new(),
            unnoted: BTreeSet::new(),
            died: BTreeSet::new(),
        }
    }

    /// How things stand in the record.
    pub(crate) fn now(&self) -> Rc<View> {
        self.record.last().map(|written| Rc::clone(&written.view)).unwrap_or_default()
    }

    pub(crate) fn sent_under(&self, key: &IdempotencyKey) -> Option<&Sent> {
        self.sent.iter().find(|sent| sent.key == *key)
    }

    pub(crate) fn last_restored(&self) -> Millis {
        self.restored.last().map_or(Millis::MIN, |(at, _)| *at)
    }

    /// Whether what was written in that version at some time after `since` may have been lost by a restore.
    pub(crate) fn may_be_lost(&self, version: u64, since: Millis) -> bool {
        self.restored.iter().any(|(at, to)| *at >= since && *to < version)
    }

    /// Whether a commit stands in the record.
    pub(crate) fn has(&self, head: &Head) -> bool {
        let index = usize::try_from(head.version).unwrap().checked_sub(1);
        let written = index.and_then(|index| self.record.get(index));
        written.is_some_and(|written| written.view.hash == head.hash)
    }

    /// How things stood from what somebody had read up to the newest.
    pub(crate) fn since(&self, head: &Head) -> impl Iterator<Item = &View> {
        self.record.iter().skip(usize::try_from(head.version).unwrap().saturating_sub(1)).map(|it| &*it.view)
    }

    /// Since when the record says that a grant is over, or does not know it.
    pub(crate) fn closed_since(&self, id: &GrantId) -> Option<Millis> {
        let is_over = |view: &View| view.grants.get(id).is_some_and(|given| given.ended_at.is_some());
        if !self.now().grants.contains_key(id) {
            return Some(self.last_restored());
        }
        self.record.iter().find(|written| is_over(&written.view)).map(|written| written.at)
    }
}

/// The version that an id says it was made in: `grt_42_0`.
pub(crate) fn made_in(id: &str) -> u64 {
    id.split('_').nth(1).and_then(|version| version.parse().ok()).unwrap_or_default()
}

/// What an event or a notice calls itself.
pub(crate) fn name_of(it: &impl serde::Serialize) -> String {
    serde_json::json!(it)["type"].as_str().unwrap_or_default().to_owned()
}

/// The request that a message is about.
pub(crate) fn request_of(message: &Message) -> Option<&RequestId> {
    message.kind.request_id()
}
