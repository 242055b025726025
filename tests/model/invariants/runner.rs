//! Tells stories to the engine and to the model, and shows a property each event and each moment of them.

use std::cell::Cell;
use std::sync::Arc;

use access_engine::Engine;
use access_engine::model::*;
use proptest::test_runner::{
    Config, FileFailurePersistence, RngAlgorithm, RngSeed, TestCaseError, TestRunner,
};

use super::history::{Asked, Given, Model, timed};
use super::stories::{START, Sent, Story, beginning, stories};

/// What one command did.
pub(crate) struct Moment<'a> {
    pub(crate) sent: &'a Sent,
    /// The key that went with it.
    pub(crate) key: &'a IdempotencyKey,
    pub(crate) answer: &'a Result<Receipt, Refusal>,
    pub(crate) engine: &'a Engine,
    pub(crate) model: &'a Model,
    /// How many grants there were before.
    pub(crate) grants_before: usize,
    /// What it committed, after what was due before.
    pub(crate) commits: &'a [Arc<Commit>],
    /// Counted from 1.
    pub(crate) number: usize,
    pub(crate) is_last: bool,
}

impl Moment<'_> {
    pub(crate) fn at(&self) -> Timestamp {
        self.model.at
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = &AccessEvent> {
        self.commits.iter().flat_map(|commit| &commit.events)
    }

    /// The grants that this command made, with their requests.
    pub(crate) fn new_grants(&self) -> impl Iterator<Item = (&Given, &Asked)> {
        let new = self.model.grants.iter().skip(self.grants_before);
        new.map(|given| (given, self.model.request(&given.grant.request_id)))
    }
}

/// An event that is about to be carried into the model.
pub(crate) struct Next<'a> {
    pub(crate) event: &'a AccessEvent,
    /// The commit it stands in.
    pub(crate) commit: &'a Commit,
    /// What is known before it, at the time of it.
    pub(crate) model: &'a Model,
}

/// The same 256 stories in every run, so that whoever sees one fail can run it again. `STORIES` and `SEED` look further.
pub(crate) fn config() -> Config {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/model/invariants/seeds.txt");
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u32>().expect(name));
    Config {
        cases: number("STORIES").unwrap_or(256),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
        // Ten times as fast as the default where dependencies are not optimised.
        rng_algorithm: RngAlgorithm::XorShift,
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(20_261_123).into()),
        ..Config::default()
    }
}

/// Runs the stories and checks every moment of them; many commands of them are accepted.
pub(crate) fn always(check: fn(&Moment<'_>) -> Result<(), String>) {
    always_and_before(|_| Ok(()), check);
}

/// The same, and checks every event against what was before it.
pub(crate) fn always_and_before(
    before: fn(&Next<'_>) -> Result<(), String>,
    after: fn(&Moment<'_>) -> Result<(), String>,
) {
    let (accepted, all) = (Cell::new(0_u32), Cell::new(0_u32));
    let tell = |story: Story| {
        let count = |moment: &Moment<'_>| {
            all.set(all.get() + 1);
            accepted.set(accepted.get() + u32::from(moment.answer.is_ok()));
            after(moment)
        };
        each_moment(&story, before, count).map_err(TestCaseError::fail)
    };
    TestRunner::new(config()).run(&stories(), tell).unwrap_or_else(|failure| panic!("{failure}"));
    let share = accepted.get() * 100 / all.get().max(1);
    println!("{} of {} commands were accepted, {share} %", accepted.get(), all.get());
    assert!(share >= 40, "too few commands are accepted to say much: {share} %");
}

pub(crate) fn each_moment(
    story: &Story,
    before: fn(&Next<'_>) -> Result<(), String>,
    mut after: impl FnMut(&Moment<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut engine = begun(story);
    let mut model = Model::of(engine.log().iter().map(|commit| &**commit));
    let mut clock = START;
    for (number, happening) in (1..).zip(&story.happenings) {
        let sent = happening.sent(&engine, &model, &mut clock);
        let key = IdempotencyKey::try_from(format!("key {number}")).unwrap();
        let (version, grants_before) = (engine.log().len(), model.grants.len());
        let answer = engine.run_once(&sent.actor, &sent.command, Some(&key), sent.at);
        let commits = &engine.log()[version..];
        for commit in commits {
            for (event, at) in timed(commit) {
                model.at = at;
                before(&Next { event, commit, model: &model })?;
                model.fold(event, at);
            }
        }
        // What was due is ticked also before a command that is refused.
        model.at = engine.state().last_at().unwrap().max(sent.at);
        let is_last = number == story.happenings.len();
        let (sent, key, answer) = (&sent, &key, &answer);
        let (engine, model) = (&engine, &model);
        after(&Moment { sent, key, answer, engine, model, grants_before, commits, number, is_last })?;
    }
    Ok(())
}

/// The company at the beginning of a story.
pub(crate) fn begun(story: &Story) -> Engine {
    let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
    for sent in beginning(story) {
        let _ = engine.run(&sent.actor, &sent.command, sent.at);
    }
    engine
}

pub(crate) fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}
