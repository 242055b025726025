//! What the engine has of the world: the trait that it asks of every host, over a network that nobody can rely on.

use std::cell::Cell;
use std::rc::Rc;

use access_engine::engine::Snapshot;
use access_engine::events::SubjectErased;
use access_engine::notices::Message;
use access_engine::people::{Actor, Chance as Drawn};
use access_engine::record::{Head, SealedCommit};
use access_engine::service::{AppendError, Claim, Claimed, Host, HostError, SendError, Settlement};
use access_engine::values::{Seconds, Timestamp};
use serde_json::value::RawValue;

use super::faults::{Doom, Wrong};
use super::points::Point;
use super::store::Life;
use super::world::{TIMEOUT, World};

/// A server's way to the store, to its mail server, and to its clock.
pub(crate) struct SimulatedHost {
    pub(crate) world: Rc<World>,
    pub(crate) server: usize,
    pub(crate) life: Life,
    pub(crate) opening: Rc<Opening>,
    /// How many races it has lost since it last wrote something.
    pub(crate) lost: Cell<u32>,
}

/// What was read to open.
#[derive(Default)]
pub(crate) struct Opening {
    /// The version of the snapshot that there was.
    pub(crate) snapshot: Cell<Option<u64>>,
    pub(crate) has_read_all: Cell<bool>,
}

impl Host for SimulatedHost {
    async fn load(&self, after: u64, limit: u32) -> Result<Vec<Box<RawValue>>, HostError> {
        if after == 0 && limit > 1 {
            self.opening.has_read_all.set(true);
        }
        self.world.ask_store(self.server, move |world, _| world.store.borrow().load(after, limit)).await
    }

    async fn append(&self, commit: &SealedCommit, expected: &Head) -> Result<(), AppendError> {
        let (server, life) = (self.server, self.life);
        let (sealed, expected) = (commit.clone(), expected.clone());
        let has_conflict = self.world.is_wrong(server, Wrong::Conflicts)
            && self.world.servers[server].chance.borrow_mut().percent(40);
        let appended = self.world.ask_store(server, move |world, is_heard| {
            let at = world.now();
            let is_written = !has_conflict && world.store.borrow_mut().append(&sealed, &expected, at);
            if is_written {
                world.committed(&sealed.commit, server, life);
                if world.servers[server].life.get() == life {
                    world.servers[server].wrote.set(sealed.commit.version);
                    world.servers[server].meets(Doom::AsItWrites);
                }
                if !is_heard.at_all {
                    world.reach(Point::CommitWrittenWithoutAnAnswer);
                } else if !is_heard.in_time {
                    world.reach(Point::CommitWrittenAfterItsTimeout);
                }
            }
            is_written
        });
        match appended.await {
            Ok(true) => {
                self.lost.set(0);
                Ok(())
            }
            Ok(false) => {
                self.note_lost_race(commit, has_conflict);
                Err(AppendError::Conflict)
            }
            Err(error) => Err(AppendError::Failed(error)),
        }
    }

    async fn send(&self, message: &Message) -> Result<(), SendError> {
        self.send_mail(message).await
    }

    fn has_outbox(&self) -> bool {
        true
    }

    async fn claim(&self, claim: &Claim) -> Result<Vec<Claimed>, HostError> {
        let claim = claim.clone();
        self.world
            .ask_store(self.server, move |world, _| world.store.borrow_mut().claim(&claim, world.now()))
            .await
    }

    async fn settle(&self, settlement: &Settlement) -> Result<(), HostError> {
        self.settle_mail(settlement).await
    }

    async fn retry(&self, _: Timestamp) -> Result<(), HostError> {
        self.world.ask_store(self.server, |world, _| world.store.borrow_mut().retry(world.now())).await
    }

    fn can_erase(&self) -> bool {
        true
    }

    async fn erase(&self, erasure: &SubjectErased) -> Result<(), HostError> {
        let erasure = erasure.clone();
        self.world
            .ask_store(self.server, move |world, _| world.store.borrow_mut().erase(&erasure, world.now()))
            .await
    }

    async fn snapshot(&self) -> Result<Option<String>, HostError> {
        let kept =
            self.world.ask_store(self.server, |world, _| world.store.borrow().snapshot.clone()).await?;
        self.opening.snapshot.set(kept.as_ref().map(|(_, head)| head.version));
        Ok(kept.map(|(data, _)| data))
    }

    async fn save_snapshot(&self, snapshot: &Snapshot) -> Result<(), HostError> {
        let snapshot = snapshot.clone();
        self.world.ask_store(self.server, move |world, _| world.store.borrow_mut().save(&snapshot)).await
    }

    fn chance(&self) -> Result<Drawn, HostError> {
        let chance = &mut *self.world.servers[self.server].chance.borrow_mut();
        Ok(Drawn::new(std::array::from_fn(|_| u8::try_from(chance.below(256)).unwrap())))
    }

    fn timeout(&self) -> Seconds {
        Seconds::new(TIMEOUT.unsigned_abs() / 1_000)
    }

    fn now(&self) -> Result<Timestamp, HostError> {
        Ok(self.world.time_at(self.server))
    }
}

impl SimulatedHost {
    fn note_lost_race(&self, commit: &SealedCommit, is_made_up: bool) {
        self.lost.set(self.lost.get() + 1);
        if is_made_up {
            self.world.reach(Point::RaceLostThatNobodyWon);
            return;
        }
        self.world.reach(Point::RaceLost);
        if self.lost.get() > 1 {
            self.world.reach(Point::RaceLostTwice);
        }
        if commit.commit.actor == Actor::Clock {
            self.world.reach(Point::TickLostARace);
        }
    }
}
