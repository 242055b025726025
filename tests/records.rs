//! Records of every format there was, in `tests/records/`: they are read for ever.
//!
//! A record is made once, by the edition that brought its format, and never again: `cargo test --test records -- --ignored`
//! makes that of the newest format anew, for as long as no edition with it is out.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

#[path = "vectors/native/expand.rs"]
mod expand;
#[path = "vectors/native/format.rs"]
#[allow(dead_code, reason = "what else vectors are made of")]
mod format;
#[path = "vectors/native/matching.rs"]
mod matching;
#[path = "vectors/native/world.rs"]
#[allow(dead_code, reason = "what else vectors ask of it")]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use access_engine::Engine;
use access_engine::events::AccessEvent;
use access_engine::record::verify;
use access_engine::values::ProjectId;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use strum::VariantNames;

use expand::Names;
use format::{Fixtures, read};
use matching::differences;
use world::World;

/// What happened in a record, in the words of vectors, and what it answers since.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    #[serde(rename = "about")]
    _about: String,
    steps: Vec<Value>,
    asked: Vec<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    answer: Value,
    #[serde(flatten)]
    step: Value,
}

#[test]
fn a_record_of_format_1_verifies_and_every_event_happens_in_it() {
    let verification = verify(&project(), &commits(), &[]);
    assert!(verification.intact, "{verification:?}");

    let happened: BTreeSet<&str> = AccessEvent::VARIANTS
        .iter()
        .copied()
        .filter(|event| lines().iter().any(|line| line.contains(&format!(r#""type":"{event}""#))))
        .collect();
    assert_eq!(happened, AccessEvent::VARIANTS.iter().copied().collect());
}

#[test]
fn a_record_of_format_1_is_opened_and_kept_as_it_was() {
    let engine = opened();
    assert_eq!(engine.check_whole(), Ok(()));
    assert_eq!(engine.stored().collect::<Vec<_>>(), lines());
}

#[test]
fn a_record_of_format_1_answers_as_ever() {
    let fixtures: Fixtures = read("fixtures");
    let mut world = World::new(names(&fixtures));
    world.engine = opened();
    let problems: Vec<String> = story()
        .asked
        .iter()
        .flat_map(|asked| {
            let answer = world.ask(&asked.step).unwrap_or_else(|refusal| refusal.code().into());
            let problems = differences(&world.names.expand(&asked.answer), &answer, "answer");
            problems.into_iter().map(|problem| format!("{}: {problem}", asked.step))
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
#[ignore = "makes the record anew"]
fn make() {
    let fixtures: Fixtures = read("fixtures");
    let mut world = World::new(names(&fixtures));
    let steps = story().steps.into_iter().flat_map(|step| match step.as_str() {
        Some(name) => fixtures.fixtures[name].clone(),
        None => vec![step],
    });
    for step in steps {
        world.step(&step).unwrap();
    }
    let lines: Vec<String> = world.engine.stored().map(|commit| commit + "\n").collect();
    fs::write(path(RECORD), lines.concat()).unwrap();
}

const RECORD: &str = "format-1.ndjson";
const STORY: &str = "format-1.story.json";

fn path(file: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "records", file].iter().collect()
}

fn text(file: &str) -> String {
    fs::read_to_string(path(file)).unwrap()
}

fn lines() -> Vec<String> {
    text(RECORD).lines().map(str::to_owned).collect()
}

fn commits() -> Vec<Box<RawValue>> {
    lines().into_iter().map(|line| RawValue::from_string(line).unwrap()).collect()
}

fn story() -> Story {
    serde_json::from_str(&text(STORY)).unwrap()
}

fn names(fixtures: &Fixtures) -> Names<'_> {
    Names { epoch: fixtures.epoch, values: &fixtures.values, captured: BTreeMap::new() }
}

fn project() -> ProjectId {
    ProjectId::try_from("acme").unwrap()
}

fn opened() -> Engine {
    let mut engine = Engine::new(project());
    for commit in commits() {
        engine.read(&commit).unwrap();
    }
    engine
}
