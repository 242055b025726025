use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::events::AccessEvent;
use crate::json::{sha256, to_canonical, unhex};
use crate::record::Commit;

/// A place in the record: an event of a commit.
///
/// Written, it does not say how many events the commit has before it, since its reader may not see them all: in place of
/// the number stands a hash of it with the event and with the hash of the commit before, which only the host knows. So a
/// place in what is due stays one once that is committed, and is none where something else has come before.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) commit: Arc<Commit>,
    /// The first being 0.
    number: usize,
}

const TOKEN_CHARS: usize = 16;

impl Place {
    /// The version of the commit in which a text says that its place is.
    pub(super) fn version(text: &str) -> Option<u64> {
        text.split_once('_')?.0.parse().ok()
    }

    /// The place of that text in its commit.
    pub(super) fn read(text: &str, commit: &Arc<Commit>) -> Option<Self> {
        let (_, token) = text.split_once('_')?;
        Self::all_of(commit).find(|place| place.token() == token)
    }

    /// The places of a commit, in order.
    pub(super) fn all_of(commit: &Arc<Commit>) -> impl DoubleEndedIterator<Item = Self> {
        (0..commit.events.len()).map(|number| Self { commit: Arc::clone(commit), number })
    }

    /// What happened there.
    pub(super) fn event(&self) -> Option<&AccessEvent> {
        self.commit.events.get(self.number)
    }

    fn token(&self) -> String {
        let before = unhex::<32>(&self.commit.previous_hash).unwrap_or_default();
        let event = self.event().and_then(to_canonical).unwrap_or_default();
        let hash = sha256([&before, self.number.to_string().as_bytes(), event.as_bytes()]);
        hash.chars().take(TOKEN_CHARS).collect()
    }

    fn key(&self) -> (u64, usize) {
        (self.commit.version, self.number)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}_{}", self.commit.version, self.token())
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}
