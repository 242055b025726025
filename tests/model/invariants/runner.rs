//! Tells stories and sequences of the generator to the engine, and shows an invariant each event and each moment of
//! them.

use std::cell::Cell;
use std::mem::{Discriminant, discriminant};
use std::ops::Range;
use std::sync::Arc;

use access_engine::Project;
use access_engine::access::{AccessQuery, Decision, evaluate};
use access_engine::commands::{Command, decide};
use access_engine::events::AccessEvent;
use access_engine::people::Actor;
use access_engine::record::{Commit, Receipt, apply_commit};
use access_engine::refusal::Refusal;
use access_engine::state::State;
use access_engine::values::{IdempotencyKey, ProjectId, Timestamp};
use proptest::test_runner::{
    Config, FileFailurePersistence, RngAlgorithm, RngSeed, TestCaseError, TestRunner,
};
use serde_json::value::RawValue;

use super::history::{Asked, Given, History};
use super::stories::{Story, beginning, start, stories};
use crate::model::commands::Model;
use crate::model::generator::{Generator, PROJECT};
use crate::model::record::timed;
use crate::model::state::{Sent, commit_of};

/// What one command did.
pub(crate) struct Moment<'a> {
    pub(crate) sent: &'a Sent,
    pub(crate) command: &'a Command,
    pub(crate) answer: &'a Result<Receipt, Refusal>,
    pub(crate) engine: &'a Project,
    pub(crate) history: &'a History,
    /// What it committed, after what was due before.
    pub(crate) commits: &'a [Arc<Commit>],
    /// Counted from 1.
    pub(crate) number: usize,
    pub(crate) is_last: bool,
}

impl Moment<'_> {
    pub(crate) fn at(&self) -> Timestamp {
        self.history.at()
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = &AccessEvent> {
        self.commits.iter().flat_map(|commit| &commit.events)
    }

    /// The grants that this command made, with their requests.
    pub(crate) fn new_grants(&self) -> impl Iterator<Item = (Given<'_>, Asked<'_>)> {
        let before = self.commits.first().map_or(u64::MAX, |first| first.version - 1);
        let new = self.history.grants().filter(move |given| commit_of(given.id.as_str()) > before);
        new.map(|given| (given, self.history.request(&given.given.grant.request_id)))
    }

    /// What would become of a command now: what is due has been ticked.
    pub(crate) fn decided(&self, actor: &Actor, command: &Command) -> Result<(), Refusal> {
        self.engine.decide(actor, command, None, &self.at().into()).map(drop)
    }
}

/// An event that is about to be carried into the history.
pub(crate) struct Next<'a> {
    pub(crate) event: &'a AccessEvent,
    /// The commit it stands in.
    pub(crate) commit: &'a Commit,
    /// What is known before it, at the time of it.
    pub(crate) history: &'a History,
}

/// The same 256 stories in every run, so that whoever sees one fail can run it again. `STORIES` and `SEED` look further.
pub(crate) fn config() -> Config {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/model/invariants/seeds.txt");
    Config {
        cases: number("STORIES").unwrap_or(256),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
        // Ten times as fast as the default where dependencies are not optimised.
        rng_algorithm: RngAlgorithm::XorShift,
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(20_261_123).into()),
        ..Config::default()
    }
}

fn number(name: &str) -> Option<u32> {
    std::env::var(name).ok().map(|text| text.parse().expect(name))
}

/// Beside the stories, a fifth as many sequences.
fn sequences() -> Range<u64> {
    let from = number("SEED").unwrap_or(0).into();
    from..from + u64::from(config().cases / 5)
}

