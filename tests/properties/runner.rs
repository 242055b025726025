//! Tells stories to the engine and to the model, and shows each moment of them to a property.

use std::cell::Cell;

use access_engine::Engine;
use access_engine::model::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

use super::model::{Asked, Given, Model};
use super::world::{START, Sent, Story, beginning, stories};

/// What one command did.
pub(crate) struct Moment<'a> {
    pub(crate) sent: &'a Sent,
    /// The key that went with it.
    pub(crate) key: &'a IdempotencyKey,
    pub(crate) answer: &'a Result<Receipt, Refusal>,
    pub(crate) engine: &'a Engine,
    pub(crate) model: &'a Model,
    /// How many grants there were before, and how many commits.
    pub(crate) grants_before: usize,
    pub(crate) commits_before: usize,
    pub(crate) events: Vec<&'a AccessEvent>,
    /// Counted from 1.
    pub(crate) number: usize,
    pub(crate) is_last: bool,
}

impl Moment<'_> {
    pub(crate) fn at(&self) -> Timestamp {
        let last = self.engine.state().last_at().unwrap();
        last.max(self.sent.at)
    }
}

pub(crate) type Check = fn(&Moment<'_>) -> Result<(), String>;

/// The same 256 stories in every run, so that whoever sees one fail can run it again. `STORIES` and `SEED` look further.
pub(crate) fn config() -> Config {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/properties/seeds.txt");
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u32>().expect(name));
    Config {
        cases: number("STORIES").unwrap_or(256),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(20_261_123).into()),
        ..Config::default()
    }
}

/// Runs the stories and checks every moment of them; many commands of them are accepted.
pub(crate) fn always(check: Check) {
    always_in(stories().boxed(), check);
}

pub(crate) fn always_in(stories: BoxedStrategy<Story>, check: Check) {
    let (accepted, all) = (Cell::new(0_u32), Cell::new(0_u32));
    let tell = |story: Story| {
        each_moment(&story, |moment| {
            all.set(all.get() + 1);
            accepted.set(accepted.get() + u32::from(moment.answer.is_ok()));
            check(moment)
        })
        .map_err(TestCaseError::fail)
    };
    TestRunner::new(config()).run(&stories, tell).unwrap_or_else(|failure| panic!("{failure}"));
    let share = accepted.get() * 100 / all.get().max(1);
    println!("{} of {} commands were accepted, {share} %", accepted.get(), all.get());
    assert!(share >= 40, "too few commands are accepted to say much: {share} %");
}

pub(crate) fn each_moment(
    story: &Story,
    mut check: impl FnMut(&Moment<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
    let mut model = Model::default();
    let mut clock = START;
    for sent in beginning(story) {
        let _ = engine.run(&sent.actor, &sent.command, sent.at);
    }
    for commit in engine.log() {
        commit.events.iter().for_each(|event| drop(model.fold(event, commit.at)));
    }
    for (number, happening) in (1..).zip(&story.happenings) {
        let sent = happening.sent(&engine, &model, &mut clock);
        let key = IdempotencyKey::try_from(format!("key {number}")).unwrap();
        let (version, grants_before) = (engine.log().len(), model.grants.len());
        let answer = engine.run_once(&sent.actor, &sent.command, Some(&key), sent.at);
        for commit in &engine.log()[version..] {
            for event in &commit.events {
                let complaint = model.fold(event, commit.at).pop();
                if story.is_wide {
                    continue;
                }
                complaint.map_or(Ok(()), Err)?;
                check_step(&model, event)?;
            }
        }
        check(&Moment {
            sent: &sent,
            key: &key,
            answer: &answer,
            engine: &engine,
            model: &model,
            grants_before,
            commits_before: version,
            events: engine.log()[version..].iter().flat_map(|commit| commit.events.iter()).collect(),
            number,
            is_last: number == story.happenings.len(),
        })?;
    }
    Ok(())
}

/// A step is completed only by approvals that meet all its quorums at that very moment.
fn check_step(model: &Model, event: &AccessEvent) -> Result<(), String> {
    let AccessEvent::StepCompleted(event) = event else { return Ok(()) };
    let request = find(model, &event.request_id);
    let terms = terms(model, request);
    let is_met = model.is_met(request, terms, event.step) && model.are_eligible(request, terms, event.step);
    ensure(is_met, || format!("step {} is completed unmet: {request:?} under {terms:?}", event.step))
}

pub(crate) fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}

pub(crate) fn find<'a>(model: &'a Model, id: &RequestId) -> &'a Asked {
    model.requests.iter().find(|request| request.id == *id).unwrap()
}

pub(crate) fn terms<'a>(model: &'a Model, request: &Asked) -> &'a PolicyTerms {
    model.terms(&request.content.policy_id, request.content.policy_version)
}

/// The grants that this command made, with their requests.
pub(crate) fn new_grants<'a>(moment: &'a Moment<'_>) -> impl Iterator<Item = (&'a Given, &'a Asked)> {
    let new = moment.model.grants.iter().skip(moment.grants_before);
    new.map(|given| (given, find(moment.model, &given.grant.request_id)))
}
