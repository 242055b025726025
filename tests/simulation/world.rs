//! The world around the engines: one store, mail servers, clocks, and the way to them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::rc::Rc;

use access_engine::commands::Command;
use access_engine::events::AccessEvent;
use access_engine::record::Commit;
use access_engine::service::{HostError, Service};
use access_engine::values::Timestamp;
use serde_json::json;

use super::chance::Chance;
use super::clockwork::{Clockwork, Millis, Reply, TaskId};
use super::faults::{Doom, Fault, Wrong};
use super::host::SimulatedHost;
use super::known::name_of;
use super::plan::{EPOCH, Pace, Plan, SERVERS};
use super::points::{Point, Points};
use super::store::{Life, Store};
use super::witness::Witness;

/// After so long a server gives up on what it asked for.
pub(crate) const TIMEOUT: Millis = 5_000;

/// A machine on which engines run, one after the other.
pub(crate) struct Server {
    /// By how much its clock is off.
    pub(crate) offset: Cell<Millis>,
    pub(crate) life: Cell<Life>,
    /// How often it has died.
    pub(crate) deaths: Cell<u32>,
    pub(crate) service: RefCell<Option<Rc<Service<SimulatedHost>>>>,
    /// All that goes on there, and dies with it.
    pub(crate) tasks: RefCell<Vec<TaskId>>,
    pub(crate) end: RefCell<Reply<()>>,
    pub(crate) chance: RefCell<Chance>,
    /// When something last went wrong between it and the store, or it began.
    pub(crate) trouble: Cell<Millis>,
    /// The last version that it has written.
    pub(crate) wrote: Cell<u64>,
    pub(crate) sending: Cell<u32>,
    /// At what it dies next.
    pub(crate) doom: Cell<Option<Doom>>,
}

pub(crate) struct World {
    pub(crate) clock: Clockwork,
    pub(crate) pace: Pace,
    pub(crate) seed: u64,
    pub(crate) faults: RefCell<Vec<Fault>>,
    pub(crate) store: RefCell<Store>,
    pub(crate) servers: Vec<Server>,
    pub(crate) witness: RefCell<Witness>,
    pub(crate) points: RefCell<Points>,
    /// The messages that a mail server has refused at some time.
    pub(crate) refused: RefCell<BTreeSet<String>>,
    pub(crate) trace: RefCell<String>,
}

impl Server {
    /// Dies where this is what it was to die at.
    pub(crate) fn meets(&self, doom: Doom) {
        if self.doom.get() == Some(doom) {
            self.doom.set(None);
            self.end.borrow().give(());
        }
    }
}

/// How a call to the store goes.
struct Fate {
    there: Millis,
    back: Millis,
    does_it: bool,
    answer: Answer,
}

enum Answer {
    Given,
    Failure,
    None,
}

impl World {
    pub(crate) fn new(plan: &Plan) -> Rc<Self> {
        let (seed, pace) = (plan.seed, Pace::of(plan.seed));
        let server = |number: usize| {
            let mut chance = Chance::new(seed ^ ((number as u64) << 32) ^ 0x5E7);
            let offset =
                if chance.percent(50) { chance.between(-60_000, 60_000) } else { chance.between(-50, 50) };
            Server {
                offset: Cell::new(offset),
                life: Cell::default(),
                deaths: Cell::default(),
                service: RefCell::default(),
                tasks: RefCell::default(),
                end: RefCell::default(),
                chance: RefCell::new(chance),
                trouble: Cell::default(),
                wrote: Cell::default(),
                sending: Cell::default(),
                doom: Cell::default(),
            }
        };
        Rc::new(Self {
            clock: Clockwork::default(),
            pace,
            seed,
            faults: RefCell::new(plan.faults()),
            store: RefCell::default(),
            servers: (0..SERVERS).map(server).collect(),
            witness: RefCell::new(Witness::new(pace)),
            points: RefCell::default(),
            refused: RefCell::default(),
            trace: RefCell::default(),
        })
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// What time it is there.
    pub(crate) fn time_at(&self, server: usize) -> Timestamp {
        let millis = EPOCH + self.now() + self.servers[server].offset.get();
        Timestamp::from_millis(millis).expect("a time")
    }

    pub(crate) fn is_calm(&self) -> bool {
        self.now() >= self.pace.active()
    }

    pub(crate) fn reach(&self, point: Point) {
        self.points.borrow_mut().reach(point);
    }

    /// A line of the trace.
    pub(crate) fn tell(&self, line: std::fmt::Arguments<'_>) {
        let now = self.now();
        let (hours, rest) = (now / 3_600_000, now % 3_600_000);
        let (minutes, seconds, millis) = (rest / 60_000, rest / 1_000 % 60, rest % 1_000);
        writeln!(self.trace.borrow_mut(), "{hours:02}:{minutes:02}:{seconds:02}.{millis:03} {line}").unwrap();
        let found = std::mem::take(&mut self.witness.borrow_mut().found);
        for (checker, text) in found {
            writeln!(self.trace.borrow_mut(), "  ! {checker}: {text}").unwrap();
        }
    }

    pub(crate) fn is_wrong(&self, server: usize, wrong: Wrong) -> bool {
        let now = self.now();
        self.faults.borrow().iter().any(|fault| fault.wrong == wrong && fault.is_on(now, server))
    }

    fn fate(&self, server: usize) -> Fate {
        let chance = &mut *self.servers[server].chance.borrow_mut();
        let mut fate = Fate {
            there: chance.between(1, 15),
            back: chance.between(1, 15),
            does_it: true,
            answer: Answer::Given,
        };
        let is = |wrong| self.is_wrong(server, wrong);
        if is(Wrong::Slow) {
            fate.there *= chance.between(10, 150);
            fate.back *= chance.between(10, 150);
        }
        if is(Wrong::Fails) && chance.percent(50) {
            (fate.does_it, fate.answer) = (false, Answer::Failure);
        }
        if is(Wrong::LosesAnswers) && chance.percent(50) {
            fate.answer = if chance.percent(50) { Answer::Failure } else { Answer::None };
        }
        if is(Wrong::Hangs) && chance.percent(50) || is(Wrong::Partition) {
            (fate.does_it, fate.answer) = (false, Answer::None);
        }
        if is(Wrong::ComesLate) && chance.percent(50) {
            fate.there = TIMEOUT + chance.between(1, 20_000);
        }
        let is_troubled = fate.there + fate.back > 1_000 || !matches!(fate.answer, Answer::Given);
        if is_troubled {
            self.servers[server].trouble.set(self.now());
        }
        fate
    }

    /// Has the store do something. Whoever asked may be dead when it does.
    pub(crate) async fn ask_store<T: 'static>(
        self: &Rc<Self>,
        server: usize,
        deed: impl FnOnce(&Self, IsHeard) -> T + 'static,
    ) -> Result<T, HostError> {
        let (fate, reply) = (self.fate(server), Reply::default());
        let (world, answer) = (Rc::clone(self), reply.clone());
        self.clock.spawn(async move {
            world.clock.sleep(fate.there).await;
            if !matches!(fate.answer, Answer::Given) && !fate.does_it {
                if matches!(fate.answer, Answer::Failure) {
                    answer.give(None);
                }
                return;
            }
            let is_heard = IsHeard {
                in_time: fate.there + fate.back < TIMEOUT,
                at_all: matches!(fate.answer, Answer::Given),
            };
            let done = deed(&world, is_heard);
            world.clock.sleep(fate.back).await;
            match fate.answer {
                Answer::Given => answer.give(Some(done)),
                Answer::Failure => answer.give(None),
                Answer::None => {}
            }
        });
        let answered = self.clock.within(TIMEOUT, reply.taken()).await;
        if !matches!(answered, Some(Some(_))) {
            self.servers[server].trouble.set(self.now());
        }
        match answered {
            Some(Some(done)) => Ok(done),
            Some(None) => Err(HostError::Failed("the store failed".to_owned())),
            None => Err(HostError::Timeout),
        }
    }

