//! One command's turn: tick, decide, append, apply; a lost race is caught up and decided again.

use std::sync::Arc;
use std::{iter, mem};

use serde_json::value::RawValue;

use super::{AppendError, CommandOptions, Host, Service, failed};
use crate::commands::Command;
use crate::engine::Decided;
use crate::events::AccessEvent;
use crate::limits;
use crate::people::{Actor, Moment};
use crate::record::{Commit, Head, Pages, Receipt, SealedCommit, Sought, commit_at, place};
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
                Ok(Decided::Commit(sealed)) => {
                    options.check_aborted()?;
                    if sealed.commit.events.iter().any(AccessEvent::is_erasure) && !self.host.can_erase() {
                        return Err(Refusal::EraseUnsupported);
                    }
                    match self.append(*sealed).await? {
                        Some(receipt) => return Ok(receipt),
                        None => continue,
                    }
                }
                Ok(Decided::Already(receipt)) => Ok(*receipt),
                Ok(Decided::Repeated(version)) => self.receipt_of(version).await,
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

    /// What a commit did that was read before.
    async fn receipt_of(&self, version: u64) -> Result<Receipt, Refusal> {
        let commit = commit_at(self, version).await?;
        let missing = || Refusal::CorruptRecord { version, problem: "it is missing".to_owned() };
        commit.map(|commit| Receipt::of(&commit)).ok_or_else(missing)
    }

    /// Appends, then applies; `None` after a lost race, caught up. Where the host cannot say whether it wrote the
    /// commit, its record does.
    async fn append(&self, sealed: SealedCommit) -> Result<Option<Receipt>, Refusal> {
        let expected = self.engine()?.head();
        let appended = self.host.append(&sealed, &expected).await;
        let commit = sealed.commit;
        let Err(error) = appended else {
            self.engine.borrow_mut().apply(&commit)?;
            return Ok(Some(self.appended(commit)));
        };
        let mut written = false;
        let caught_up = self.catch_up_noting(|read| written |= read.hash == commit.hash).await;
        if written {
            return Ok(Some(self.appended(commit)));
        }
        match error {
            AppendError::Failed(error) => Err(failed("append", error)),
            AppendError::Conflict => caught_up.map(|()| None),
        }
    }

    /// Notes that a commit of this service is in the record.
    fn appended(&self, commit: Commit) -> Receipt {
        let receipt = Receipt::of(&commit);
        if !commit.notices.is_empty() {
            let mut delivering = self.delivering.borrow_mut();
            delivering.has_news = true;
            if !self.host.has_outbox() {
                delivering.outbox.add(&commit.notices, commit.at);
            }
            delivering.keep(Arc::new(commit));
        }
        receipt
    }

    /// Reads what others have appended, and the engine's last commit again: a record that was replaced would otherwise
    /// look like one that nobody has appended to. What they erased is erased once more: a snapshot that this server was
    /// saving meanwhile may have brought it back.
    pub(super) async fn catch_up(&self) -> Result<(), Refusal> {
        self.catch_up_noting(|_| ()).await?;
        // A store that fails at it now is asked again after the next reading.
        let _left = self.erase_what_is_left().await;
        Ok(())
    }

    pub(super) async fn catch_up_noting(&self, mut note: impl FnMut(&Commit)) -> Result<(), Refusal> {
        let own = self.engine()?.head();
        let mut reading = Reading::after(own.version.saturating_sub(1));
        let mut is_first = own.version > 0;
        while let Some(stored) = reading.page(self).await? {
            let mut stored = stored.iter();
            if mem::take(&mut is_first) {
                self.recognise(&own, stored.next().map(AsRef::as_ref))?;
            }
            for commit in stored {
                let read = self.engine.borrow_mut().read(commit)?;
                note(&read);
            }
        }
        self.engine()?.check_whole()
    }

    /// Has the host erase what was erased and may still stand in its store; whether there was anything.
    pub(super) async fn erase_what_is_left(&self) -> Result<bool, Refusal> {
        if !self.host.can_erase() {
            return Ok(false);
        }
        let mut left = self.engine.borrow_mut().take_erased().into_iter();
        let has_some = left.len() > 0;
        if has_some {
            self.delivering.borrow_mut().forget_commits();
        }
        while let Some(erasure) = left.next() {
            if let Err(error) = self.host.erase(&erasure).await {
                self.engine.borrow_mut().put_back(iter::once(erasure).chain(left));
                return Err(failed("erase", error));
            }
        }
        Ok(has_some)
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

    pub(super) async fn load(&self, after: u64, limit: u32) -> Result<Vec<Box<RawValue>>, Refusal> {
        self.host.load(after, limit).await.map_err(|error| failed("load", error))
    }
}

impl<H: Host> Pages for Service<H> {
    async fn commits(&self, after: u64, limit: u32) -> Result<Vec<Arc<Commit>>, Refusal> {
        let mut stored = self.load(after, limit).await?;
        stored.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let engine = self.engine()?;
        let versions = after.saturating_add(1)..;
        versions.zip(&stored).map(|(version, it)| engine.read_again(version, it).map(Arc::new)).collect()
    }

    async fn find(&self, sought: &Sought) -> Result<Option<Vec<u64>>, Refusal> {
        self.host.find(sought).await.map_err(|error| failed("find", error))
    }
}

/// The record as it is read from its store, page by page.
pub(super) struct Reading {
    after: u64,
    limit: u32,
    is_over: bool,
}

impl Reading {
    pub(super) fn after(version: u64) -> Self {
        Self { after: version, limit: FIRST_PAGE, is_over: false }
    }

    /// The next page; nothing behind the last. Where commits are large, fewer are asked for.
    pub(super) async fn page<H: Host>(
        &mut self,
        service: &Service<H>,
    ) -> Result<Option<Vec<Box<RawValue>>>, Refusal> {
        if self.is_over {
            return Ok(None);
        }
        let page = service.load(self.after, self.limit).await?;
        let count = u32::try_from(page.len()).unwrap_or(u32::MAX);
        self.is_over = count < self.limit;
        self.after = self.after.saturating_add(count.into());
        let bytes: usize = page.iter().map(|commit| commit.get().len()).sum();
        self.limit = match bytes {
            0..=A_LOT => self.limit.saturating_mul(2).min(limits::COMMITS_A_PAGE),
            _ => self.limit.div_euclid(2).max(1),
        };
        Ok(Some(page))
    }
}

const FIRST_PAGE: u32 = 64;
/// Bytes of a page after which the next one is smaller.
const A_LOT: usize = 1 << 22;
