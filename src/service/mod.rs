//! The asynchronous shell: tick, decide, append behind the expected commit, apply. One command at a time; a lost race
//! is caught up and decided again. What a command has to tell is delivered behind it.

mod delivery;
mod host;
mod outbox;
mod turn;

use std::cell::{OnceCell, Ref, RefCell};
use std::{fmt, iter};

use async_lock::Mutex;

use crate::commands::{Command, CreateProject};
use crate::engine::{Engine, Snapshot};
use crate::limits;
use crate::people::{Actor, Client, Subject};
use crate::record::{self, Head, Receipt, Verification, Verifier};
use crate::refusal::Refusal;
use crate::values::{IdempotencyKey, ProjectId, Timestamp};

use self::delivery::Delivering;
use self::turn::Reading;

pub use self::delivery::{Claim, Claimed, Deliveries, DeliveryFailure, Settlement};
pub use self::host::{AppendError, Host, HostError, SendError};

/// What goes with a command.
#[derive(Default)]
pub struct CommandOptions {
    /// The time of the command; the host's unless given. Never earlier than the last commit's.
    pub now: Option<Timestamp>,
    /// Through what the command came.
    pub client: Option<Client>,
    /// Makes a repeated command act once.
    pub idempotency_key: Option<IdempotencyKey>,
    /// Asked right before anything is written; `true` stops the command there.
    pub aborted: Option<Box<dyn Fn() -> bool>>,
}

impl fmt::Debug for CommandOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CommandOptions")
            .field("now", &self.now)
            .field("idempotency_key", &self.idempotency_key)
            .finish_non_exhaustive()
    }
}

impl CommandOptions {
    fn check_aborted(&self) -> Result<(), Refusal> {
        if self.aborted.as_ref().is_some_and(|aborted| aborted()) { Err(Refusal::Aborted) } else { Ok(()) }
    }
}

/// An engine with its host. Commands queue one behind the other; questions are answered at any time.
#[derive(Debug)]
pub struct Service<H> {
    host: H,
    engine: RefCell<Engine>,
    /// With what everything is refused once the engine is of no use any more.
    closed: OnceCell<Refusal>,
    queue: Mutex<()>,
    /// One claim at a time, so that no more is claimed than may be sent at once.
    claims: Mutex<()>,
    delivering: RefCell<Delivering>,
}

