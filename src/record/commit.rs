use serde::{Deserialize, Serialize};

use super::idempotency::Idempotency;
use super::texts::Texts;
use crate::events::{AccessEvent, apply, fits};
use crate::json::to_canonical;
use crate::notices::Notice;
use crate::people::{Actor, Client, Personal};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{ProjectId, Timestamp};

/// One entry of a project's record: what one command or tick did, whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Commit {
    /// The project.
    pub project: ProjectId,
    /// 1 for the first, then one more each.
    pub version: u64,
    /// When; never earlier than the commit before.
    pub at: Timestamp,
    /// Whose command it was.
    pub actor: Actor,
    /// Through what it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub client: Option<Personal<Client>>,
    /// What makes a repeated command recognisable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency: Option<Idempotency>,
    /// What happened, in order.
    pub events: Vec<AccessEvent>,
    /// Whom to tell.
    pub notices: Vec<Notice>,
    /// The hash of the commit before; of the first: SHA-256 of the project id.
    pub previous_hash: String,
    /// SHA-256 over the 32 raw bytes of `previousHash` and the RFC 8785 form of this commit without `hash` and `texts`.
    pub hash: String,
    /// What can be erased of it, as it stands beside; its events say it, too.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, StoredText>"))]
    pub texts: Texts,
}

impl Commit {
    /// The JSON that is stored: the RFC 8785 form, with a commitment in place of each text.
    pub fn to_stored(&self) -> String {
        to_canonical(self).unwrap_or_default()
    }
}

/// A commit that is about to be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedCommit {
    /// The commit.
    pub commit: Commit,
    /// The JSON that is stored, as [`Commit::to_stored`] has it.
    pub stored: String,
}

/// The newest entry of a record, for anchoring it elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Head {
    /// The number of commits.
    pub version: u64,
    /// The hash of the last; of an empty record SHA-256 of the project id.
    pub hash: String,
}

/// Carries a whole commit into the state, unasked whether it fits.
pub fn apply_commit(state: &mut State, commit: &Commit) {
    happen(state, &commit.events, commit.at);
}

/// Carries the events of the next commit into the state.
pub(crate) fn happen<'e>(
    state: &mut State,
    events: impl IntoIterator<Item = &'e AccessEvent>,
    at: Timestamp,
) {
    events.into_iter().for_each(|event| apply(state, event));
    state.version = state.next_version();
    state.last_at = Some(at);
}

/// Carries a commit of a record into the state, each event where it fits.
///
/// # Errors
/// `corrupt_record` names the first event that does not fit. Those before it are in the state then.
pub(crate) fn read_into(state: &mut State, commit: &Commit) -> Result<(), Refusal> {
    let corrupt = |problem| Refusal::CorruptRecord { version: commit.version, problem };
    for (number, event) in (1_usize..).zip(&commit.events) {
        fits(state, event, commit.at)
            .map_err(|how| corrupt(format!("event {number} does not fit: {how}")))?;
        apply(state, event);
    }
    if state.project() != Some(&commit.project) {
        return Err(corrupt("the project that it makes is another, or none".to_owned()));
    }
    state.version = commit.version;
    state.last_at = Some(commit.at);
    Ok(())
}
