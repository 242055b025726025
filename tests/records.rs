//! Records of every format there was, in `tests/records/`: they are read for ever.
//!
//! A record is made once, by the edition that brought its format, and never again: its head is noted here. Format 1 is
//! finished. `cargo test --test records -- --ignored` makes the record of the next one, for as long as it is not.
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
mod format;
#[path = "vectors/native/matching.rs"]
mod matching;
#[path = "vectors/native/world.rs"]
#[allow(dead_code, reason = "what else vectors ask of it")]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use access_engine::Project;
use access_engine::events::AccessEvent;
use access_engine::record::{Head, verify};
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
    let head = Head { version: 59, hash: HASH.to_owned() };
    let verification = verify(&project(), &commits(), &[head]);
    assert_eq!(commits().len(), 59);
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
fn the_page_of_the_record_has_every_field_of_format_1() {
    let page = fields_on_the_page();
    let mut problems = BTreeSet::new();
    for commit in lines().iter().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        for event in commit["events"].as_array().unwrap() {
            compare(&page, &[event["type"].as_str().unwrap()], event, &mut problems);
        }
        for notice in commit["notices"].as_array().unwrap() {
            compare(&page, &[notice["kind"]["type"].as_str().unwrap()], &notice["kind"], &mut problems);
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// Holds the fields of an object at a place, and of all that is in it, against the page.
fn compare(
    page: &BTreeMap<String, BTreeSet<String>>,
    place: &[&str],
    object: &Value,
    problems: &mut BTreeSet<String>,
) {
    let Value::Object(fields) = object else {
        let items = object.as_array().into_iter().flatten();
        return items.for_each(|item| compare(page, place, item, problems));
    };
    let names = [place.len().saturating_sub(2), place.len() - 1].map(|from| place[from..].join("."));
    let Some(row) = names.iter().find_map(|name| page.get(name)) else {
        problems.insert(format!("`{}` is not on the page", names[1]));
        return;
    };
    let is_missing = |field: &&String| *field != "type" && !row.contains(*field);
    problems.extend(
        fields.keys().filter(is_missing).map(|field| format!("`{}` has no field `{field}`", names[1])),
    );
    // A commitment or a condition is read as a whole.
    for (field, value) in fields.iter().filter(|(field, _)| *field != "condition") {
        let part = if value.is_array() { format!("{field}[]") } else { field.clone() };
        compare(page, &[place, &[part.as_str()]].concat(), value, problems);
    }
}

/// The fields in the second column of each table, by the names in the first.
fn fields_on_the_page() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string([env!("CARGO_MANIFEST_DIR"), "docs/record.md"].iter().collect::<PathBuf>())
        .unwrap();
    let mut rows = BTreeMap::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| `")) {
        let mut cells =
            row.split('|').map(|cell| cell.split('`').map(|name| name.trim_end_matches('?').to_owned()));
        let names: Vec<String> = cells.next().unwrap().step_by(2).collect();
        let fields: BTreeSet<String> = cells.next().unwrap().skip(1).step_by(2).collect();
        rows.extend(names.into_iter().map(|name| (name, fields.clone())));
    }
    rows
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

/// Of the last commit of the record of format 1.
const HASH: &str = "ec65421b2265a78579d61008172cbec34fc534a401992c34de99e7461ed083de";
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

fn opened() -> Project {
    let mut engine = Project::new(project());
    for commit in commits() {
        engine.read(&commit).unwrap();
    }
    engine
}
