//! One command's turn: tick, decide, append, apply; a lost race is caught up and decided again.

use super::{AppendError, CommandOptions, Host, Service, failed};
use crate::commands::Command;
use crate::engine::Decided;
use crate::limits;
use crate::people::Actor;
use crate::record::{Commit, Receipt, read_next};
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
        let key = options.idempotency_key.as_ref();
        for _ in 0..limits::RACES {
            if let Some(receipt) = self.engine().repeated(actor, command, key, now)? {
                return Ok(receipt);
            }
            self.tick_in_turn(now, options).await?;
            let decided = self.engine().decide(actor, command, key, now);
            let commit = match decided {
                Ok(Decided::Commit(commit)) => *commit,
                Ok(Decided::Already(receipt)) => return Ok(receipt),
                Err(refusal) => {
                    let seen = self.engine().version();
                    self.catch_up().await?;
                    if self.engine().version() == seen {
                        return Err(refusal);
                    }
                    continue;
                }
            };
            options.check_aborted()?;
            if let Some(receipt) = self.append(commit).await? {
                return Ok(receipt);
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
            let due = self.engine().due(now);
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
        let expected = self.engine().version();
        let notices = commit.notices.clone();
        let Err(error) = self.host.append(&commit, expected).await else {
            let receipt = self.engine.borrow_mut().apply(commit)?;
            self.unsent.borrow_mut().extend(notices);
            return Ok(Some(receipt));
        };
        let before = self.engine().log().len();
        let caught_up = self.catch_up().await;
        let written = self.engine().log().get(before).is_some_and(|stored| stored.hash == commit.hash);
        if written {
            self.unsent.borrow_mut().extend(notices);
            return Ok(self.engine().receipt_at(commit.version));
        }
        match error {
            AppendError::Failed(error) => Err(failed("append", error)),
            AppendError::Conflict => caught_up.map(|()| None),
        }
    }

    pub(super) async fn catch_up(&self) -> Result<(), Refusal> {
        let after = self.engine().version();
        let stored = self.host.load(after).await.map_err(|error| failed("load", error))?;
        for (version, commit) in (after.saturating_add(1)..).zip(stored) {
            let mut engine = self.engine.borrow_mut();
            let last_at = engine.state().last_at();
            let commit = read_next(engine.project(), &engine.head(), last_at, &commit)
                .map_err(|problem| Refusal::CorruptRecord { version, problem })?;
            engine.apply(commit)?;
        }
        Ok(())
    }
}