impl<H: Host> Service<H> {
    /// Opens a project. On an empty store it is made, with these administrators; on any other they are not read.
    ///
    /// # Errors
    /// `no_project` where it is empty and no administrators are given, `last_administrator`, and the codes of a host
    /// that fails.
    pub async fn open(
        project: ProjectId,
        administrators: Option<Vec<Subject>>,
        host: H,
    ) -> Result<Self, Refusal> {
        let service = Self {
            host,
            engine: RefCell::new(Engine::new(project.clone())),
            closed: OnceCell::new(),
            queue: Mutex::new(()),
            claims: Mutex::new(()),
            delivering: RefCell::default(),
        };
        service.open_snapshot(&project).await?;
        if service.refresh().await? == 0 {
            let administrators = administrators.ok_or(Refusal::NoProject)?;
            let make = Command::CreateProject(CreateProject { project, administrators });
            match service.execute(&Actor::Host, &make, CommandOptions::default()).await {
                // Somebody else was faster: theirs is loaded.
                Ok(_) | Err(Refusal::ProjectExists) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(service)
    }

    /// Begins with the snapshot that the host keeps, if the record has what it was made of.
    async fn open_snapshot(&self, project: &ProjectId) -> Result<(), Refusal> {
        let Some(opened) = self.kept_snapshot(project).await? else { return Ok(()) };
        let head = opened.head();
        let stored = self.load(head.version.saturating_sub(1), 1).await?;
        if stored.first().and_then(|commit| record::place(commit)) == Some(head) {
            self.engine.replace(opened);
        }
        Ok(())
    }

    async fn kept_snapshot(&self, project: &ProjectId) -> Result<Option<Engine>, Refusal> {
        let kept = self.host.snapshot().await.map_err(|error| failed("snapshot", error))?;
        Ok(kept.and_then(|kept| Engine::open(project, &kept)))
    }

    /// Makes a snapshot of the newest state, and has the host keep it: what opens from it reads only what comes behind.
    ///
    /// # Errors
    /// `conflict`, `record_replaced`, and the codes of a host that fails.
    pub async fn snapshot(&self) -> Result<Snapshot, Refusal> {
        let _turn = self.queue.lock().await;
        let mut saved: Option<Snapshot> = None;
        for _ in 0..limits::RACES {
            self.catch_up_noting(|_| ()).await?;
            // What another server erased while this one saved is erased once more, with the snapshot that still had it.
            let has_erased = matches!(self.erase_what_is_left().await, Ok(true));
            if let Some(snapshot) = saved.filter(|_| !has_erased) {
                return Ok(snapshot);
            }
            let snapshot = self.engine()?.snapshot();
            let kept = self.host.save_snapshot(&snapshot).await;
            kept.map_err(|error| failed("saveSnapshot", error))?;
            saved = Some(snapshot);
        }
        Err(Refusal::Conflict { attempts: limits::RACES })
    }

    /// The engine, for questions. Hold the borrow over no `await`.
    ///
    /// # Errors
    /// `record_replaced` where what it knows is no longer the record, `engine_poisoned` where it has failed.
    pub fn engine(&self) -> Result<Ref<'_, Engine>, Refusal> {
        self.closed.get().cloned().map_or_else(|| Ok(self.engine.borrow()), Err)
    }

    /// Refuses everything from now on; with what.
    pub(crate) fn close(&self, refusal: Refusal) -> Refusal {
        self.closed.get_or_init(|| refusal).clone()
    }

    /// Carries out a command, and answers when its commit is written. What it has to tell then waits for
    /// [`deliver`](Self::deliver).
    ///
    /// What commits nothing is answered on the newest state: before it, the host is asked for what others have
    /// appended.
    ///
    /// # Errors
    /// Every refusal of the command, `aborted`, `conflict` after ten lost races, `record_replaced`, and the codes of a
    /// host that fails.
    pub async fn execute(
        &self,
        actor: &Actor,
        command: &Command,
        options: CommandOptions,
    ) -> Result<Receipt, Refusal> {
        let _turn = self.queue.lock().await;
        let receipt = self.execute_in_turn(actor, command, &options).await?;
        if let Command::Erase(_) = command {
            self.erase_what_is_left().await?;
        }
        Ok(receipt)
    }

    /// Commits what is due at `now`, the host's time unless given; nothing when nothing is.
    ///
    /// # Errors
    /// `conflict`, `record_replaced`, and the codes of a host that fails.
    pub async fn tick(&self, now: Option<Timestamp>) -> Result<Option<Receipt>, Refusal> {
        let _turn = self.queue.lock().await;
        let now = self.time(now)?;
        self.tick_in_turn(now, &CommandOptions::default()).await
    }

    /// Catches up with what others have appended; the new version.
    ///
    /// # Errors
    /// `corrupt_record`, `record_replaced`, and the codes of a host that fails.
    pub async fn refresh(&self) -> Result<u64, Refusal> {
        let _turn = self.queue.lock().await;
        self.catch_up().await?;
        Ok(self.engine()?.version())
    }

    /// Reads the whole record as stored and checks its hash chain, that it has what this engine has read, with a head that
    /// it is the anchored one, and that the host's snapshot is what the record makes. It answers when the record was replaced,
    /// too, and changes nothing.
    ///
    /// # Errors
    /// The codes of a host that fails.
    pub async fn verify(&self, head: Option<Head>) -> Result<Verification, Refusal> {
        let own = self.engine.borrow().head();
        let heads: Vec<Head> = iter::once(own).chain(head).collect();
        let project = self.engine.borrow().project().clone();
        let kept = self.kept_snapshot(&project).await?;
        let (mut made, mut is_made) = (Engine::new(project.clone()), true);
        let (mut verifier, mut reading) = (Verifier::new(project, heads), Reading::after(0));
        while let Some(stored) = reading.page(self).await? {
            for commit in &stored {
                verifier.read(commit);
                if let Some(kept) = kept.as_ref().filter(|kept| is_made && made.version() < kept.version()) {
                    is_made = made.read(commit).is_ok();
                    if made.version() == kept.version() && !made.is_as(kept) {
                        verifier.blame(kept.version(), "the snapshot is not what the record makes");
                    }
                }
            }
        }
        Ok(verifier.end())
    }

    fn time(&self, now: Option<Timestamp>) -> Result<Timestamp, Refusal> {
        now.map_or_else(|| self.host.now().map_err(|error| failed("now", error)), Ok)
    }
}

pub(super) fn failed(callback: &str, error: HostError) -> Refusal {
    let callback = callback.to_owned();
    match error {
        HostError::Failed(problem) => Refusal::HostFailed { callback, problem },
        HostError::Timeout => Refusal::HostTimeout { callback },
    }
}
