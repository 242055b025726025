use std::ops::Deref;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::value::RawValue;

use super::{Decided, Engine};
use crate::commands::Command;
use crate::events::AccessEvent;
use crate::notices::{DropReason, Message, Notice};
use crate::people::{Actor, Moment};
use crate::record::{Commit, Pages, Receipt, erase, message};
use crate::refusal::Refusal;
use crate::values::{IdempotencyKey, ProjectId, SubjectId, Timestamp};

/// An engine with its whole record, in memory: for tests, and for programs that keep it by [`Project::log`].
///
/// # Examples
/// ```
/// use access_engine::{Actor, Command, Project, ProjectId, SubjectId, Timestamp};
///
/// let json = |text| Command::from_json(text);
/// let now = Timestamp::from_millis(0)?;
/// let mut project = Project::new(ProjectId::try_from("acme")?);
/// let make = json(r#"{"createProject":{"project":"acme","administrators":[
///     {"type":"user","id":"ada","name":"Ada"},{"type":"user","id":"dev","name":"Dev"}]}}"#)?;
/// project.run(&Actor::Host, &make, now)?;
/// let ada = Actor::Subject(SubjectId::try_from("ada")?);
/// let policy = json(r#"{"createPolicy":{"name":"Payments","targets":{"environments":["production"],
///     "paths":["/payments/**"]},"actions":"all","steps":[{"quorums":[{"required":1,
///     "approvers":[{"subject": "ada"}]}]}]}}"#)?;
/// assert!(project.run(&ada, &policy, now)?.policy_id.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Project {
    engine: Engine,
    log: Vec<Arc<Commit>>,
}

impl Deref for Project {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

impl From<Engine> for Project {
    /// A project of which only what happens from now on is kept.
    fn from(engine: Engine) -> Self {
        Self { engine, log: Vec::new() }
    }
}

impl Project {
    /// An empty record.
    pub fn new(project: ProjectId) -> Self {
        Engine::new(project).into()
    }

    /// The commits, in order.
    pub fn log(&self) -> &[Arc<Commit>] {
        &self.log
    }

    /// The commits as a store would have them, in order.
    pub fn stored(&self) -> impl Iterator<Item = String> {
        self.log.iter().map(|commit| commit.to_stored())
    }

    /// The commit of that version.
    pub fn commit(&self, version: u64) -> Option<&Arc<Commit>> {
        let first = self.log.first()?.version;
        self.log.get(usize::try_from(version.checked_sub(first)?).ok()?)
    }

    /// What a recipient of a notice is told at `now`, or why nothing; `None` where no commit has such a notice.
    pub fn message(
        &self,
        notice: &Notice,
        to: &SubjectId,
        now: Timestamp,
    ) -> Option<Result<Message, DropReason>> {
        let commit = self.commit(notice.id.made_in())?;
        let known = (self.state().clone(), self.time(now));
        Self::read_whole(message(known, self, commit, (notice, to))).ok()
    }

    /// [`Engine::due`].
    pub fn due(&self, now: Timestamp) -> Option<Commit> {
        self.engine.due(now).map(|due| due.commit)
    }

    /// Carries a commit into state and record.
    ///
    /// # Errors
    /// Those of [`Engine::apply`].
    pub fn apply(&mut self, commit: Commit) -> Result<Receipt, Refusal> {
        self.engine.apply(&commit)?;
        let receipt = Receipt::of(&commit);
        self.keep(commit);
        Ok(receipt)
    }

    /// Reads the commit that follows, as it was stored, and carries it into state and record.
    ///
    /// # Errors
    /// Those of [`Engine::read`].
    pub fn read(&mut self, stored: &RawValue) -> Result<(), Refusal> {
        let commit = self.engine.read(stored)?;
        self.keep(commit);
        Ok(())
    }

    /// What is read of a record that waits for nobody.
    pub(crate) fn read_whole<T>(reading: impl Future<Output = T>) -> T {
        let mut reading = pin!(reading);
        loop {
            if let Poll::Ready(read) = reading.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return read;
            }
        }
    }

    fn keep(&mut self, commit: Commit) {
        let commit = Arc::new(commit);
        self.log.push(Arc::clone(&commit));
        for erasure in commit.events.iter().filter_map(AccessEvent::erasure) {
            for commit in &mut self.log {
                erase(Arc::make_mut(commit), &erasure.subject_id, erasure.up_to);
            }
        }
    }

    /// Ticks, decides and applies.
    ///
    /// # Errors
    /// Whatever [`Engine::decide`] refuses; the tick stays.
    pub fn run(
        &mut self,
        actor: &Actor,
        command: &Command,
        moment: impl Into<Moment>,
    ) -> Result<Receipt, Refusal> {
        self.run_once(actor, command, None, moment)
    }

    /// The same under an idempotency key.
    ///
    /// # Errors
    /// Whatever [`Engine::decide`] refuses; the tick stays.
    pub fn run_once(
        &mut self,
        actor: &Actor,
        command: &Command,
        key: Option<&IdempotencyKey>,
        moment: impl Into<Moment>,
    ) -> Result<Receipt, Refusal> {
        let moment = moment.into();
        let repeated = self.repeated(actor, command, key, moment.now)?;
        if repeated.is_none()
            && let Some(commit) = self.due(moment.now)
        {
            self.apply(commit)?;
        }
        match self.decide(actor, command, key, &moment)? {
            Decided::Commit(sealed) => self.apply(sealed.commit),
            Decided::Already(receipt) => Ok(*receipt),
            Decided::Repeated(version) => {
                let commit = self.commit(version);
                Ok(commit
                    .map_or_else(|| Receipt::unchanged(version, moment.now), |commit| Receipt::of(commit)))
            }
        }
    }
}

impl Pages for Project {
    async fn commits(&self, after: u64, limit: u32) -> Result<Vec<Arc<Commit>>, Refusal> {
        let (after, limit) = (usize::try_from(after), usize::try_from(limit));
        let later = self.log.iter().skip(after.unwrap_or(usize::MAX));
        Ok(later.take(limit.unwrap_or(usize::MAX)).cloned().collect())
    }
}
