//! One command's turn: tick, decide, append, apply; a lost race is caught up and decided again.

use std::iter;

use serde_json::value::RawValue;

use super::{AppendError, CommandOptions, Host, Service, failed};
use crate::commands::Command;
use crate::engine::Decided;
use crate::events::AccessEvent;
use crate::limits;
use crate::people::{Actor, Moment};
use crate::record::{Commit, Head, Receipt, place};
use crate::refusal::Refusal;
use crate::values::Timestamp;

impl<H: Host> Service<H> {
    pub(super) async fn execute_in_turn(
        &self,
        actor: &Actor,
        command: &Command,
        options: &CommandOptions,
    ) -> Result<Receipt, Refusal> {
        let now = self.time(options.now)?;
        let chance = self.host.chance().map_err(|error| failed("chance", error))?;
        let moment = Moment { now, client: options.client.clone(), chance };
        let key = options.idempotency_key.as_ref();
        for _ in 0..limits::RACES {
            let repeated = self.engine()?.repeated(actor, command, key, now);
            if repeated == Ok(None) {
                self.tick_in_turn(now, options).await?;
            }
            let decided = self.engine()?.decide(actor, command, key, &moment);
            let answer = match decided {
                Ok(Decided::Commit(commit)) => {
                    options.check_aborted()?;
                    if commit.events.iter().any(AccessEvent::is_erasure) && !self.host.can_erase() {
                        return Err(Refusal::EraseUnsupported);
                    }
                    match self.append(*commit).await? {
                        Some(receipt) => return Ok(receipt),
                        None => continue,
                    }
                }
                Ok(Decided::Already(receipt)) => Ok(*receipt),
                Err(refusal) => Err(refusal),
            };
            let seen = self.engine()?.version();
            self.catch_up().await?;
            if self.engine()?.version() == seen {
                return answer;
            }
        }
        Err(Refusal::Conflict { attempts: limits::RACES })
    }

    pub(super) async fn tick_in_turn(
        &self,
        now: Timestamp,
        options: &CommandOptions,
    ) -> Result<Option<Receipt>, Refusal> {
        for _ in 0..limits::RACES {
            let due = self.engine()?.due(now);
            let Some(commit) = due else { return Ok(None) };
            options.check_aborted()?;
            if let Some(receipt) = self.append(commit).await? {
                return Ok(Some(receipt));
            }
        }
        Err(Refusal::Conflict { attempts: limits::RACES })
    }

    /// Appends, then applies; `None` after a lost race, caught up. Where the host cannot say whether it wrote the
    /// commit, its record does.
    async fn append(&self, commit: Commit) -> Result<Option<Receipt>, Refusal> {
        let expected = self.engine()?.head();
        let notices = commit.notices.clone();
        let Err(error) = self.host.append(&commit, &expected).await else {
            let receipt = self.engine.borrow_mut().apply(commit)?;
            self.outgoing.borrow_mut().add(notices);
            return Ok(Some(receipt));
        };
        let before = self.engine()?.log().len();
        let caught_up = self.catch_up().await;
        let written = self.engine()?.log().get(before).is_some_and(|stored| stored.hash == commit.hash);
        if written {
            self.outgoing.borrow_mut().add(notices);
            return Ok(self.engine()?.receipt_at(commit.version));
        }
        match error {
            AppendError::Failed(error) => Err(failed("append", error)),
            AppendError::Conflict => caught_up.map(|()| None),
        }
    }

    /// Reads what others have appended, and the engine's last commit again: a record that was replaced would otherwise
    /// look like one that nobody has appended to.
    pub(super) async fn catch_up(&self) -> Result<(), Refusal> {
        let own = self.engine()?.head();
        let stored = self.load(own.version.saturating_sub(1)).await?;
        let mut stored = stored.iter();
        if own.version > 0 {
            self.recognise(&own, stored.next().map(AsRef::as_ref))?;
        }
        for commit in stored {
            self.engine.borrow_mut().read(commit)?;
        }
        self.engine()?.check_whole()
    }

    /// Has the host erase what was erased and may still stand in its store.
    pub(super) async fn erase_what_is_left(&self) -> Result<(), Refusal> {
        if !self.host.can_erase() {
            return Ok(());
        }
        let mut left = self.engine.borrow_mut().take_erased().into_iter();
        while let Some(erasure) = left.next() {
            if let Err(error) = self.host.erase(&erasure).await {
                self.engine.borrow_mut().put_back(iter::once(erasure).chain(left));
                return Err(failed("erase", error));
            }
        }
        Ok(())
    }

    /// Whether what is stored at the engine's version is its last commit. Where that is gone or another, the engine is
    /// closed: its state is that of a record which is no more.
    fn recognise(&self, own: &Head, stored: Option<&RawValue>) -> Result<(), Refusal> {
        let version = own.version;
        let replaced = || self.close(Refusal::RecordReplaced { version });
        let found = place(stored.ok_or_else(replaced)?).filter(|found| found.version == version);
        match found {
            Some(found) if found == *own => Ok(()),
            Some(_) => Err(replaced()),
            None => Err(Refusal::CorruptRecord { version, problem: format!("version {version} is missing") }),
        }
    }

    pub(super) async fn load(&self, after: u64) -> Result<Vec<Box<RawValue>>, Refusal> {
        self.host.load(after).await.map_err(|error| failed("load", error))
    }
}