    /// A commit was written by a server.
    pub(crate) fn committed(&self, commit: &Commit, server: usize, life: Life) {
        self.witness.borrow_mut().commit(commit, self.now());
        let names = commit.events.iter().map(name_of).collect::<Vec<_>>().join(" ");
        let by = commit.actor.subject().map_or("the clock", |id| id.as_str());
        let key = commit.idempotency.as_ref().map(|it| format!(" {}", json!(it.key))).unwrap_or_default();
        self.tell(format_args!(
            "store: version {} by server {server}.{life}, {by}{key}: {names}",
            commit.version
        ));
        self.note_points(commit, server);
    }

    fn note_points(&self, commit: &Commit, server: usize) {
        let known = &self.witness.borrow().known;
        let command =
            commit.idempotency.as_ref().and_then(|it| known.sent_under(&it.key)).map(|sent| &sent.command);
        let is_update = matches!(command, Some(Command::UpdatePolicy(_)));
        let before = known.record.iter().rev().nth(1);
        let mut has_voided = false;
        for event in &commit.events {
            match event {
                AccessEvent::ReviewVoided(_) => {
                    has_voided = true;
                    if self.servers[server].deaths.get() > 0 {
                        self.reach(Point::ReviewVoidedAfterACrash);
                    }
                }
                AccessEvent::StepOpened(_) if has_voided => self.reach(Point::StepOpenedAgain),
                AccessEvent::RequestReviewed(it) if it.review.on_behalf_of.is_some() => {
                    self.reach(Point::ReviewInAnothersPlace);
                }
                AccessEvent::StepEscalated(_) => self.reach(Point::EscalatedToOthers),
                AccessEvent::StepReminded(_) => self.reach(Point::Reminded),
                AccessEvent::StepCompleted(it) if it.step == 2 => self.reach(Point::ApprovedAfterTwoSteps),
                AccessEvent::GrantCreated(it) => {
                    if it.justification.is_some() {
                        self.reach(Point::GlassBroken);
                    }
                    if it.grant.renews.is_some() {
                        self.reach(Point::GrantRenewed);
                    }
                }
                AccessEvent::BreakGlassAcknowledged(_) => self.reach(Point::GlassBrokenAndAcknowledged),
                AccessEvent::RequestAmended(_) if is_update => self.reach(Point::RequestsRestartedByAPolicy),
                AccessEvent::RequestExpired(it) => {
                    self.reach(Point::ExpiredInTime);
                    if it.at.millis() + 60_000 < commit.at.millis() {
                        self.reach(Point::TickThatCameLate);
                    }
                }
                AccessEvent::RequestsArchived(_) => self.reach(Point::Archived),
                AccessEvent::SubjectUpserted(it) => {
                    let is_known = before
                        .is_some_and(|it_before| it_before.view.directory.who(&it.subject.id).is_some());
                    if !is_known && commit.version > 2 {
                        self.reach(Point::IdTakenByANewcomer);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether whoever asked the store hears what came of it.
#[derive(Clone, Copy)]
pub(crate) struct IsHeard {
    pub(crate) in_time: bool,
    pub(crate) at_all: bool,
}
