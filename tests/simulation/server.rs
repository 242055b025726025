//! A server: it opens the project, looks for news and for what is due, sends mail, keeps snapshots; dies, and begins again.

use std::cell::Cell;
use std::rc::Rc;

use access_engine::commands::Command;
use access_engine::refusal::Refusal;
use access_engine::service::Service;
use access_engine::values::ProjectId;

use super::clockwork::{Millis, Reply};
use super::company::{PROJECT, founders};
use super::host::{Opening, SimulatedHost};
use super::known::Seen;
use super::points::Point;
use super::store::Life;
use super::world::World;

pub(crate) type Running = Service<SimulatedHost>;

/// One life after the other.
pub(crate) async fn serve(world: Rc<World>, number: usize) {
    loop {
        let (life, end) = (world.clock.number(), Reply::default());
        let server = &world.servers[number];
        server.life.set(life);
        server.wrote.set(0);
        server.trouble.set(world.now());
        server.end.replace(end.clone());
        spawn(&world, number, live(Rc::clone(&world), number, life));
        end.taken().await;
        let down = server.chance.borrow_mut().between(200, 20_000);
        note_death(&world, number);
        server.service.take();
        server.tasks.take().into_iter().for_each(|task| world.clock.kill(task));
        server.deaths.set(server.deaths.get() + 1);
        world.witness.borrow_mut().known.died.insert(life);
        world.tell(format_args!("server {number}.{life} is dead for {down} ms"));
        world.clock.sleep(down).await;
    }
}

fn note_death(world: &World, number: usize) {
    let server = &world.servers[number];
    let read = server.service.borrow().as_ref().and_then(|service| Some(service.engine().ok()?.version()));
    if read.is_some_and(|read| read < server.wrote.get()) {
        world.reach(Point::CrashBetweenAppendAndApply);
    }
    if server.sending.get() > 0 {
        world.reach(Point::CrashWhileSending);
    }
}

/// Something that goes on at a server, and dies with it.
pub(crate) fn spawn(world: &Rc<World>, number: usize, work: impl Future<Output = ()> + 'static) {
    let task = world.clock.spawn(work);
    world.servers[number].tasks.borrow_mut().push(task);
}

/// Opens the project with what the store keeps.
pub(crate) async fn open(
    world: &Rc<World>,
    number: usize,
    life: Life,
) -> (Result<Running, Refusal>, Rc<Opening>) {
    let opening = Rc::new(Opening::default());
    let world = Rc::clone(world);
    let host =
        SimulatedHost { world, server: number, life, opening: Rc::clone(&opening), lost: Cell::default() };
    let project = ProjectId::try_from(PROJECT).expect("an id");
    (Service::open(project, Some(founders()), host).await, opening)
}

async fn live(world: Rc<World>, number: usize, life: Life) {
    let service = loop {
        let (opened, opening) = open(&world, number, life).await;
        match opened {
            Ok(service) => {
                note_opening(&world, &service, &opening);
                break Rc::new(service);
            }
            Err(refusal) => {
                world.tell(format_args!("server {number}.{life} does not open: {}", refusal.code()))
            }
        }
        world.clock.sleep(2_000).await;
    };
    let version = service.engine().map(|engine| engine.version()).unwrap_or_default();
    world.servers[number].service.replace(Some(Rc::clone(&service)));
    world.servers[number].trouble.set(world.now());
    world.tell(format_args!("server {number}.{life} is open at version {version}"));
    spawn(&world, number, look_for_news(Rc::clone(&world), number, Rc::clone(&service)));
    spawn(&world, number, tick(Rc::clone(&world), number, Rc::clone(&service)));
    spawn(&world, number, deliver(Rc::clone(&world), number, Rc::clone(&service)));
    spawn(&world, number, keep_snapshots(Rc::clone(&world), number, service));
}

fn note_opening(world: &World, service: &Running, opening: &Opening) {
    let version = service.engine().map(|engine| engine.version()).unwrap_or_default();
    let has_erased =
        world.witness.borrow().known.sent.iter().any(|sent| matches!(sent.command, Command::Erase(_)));
    match (opening.snapshot.get(), opening.has_read_all.get()) {
        (Some(_), true) => world.reach(Point::SnapshotOfWhatIsLostPassedOver),
        (Some(kept), false) if kept < version => world.reach(Point::OpenedFromASnapshotWithATail),
        (Some(_), false) => world.reach(Point::OpenedFromASnapshot),
        (None, _) if has_erased => world.reach(Point::ErasedAndReadAgain),
        (None, _) => world.reach(Point::OpenedFromNothing),
    }
}

/// A server whose record is no more is started anew.
pub(crate) fn note<T>(world: &World, number: usize, what: &str, outcome: &Result<T, Refusal>) {
    let Err(refusal) = outcome else { return };
    world.tell(format_args!("server {number}: {what}: {}", refusal.code()));
    if ["record_replaced", "corrupt_record"].contains(&refusal.code()) {
        if refusal.code() == "record_replaced" {
            world.reach(Point::RecordReplacedUnderAnOpenEngine);
        }
        world.servers[number].end.borrow().give(());
    }
}

fn beat(world: &World) -> Millis {
    // Nobody asks for anything any more.
    if world.is_calm() { world.pace.beat * 6 } else { world.pace.beat }
}

async fn look_for_news(world: Rc<World>, number: usize, service: Rc<Running>) {
    loop {
        world.clock.sleep(beat(&world)).await;
        let began = world.now();
        let read = service.refresh().await;
        note(&world, number, "refresh", &read);
        let head = service.engine().map(|engine| engine.head());
        if let (Ok(_), Ok(head)) = (read, head) {
            world.witness.borrow_mut().see(&Seen::Refreshed { began, head: &head });
        }
    }
}

async fn tick(world: Rc<World>, number: usize, service: Rc<Running>) {
    loop {
        let wake = service.engine().ok().and_then(|engine| engine.next_wake_at());
        let until = wake.map(|at| at.millis() - world.time_at(number).millis());
        world.clock.sleep(until.unwrap_or(Millis::MAX / 2).clamp(500, beat(&world) * 2)).await;
        let ticked = service.tick(None).await;
        note(&world, number, "tick", &ticked);
        service.send_news().await;
    }
}

async fn deliver(world: Rc<World>, number: usize, service: Rc<Running>) {
    loop {
        world.clock.sleep(beat(&world) * 3).await;
        note(&world, number, "deliver", &service.deliver().await);
    }
}

async fn keep_snapshots(world: Rc<World>, number: usize, service: Rc<Running>) {
    loop {
        let beats = world.servers[number].chance.borrow_mut().between(20, 100);
        world.clock.sleep(beat(&world) * beats).await;
        if !world.is_calm() {
            note(&world, number, "snapshot", &service.snapshot().await.map(drop));
        }
    }
}
