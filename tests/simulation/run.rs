//! A seed that is told, as far as somebody wants to hear.

use std::collections::BTreeSet;
use std::rc::Rc;

use access_engine::record::Head;
use access_engine::values::Timestamp;

use super::clockwork::Millis;
use super::faults::{Doom, Fault, Wrong};
use super::known::{self, End, Seen};
use super::plan::{EPOCH, Plan, SERVERS};
use super::points::Point;
use super::world::World;
use super::{Outcome, deeds, questions, server};

/// What is done after nothing has gone wrong for long takes no longer.
const LAST: Millis = 120_000;

/// It stands still between two instants.
pub(crate) struct Run {
    pub(crate) world: Rc<World>,
    is_ending: bool,
}

impl Run {
    pub(crate) fn begin(plan: &Plan) -> Self {
        let world = World::new(plan);
        let clock = &world.clock;
        for number in 0..SERVERS {
            clock.spawn(server::serve(Rc::clone(&world), number));
        }
        clock.spawn(deeds::found(Rc::clone(&world)));
        let (starts, begin) = (plan.starts(), world.pace.beat);
        for number in plan.deeds() {
            clock.spawn(deeds::act(Rc::clone(&world), number, begin + starts[number as usize]));
        }
        for fault in plan.faults() {
            clock.spawn(go_wrong(Rc::clone(&world), fault));
        }
        clock.spawn(questions::ask(Rc::clone(&world)));
        Self { world, is_ending: false }
    }

    pub(crate) fn now(&self) -> Millis {
        self.world.now()
    }

    /// When all is told.
    pub(crate) fn end(&self) -> Millis {
        self.world.pace.end() + LAST
    }

    /// Goes on until that instant, which is later than all before, and no further than the end.
    pub(crate) fn go_on(&mut self, until: Millis) {
        let (clock, calm) = (&self.world.clock, self.world.pace.end());
        if !self.is_ending {
            clock.run_until(until.min(calm));
            if until < calm {
                return;
            }
            self.is_ending = true;
            clock.spawn(end(Rc::clone(&self.world)));
        }
        clock.run_until(until.min(self.end()));
    }

    /// Something goes wrong that the seed does not know of.
    pub(crate) fn meddle(&self, fault: Fault) {
        self.world.faults.borrow_mut().push(fault);
        self.world.clock.spawn(go_wrong(Rc::clone(&self.world), fault));
    }

    /// What came of it, up to now.
    pub(crate) fn outcome(self) -> Outcome {
        let (world, witness) = (&self.world, self.world.witness.borrow());
        Outcome {
            trace: world.trace.take(),
            points: world.points.take(),
            problems: witness.problems.values().cloned().collect(),
            commits: witness.known.record.len(),
            looks: witness.looks,
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.world.clock.stop();
        // A service has a host that has the world that has the service.
        self.world.servers.iter().for_each(|server| drop(server.service.take()));
    }
}

/// What goes wrong at an instant, and not for a while.
async fn go_wrong(world: Rc<World>, fault: Fault) {
    world.clock.sleep_until(fault.from).await;
    world.tell(format_args!("{fault}"));
    let server = &world.servers[fault.server.unwrap_or_default()];
    match fault.wrong {
        Wrong::Crash(doom) => {
            server.doom.set(Some(doom));
            server.meets(Doom::Now);
        }
        Wrong::ClockJumps(by) => {
            server.offset.set(server.offset.get() + by);
            if by < 0 {
                world.reach(Point::ClockWentBack);
            }
        }
        Wrong::SnapshotLost => {
            let lost = world.store.borrow_mut().snapshot.take();
            lost.iter().for_each(|_| world.reach(Point::SnapshotLost));
        }
        Wrong::Restore(age) => restore(&world, world.now() - age),
        _ => {}
    }
}

fn restore(world: &World, to: Millis) {
    let lost = world.store.borrow_mut().restore(to);
    let known = &mut world.witness.borrow_mut().known;
    known.record.truncate(known.record.len() - lost.len());
    let version = known.record.len() as u64;
    known.restored.push((world.now(), version));
    let keys: BTreeSet<_> =
        lost.iter().filter_map(|commit| Some(commit.idempotency.as_ref()?.key.clone())).collect();
    let is_lost =
        |answer: &&known::Answer| keys.contains(&known.sent[answer.sent].key) && answer.outcome.is_ok();
    if known.answers.iter().any(|answer| is_lost(&answer)) {
        world.reach(Point::AcknowledgedAndLostByARestore);
    }
}

/// Has everybody hear everything, and looks at what they come to.
async fn end(world: Rc<World>) {
    let mut servers = Vec::new();
    for number in 0..SERVERS {
        servers.push(comes_to(&world, number).await);
    }
    world.store.borrow_mut().snapshot = None;
    let (opened, _) = server::open(&world, 0, world.clock.number()).await;
    let (anew, fault) = match opened {
        Err(refusal) => (Err(refusal.to_string()), None),
        Ok(anew) => {
            let verified = anew.verify(None).await;
            let fault = match verified {
                Ok(found) if found.intact => None,
                found => Some(format!("{found:?}")),
            };
            (Ok(digest(&anew)), fault)
        }
    };
    // The slowest clock, and what it can have done about it in a beat.
    let slowest = world.servers.iter().map(|server| server.offset.get()).min().unwrap_or_default();
    let millis = EPOCH + world.pace.end() + slowest - world.pace.beat * 13;
    let clock = Timestamp::from_millis(millis).expect("a time");
    let end = End { store: &world.store.borrow(), servers, anew, fault, clock };
    world.witness.borrow_mut().see(&Seen::Ended(&end));
    world.tell(format_args!("the end"));
}

async fn comes_to(world: &World, number: usize) -> Result<(Head, String), String> {
    let service = deeds::running(world, number).ok_or("it is not open")?;
    service.refresh().await.map_err(|refusal| refusal.to_string())?;
    Ok(digest(&service))
}

fn digest(service: &server::Running) -> (Head, String) {
    let snapshot = service.engine().expect("it was read").snapshot();
    (snapshot.head, snapshot.digest)
}
