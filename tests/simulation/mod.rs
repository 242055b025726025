//! A deterministic simulator of the whole system: several servers with the real engine and its shell, and around them a
//! world in virtual time that goes wrong in every way there is, all of it drawn from one seed.
//!
//! Nothing here knows real time, threads or files, so that it runs wherever the engine does.

#[path = "../model/generator/chance.rs"]
#[allow(dead_code, reason = "the model's chance, of which not all is drawn here")]
mod chance;
mod checkers;
mod clockwork;
mod company;
mod deeds;
mod directory;
mod faults;
mod host;
mod known;
mod plan;
mod points;
mod post;
mod questions;
mod server;
mod shrink;
mod store;
mod view;
mod wishes;
mod witness;
mod world;

use std::collections::BTreeSet;
use std::rc::Rc;

use access_engine::record::Head;
use access_engine::values::Timestamp;

use self::clockwork::Millis;
use self::faults::{Doom, Fault, Wrong};
use self::known::{End, Seen};
use self::plan::{EPOCH, SERVERS};
use self::points::Point;
use self::world::World;

pub(crate) use self::checkers::CHECKERS;
pub(crate) use self::plan::Plan;
pub(crate) use self::points::Points;
pub(crate) use self::shrink::{smallest, told};
pub(crate) use self::witness::Problem;

/// What came of a seed.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// What happened, a line each.
    pub(crate) trace: String,
    /// What was reached, how often.
    pub(crate) points: Points,
    /// The first problem that each checker found.
    pub(crate) problems: Vec<Problem>,
    /// How many commits the record came to.
    pub(crate) commits: usize,
}

/// Tells what a seed stands for, from the first command to the end.
pub(crate) fn run(seed: u64) -> Outcome {
    run_plan(&Plan::of(seed))
}

/// The same, with some of it left out.
pub(crate) fn run_plan(plan: &Plan) -> Outcome {
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
    for fault in &world.faults {
        clock.spawn(go_wrong(Rc::clone(&world), *fault));
    }
    clock.spawn(questions::ask(Rc::clone(&world)));
    clock.run_until(world.pace.end());
    clock.spawn(end(Rc::clone(&world)));
    clock.run_until(world.pace.end() + 120_000);
    outcome(&world)
}

fn outcome(world: &World) -> Outcome {
    world.clock.stop();
    // A service has a host that has the world that has the service.
    world.servers.iter().for_each(|server| drop(server.service.take()));
    let problems = world.witness.borrow().problems.values().cloned().collect();
    let commits = world.witness.borrow().known.record.len();
    Outcome { trace: world.take_trace(), points: world.points.take(), problems, commits }
}

/// What goes wrong at an instant, and not for a while.
async fn go_wrong(world: Rc<World>, fault: Fault) {
    world.clock.sleep_until(fault.from).await;
    world.tell(format_args!(
        "{:?} at {:?}, until {} ms later",
        fault.wrong,
        fault.server,
        fault.to - fault.from
    ));
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
