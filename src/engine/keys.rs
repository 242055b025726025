//! Idempotency keys: whose they are, and how long they are remembered.

use serde::{Deserialize, Serialize};

use super::Engine;
use crate::commands::Command;
use crate::events::AccessEvent;
use crate::limits;
use crate::people::{Actor, Owners};
use crate::record::{CommandHash, Commit, goes_with};
use crate::refusal::Refusal;
use crate::values::{IdempotencyKey, RequestId, Seconds, SubjectId, Timestamp};

/// What is remembered of a commit that was made under a key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KnownKey {
    version: u64,
    at: Timestamp,
    pub(super) command_hash: CommandHash,
    /// Whose texts the command has, beside its actor's.
    of: Owners,
    /// The requests that it made.
    made: Vec<RequestId>,
}

impl Engine {
    /// The version of the commit by which a command was carried out before under the same key, while that is remembered.
    ///
    /// # Errors
    /// `idempotency_mismatch` where it was another command.
    pub fn repeated(
        &self,
        actor: &Actor,
        command: &Command,
        key: Option<&IdempotencyKey>,
        now: Timestamp,
    ) -> Result<Option<u64>, Refusal> {
        let Some(key) = key else { return Ok(None) };
        let is_own = |known: &&KnownKey| {
            let directory = self.state.directory();
            // Who enters in a commit did not send it.
            let before = known.version.saturating_sub(1);
            actor.subject().is_none_or(|id| !directory.was_taken_over_since(&id.into(), before))
        };
        let known = self.keys.get(&(actor.clone(), key.clone())).filter(is_own);
        let known = known.filter(|known| self.time(now) < self.forgets_at(known));
        let Some(KnownKey { version, command_hash, .. }) = known else { return Ok(None) };
        let Some(salt) = command_hash.salt() else { return Ok(None) };
        if *command_hash == CommandHash::new(command.commitment(salt), *salt, *version) {
            Ok(Some(*version))
        } else {
            Err(Refusal::IdempotencyMismatch)
        }
    }

    /// When a key is forgotten: 30 days after its commit, and after the requests that it made have closed.
    fn forgets_at(&self, known: &KnownKey) -> Timestamp {
        let requests = known.made.iter().filter_map(|id| self.state.requests().get(id));
        let closes_at = requests.map(|it| it.closing.as_ref().map_or(it.expires_at, |closing| closing.at));
        closes_at.fold(known.at, Timestamp::max).plus(Seconds::new(limits::KEY_MEMORY))
    }

    /// Remembers under which key a commit was made.
    pub(super) fn remember_key(&mut self, commit: &Commit) {
        let Some(idempotency) = &commit.idempotency else { return };
        let made = commit.events.iter().filter_map(|event| match event {
            AccessEvent::RequestMade(made) => Some(made.request_id.clone()),
            _ => None,
        });
        let known = KnownKey {
            version: commit.version,
            at: commit.at,
            command_hash: idempotency.command_hash,
            of: idempotency.of.clone(),
            made: made.collect(),
        };
        self.keys.insert((commit.actor.clone(), idempotency.key.clone()), known);
    }

    /// Forgets the keys whose time is over.
    pub(super) fn forget_keys(&mut self, at: Timestamp) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.retain(|_, known| at < self.forgets_at(known));
        self.keys = keys;
    }

    /// Forgets the keys of the commands that have texts of a subject who was erased.
    pub(super) fn forget_keys_of(&mut self, subject: &SubjectId, up_to: u64) {
        let is_own =
            |actor: &Actor, known: &KnownKey| actor.subject() == Some(subject) && known.version <= up_to;
        self.keys.retain(|(actor, _), known| !is_own(actor, known) && !goes_with(&known.of, subject, up_to));
    }
}
