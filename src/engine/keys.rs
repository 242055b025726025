//! Idempotency keys: whose they are, and how long they are remembered.

use std::mem;

use super::Engine;
use crate::commands::Command;
use crate::events::AccessEvent;
use crate::limits;
use crate::people::Actor;
use crate::record::{CommandHash, Commit, Receipt};
use crate::refusal::Refusal;
use crate::values::{IdempotencyKey, Seconds, Timestamp};

impl Engine {
    /// The answer to a command that was carried out before under the same key, while that is remembered.
    ///
    /// # Errors
    /// `idempotency_mismatch` where it was another command.
    pub fn repeated(
        &self,
        actor: &Actor,
        command: &Command,
        key: Option<&IdempotencyKey>,
        now: Timestamp,
    ) -> Result<Option<Receipt>, Refusal> {
        let Some(key) = key else { return Ok(None) };
        let version = self.keys.get(&(actor.clone(), key.clone())).copied();
        let is_own = |version: &u64| {
            let directory = self.state.directory();
            // Who enters in a commit did not send it.
            let before = version.saturating_sub(1);
            actor.subject().is_none_or(|id| !directory.was_taken_over_since(&id.into(), before))
        };
        let Some(commit) = version.filter(is_own).and_then(|version| self.commit(version)) else {
            return Ok(None);
        };
        if self.time(now) >= self.forgets_key_at(commit) {
            return Ok(None);
        }
        let hash = commit.idempotency.as_ref().map(|idempotency| idempotency.command_hash);
        let Some((hash, salt)) = hash.and_then(|hash| Some((hash, *hash.salt()?))) else { return Ok(None) };
        if hash == CommandHash::new(command.commitment(&salt), salt, commit.version) {
            Ok(Some(Self::receipt(commit)))
        } else {
            Err(Refusal::IdempotencyMismatch)
        }
    }

    /// When the key of a commit is forgotten: 30 days after it, and after the requests that it made have closed.
    fn forgets_key_at(&self, commit: &Commit) -> Timestamp {
        let closes_at = |event: &AccessEvent| {
            let AccessEvent::RequestMade(made) = event else { return None };
            let request = self.state.requests().get(&made.request_id)?;
            Some(request.closing.as_ref().map_or(request.expires_at, |closing| closing.at))
        };
        let last = commit.events.iter().filter_map(closes_at).fold(commit.at, Timestamp::max);
        last.plus(Seconds::new(limits::KEY_MEMORY))
    }

    /// Forgets the keys whose time is over.
    pub(super) fn forget_keys(&mut self, at: Timestamp) {
        let mut keys = mem::take(&mut self.keys);
        keys.retain(|_, version| {
            self.commit(*version).is_some_and(|commit| at < self.forgets_key_at(commit))
        });
        self.keys = keys;
    }
}
