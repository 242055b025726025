//! Every fault of an input says where it is, what was given and what is expected: each value of the commands and questions
//! of the vectors, replaced by others.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

#[path = "vectors/native/expand.rs"]
#[allow(dead_code, reason = "each test reads its part")]
mod expand;
#[path = "vectors/native/format.rs"]
mod format;
#[path = "vectors/native/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};

use access_engine::commands::Command;
use access_engine::json::read_argument;
use access_engine::people::Actor;
use access_engine::refusal::Refusal;
use serde_json::{Value, json};

use expand::Names;
use format::{Fixtures, VectorFile, files, read};

/// What stands in place of each value in turn; absent where it is left out.
fn others() -> Vec<Option<Value>> {
    let values = json!([null, true, -1, 0, 1.5, 1e300, "", "x y", [], ["x"], [1, null], {}, {"x y": 1}, {"a": 1, "b": 2}]);
    let values = values.as_array().unwrap().iter().cloned().map(Some);
    values.chain([None]).collect()
}

#[test]
fn every_fault_of_a_command_is_told_with_its_place() {
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for command in commands() {
        for place in places(&command) {
            // Of commands alike one is enough.
            if !seen.insert(shape(&place)) {
                continue;
            }
            for other in others() {
                let faulty = replaced(&command, &place, other.as_ref());
                if let Err(refusal) = Command::from_json(&faulty.to_string()) {
                    let told = faults(&refusal, &place, other.is_none());
                    problems.extend(told.into_iter().map(|fault| format!("{fault}\n    of {faulty}")));
                }
            }
        }
    }
    assert!(seen.len() > 200, "only {} places were tried", seen.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn an_actor_that_is_none_is_told_as_the_actor() {
    for actor in [r#""dev""#, "{}", "[]", "5", "null", r#"{"user": "dev"}"#, r#"{"subject": "a", "x": 1}"#] {
        let refusal = read_argument::<Actor>("actor", actor).unwrap_err();
        let message = refusal.to_string();
        assert!(message.starts_with("`actor`: "), "{message}");
        assert!(message.contains("`host`, or `{ subject: "), "{message}");
    }
    let refusal = read_argument::<Actor>("actor", r#"{"subject": 5}"#).unwrap_err();
    assert_eq!(refusal.to_string(), "`actor.subject`: give a text, not `5`");
}

/// What is wrong with what a refusal says of a value that was replaced.
fn faults(refusal: &Refusal, place: &[Part], is_left_out: bool) -> Vec<String> {
    let message = refusal.to_string();
    let mut faults = words::foreign(&message);
    let value = serde_json::to_value(refusal).unwrap();
    let (field, problem) = (value["field"].as_str().unwrap_or_default(), value["problem"].as_str().unwrap());
    let expected = written(place);
    let is_inside = field.starts_with(&expected) || expected.starts_with(field);
    let is_exact = is_left_out
        || !(problem.contains(", not ") || problem.contains(" is not "))
        || field.starts_with(&expected);
    if !is_inside || !is_exact {
        faults.push(format!("the fault is at `{expected}`: {message}"));
    }
    if problem == "it is missing" {
        faults.push(format!("it does not say what belongs there: {message}"));
    }
    if problem.starts_with("it is missing") && is_left_out && field != expected {
        faults.push(format!("what is missing is `{expected}`: {message}"));
    }
    faults
}

/// The commands of the vectors, each of which can be read.
fn commands() -> Vec<Value> {
    let fixtures: Fixtures = read("fixtures");
    let mut steps: Vec<Value> = fixtures.fixtures.values().flatten().cloned().collect();
    for vector in files().iter().flat_map(|file| read::<VectorFile>(file).vectors) {
        steps.extend(vector.given);
        steps.push(vector.when);
    }
    let commands = steps.iter().filter_map(|step| step.get("command")).map(|command| {
        let mut captured = BTreeMap::new();
        name_all(command, &mut captured);
        Names { epoch: fixtures.epoch, values: &fixtures.values, captured }.expand(command)
    });
    commands.filter(|command| Command::from_json(&command.to_string()).is_ok()).collect()
}

/// Gives an id to whatever a step would have captured.
fn name_all(value: &Value, captured: &mut BTreeMap<String, Value>) {
    match value {
        Value::String(text) if text.starts_with('$') => {
            captured.insert(text.clone(), json!("captured"));
        }
        Value::Array(items) => items.iter().for_each(|item| name_all(item, captured)),
        Value::Object(fields) => fields.values().for_each(|field| name_all(field, captured)),
        _ => {}
    }
}

#[derive(Clone)]
enum Part {
    Field(String),
    Item(usize),
}

/// The way to every value inside this one, and to itself.
fn places(value: &Value) -> Vec<Vec<Part>> {
    let inner: Vec<(Part, &Value)> = match value {
        Value::Array(items) => {
            items.iter().take(2).enumerate().map(|(at, item)| (Part::Item(at), item)).collect()
        }
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| (Part::Field(name.clone()), field)).collect()
        }
        _ => Vec::new(),
    };
    let below = inner.into_iter().flat_map(|(part, value)| {
        places(value).into_iter().map(move |rest| [vec![part.clone()], rest].concat())
    });
    [Vec::new()].into_iter().chain(below).collect()
}

fn replaced(value: &Value, place: &[Part], other: Option<&Value>) -> Value {
    let Some((first, rest)) = place.split_first() else { return other.cloned().unwrap_or_default() };
    let mut value = value.clone();
    match (first, rest) {
        (Part::Field(name), []) if other.is_none() => drop(value.as_object_mut().unwrap().remove(name)),
        (Part::Item(at), []) if other.is_none() => drop(value.as_array_mut().unwrap().remove(*at)),
        (Part::Field(name), rest) => value[name] = replaced(&value[name], rest, other),
        (Part::Item(at), rest) => value[*at] = replaced(&value[*at], rest, other),
    }
    value
}

/// As a refusal writes a place.
fn written(place: &[Part]) -> String {
    place.iter().fold(String::new(), |before, part| match part {
        Part::Field(name) if before.is_empty() => name.clone(),
        Part::Field(name) => format!("{before}.{name}"),
        Part::Item(at) => format!("{before}[{at}]"),
    })
}

/// The same for all items of a list.
fn shape(place: &[Part]) -> String {
    let shape = place.iter().map(|part| match part {
        Part::Field(name) => name.as_str(),
        Part::Item(_) => "[]",
    });
    shape.collect::<Vec<_>>().join(".")
}