/// Runs the stories and sequences and checks every moment of them; many commands of them are accepted.
pub(crate) fn always(check: fn(&Moment<'_>) -> Result<(), String>) {
    always_and_before(|_| Ok(()), check);
}

/// The same, and checks every event against what was before it.
pub(crate) fn always_and_before(
    before: fn(&Next<'_>) -> Result<(), String>,
    after: fn(&Moment<'_>) -> Result<(), String>,
) {
    let (accepted, all) = (Cell::new(0_u32), Cell::new(0_u32));
    let count = |moment: &Moment<'_>| {
        all.set(all.get() + 1);
        accepted.set(accepted.get() + u32::from(moment.answer.is_ok()));
        after(moment)
    };
    let tell = |story: Story| each_moment(&story, before, count).map_err(TestCaseError::fail);
    TestRunner::new(config()).run(&stories(), tell).unwrap_or_else(|failure| panic!("{failure}"));
    for seed in sequences() {
        let told = each_moment_of_sequence(seed, before, count);
        told.unwrap_or_else(|failure| panic!("sequence {seed}: {failure}"));
    }
    let share = accepted.get() * 100 / all.get().max(1);
    println!("{} of {} commands were accepted, {share} %", accepted.get(), all.get());
    assert!(share >= 40, "too few commands are accepted to say much: {share} %");
}

pub(crate) fn each_moment(
    story: &Story,
    before: fn(&Next<'_>) -> Result<(), String>,
    mut after: impl FnMut(&Moment<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut engine = told(&beginning(story));
    let mut history = history_of(&engine);
    let mut clock = start();
    for (number, happening) in (1..).zip(&story.happenings) {
        let key = IdempotencyKey::try_from(format!("key {number}")).unwrap();
        let sent = Sent { key: Some(key), ..happening.sent(&history, &mut clock) };
        let command = sent.command.as_ref().unwrap();
        let is_last = number == story.happenings.len();
        tell(&mut engine, &mut history, (number, is_last), (&sent, command), before, &mut after)?;
    }
    Ok(())
}

/// Sends one command, and shows its events and what it came to.
fn tell(
    engine: &mut Project,
    history: &mut History,
    (number, is_last): (usize, bool),
    (sent, command): (&Sent, &Command),
    before: fn(&Next<'_>) -> Result<(), String>,
    mut after: impl FnMut(&Moment<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let version = engine.log().len();
    let answer = &engine.run_once(&sent.actor, command, sent.key.as_ref(), sent.now);
    let commits = &engine.log()[version..];
    read(commits, history, before)?;
    // What was due is ticked also before a command that is refused.
    history.wait_until(engine.state().last_at().map_or(sent.now, |last| last.max(sent.now)));
    after(&Moment { sent, command, answer, engine, history, commits, number, is_last })
}

/// Carries commits into the history, and shows each event before.
fn read(
    commits: &[Arc<Commit>],
    history: &mut History,
    before: fn(&Next<'_>) -> Result<(), String>,
) -> Result<(), String> {
    for commit in commits {
        for (event, at) in timed(commit) {
            history.wait_until(at);
            before(&Next { event, commit, history })?;
            history.fold(event, at);
        }
        history.end_of_commit(commit);
    }
    Ok(())
}

/// The same with a sequence of the generator: it knows more of the world, but renewals, delegations and escalations are
/// rarer in it.
fn each_moment_of_sequence(
    seed: u64,
    before: fn(&Next<'_>) -> Result<(), String>,
    mut after: impl FnMut(&Moment<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let (mut engine, mut history, mut model) = (untold(), History::default(), Model::default());
    let mut generator = Generator::new(seed);
    let mut number = 0;
    while let Some(sent) = generator.next(&model) {
        number += 1;
        let key = IdempotencyKey::try_from(format!("key {number}")).unwrap();
        let sent = Sent { key: sent.command.as_ref().map(|_| key), ..sent };
        model.send(&sent);
        let Some(command) = &sent.command else {
            let version = engine.log().len();
            if let Some(commit) = engine.due(sent.now) {
                engine.apply(commit).unwrap();
            }
            read(&engine.log()[version..], &mut history, before)?;
            continue;
        };
        let is_last = number == generator.length;
        tell(&mut engine, &mut history, (number, is_last), (&sent, command), before, &mut after)?;
    }
    Ok(())
}

/// An engine that has been told nothing.
pub(crate) fn untold() -> Project {
    Project::new(ProjectId::try_from(PROJECT).unwrap())
}

/// An engine that has been told these. A command that is refused does nothing.
pub(crate) fn told(all: &[Sent]) -> Project {
    let mut engine = untold();
    for sent in all {
        let _ = engine.run(&sent.actor, sent.command.as_ref().unwrap(), sent.now);
    }
    engine
}

/// Another engine, made of the record of one, as it is stored.
pub(crate) fn replayed(engine: &Project) -> Result<Project, String> {
    let mut replayed = Project::new(engine.project().clone());
    for commit in engine.stored() {
        let stored = RawValue::from_string(commit).unwrap();
        replayed.read(&stored).map_err(|refusal| refusal.to_string())?;
    }
    Ok(replayed)
}

/// The commits of an engine without what archives.
fn lasting(engine: &Project) -> impl Iterator<Item = Commit> {
    let archives = |event: &AccessEvent| matches!(event, AccessEvent::RequestsArchived(_));
    engine.log().iter().map(move |commit| {
        let mut commit = Commit::clone(commit);
        commit.events.retain(|event| !archives(event));
        commit
    })
}

/// What the first commits of an engine come to where nothing is archived.
pub(crate) fn unarchived(engine: &Project, version: u64) -> State {
    let mut state = State::default();
    let first = lasting(engine).take_while(|commit| commit.version <= version);
    first.for_each(|commit| apply_commit(&mut state, &commit));
    state
}

/// What the record of an engine tells, what is archived included.
pub(crate) fn whole_history_of(engine: &Project) -> History {
    History::of(lasting(engine).collect::<Vec<_>>().iter())
}

/// What would be answered on some state.
pub(crate) fn evaluated_on(state: &State, query: &AccessQuery, at: Timestamp) -> Decision {
    evaluate(state, query, at)
}

/// What would become of a command on some state: the kinds of its events.
pub(crate) fn decided_on(
    state: &State,
    sent: &Sent,
    at: Timestamp,
) -> Result<Vec<Discriminant<AccessEvent>>, Refusal> {
    let command = sent.command.as_ref().unwrap();
    decide(state, &sent.actor, command, &at.into()).map(|events| events.iter().map(discriminant).collect())
}

/// What the record of an engine tells.
pub(crate) fn history_of(engine: &Project) -> History {
    History::of(engine.log().iter().map(|commit| &**commit))
}

pub(crate) fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}
