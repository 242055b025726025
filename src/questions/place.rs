use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::json::{sha256, unhex};
use crate::record::Commit;

/// A place in the record: an event of a commit.
///
/// Written, it does not say how many events the commit has before it, since its reader may not see them all: in place of
/// the number stands a hash of it with the hash of the commit before, which only the host knows.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) commit: &'a Commit,
    /// The first being 0.
    pub(super) number: usize,
}

const TOKEN_CHARS: usize = 16;

impl<'a> Place<'a> {
    /// The place of that text, in a record with what is due now.
    pub(super) fn read(text: &str, log: &'a [Arc<Commit>], due: Option<&'a Commit>) -> Option<Self> {
        let (version, token) = text.split_once('_')?;
        let index = usize::try_from(version.parse::<u64>().ok()?.checked_sub(1)?).ok()?;
        let commit = if index == log.len() { due } else { log.get(index).map(AsRef::as_ref) }?;
        let mut places = (0..commit.events.len()).map(|number| Self { commit, number });
        places.find(|place| place.token() == token)
    }

    fn token(self) -> String {
        let before = unhex::<32>(&self.commit.previous_hash).unwrap_or_default();
        let hash = sha256([&before, self.number.to_string().as_bytes()]);
        hash.chars().take(TOKEN_CHARS).collect()
    }

    fn key(self) -> (u64, usize) {
        (self.commit.version, self.number)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}_{}", self.commit.version, self.token())
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Place<'_> {}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}
