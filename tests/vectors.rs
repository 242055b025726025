//! The vectors of `tests/vectors/`, given to the native engine. Their format is described there.
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
#[path = "vectors/native/telling.rs"]
mod telling;
#[path = "vectors/native/words.rs"]
mod words;
#[path = "vectors/native/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};

use access_engine::refusal::Refusal;
use serde_json::Value;

use expand::{Names, patched};
use format::{Fixtures, Neighbour, Then, Vector, VectorFile, files, read};
use matching::differences;
use world::{Outcome, World, told};

/// Runs a file of vectors and names each that fails, with its reasons.
fn run(name: &str) {
    let fixtures: Fixtures = read("fixtures");
    let file: VectorFile = read(name);
    let failures: Vec<String> = file
        .vectors
        .iter()
        .flat_map(|vector| {
            check(&fixtures, vector).into_iter().map(|problem| format!("{}: {problem}", vector.name))
        })
        .inspect(|failure| end_if_asked(failure))
        .collect();
    assert!(failures.is_empty(), "{} of {name}.json:\n- {}", failures.len(), failures.join("\n- "));
}

/// Whether all that is asked for is that a decision fails, as by mutation tests.
fn is_hasty() -> bool {
    std::env::var_os("FAIL_FAST").is_some()
}

fn end_if_asked(failure: &str) {
    if is_hasty() {
        eprintln!("{failure}");
        std::process::exit(1);
    }
}

fn check(fixtures: &Fixtures, vector: &Vector) -> Vec<String> {
    let world = match prepare(fixtures, &vector.given) {
        Ok(world) => world,
        Err(problem) => return vec![problem],
    };
    if let Some(matrix) = &vector.matrix {
        return matrix
            .iter()
            .flat_map(|(actor, expected)| check_actor(world.clone(), vector, actor, expected))
            .collect();
    }
    let mut problems = check_then(world, &vector.when, &vector.then);
    match (&vector.neighbour, &vector.then.refused) {
        (None, None) => {}
        (None, Some(_)) => problems.push("a refusal has an accepted neighbour beside it".to_owned()),
        (Some(_), None) => problems.push("only a refusal needs a neighbour".to_owned()),
        (Some(neighbour), Some(_)) => {
            let near = check_neighbour(fixtures, vector, neighbour);
            problems.extend(near.into_iter().map(|problem| format!("its neighbour: {problem}")));
        }
    }
    problems
}

fn check_actor(world: World<'_>, vector: &Vector, actor: &str, expected: &str) -> Vec<String> {
    let when = patched(&vector.when, &serde_json::json!({ "actor": actor }));
    let refused = (expected != "accepted").then(|| expected.to_owned());
    let problems = check_then(world, &when, &Then { refused, ..Then::default() });
    problems.into_iter().map(|problem| format!("{actor}: {problem}")).collect()
}

fn check_neighbour(fixtures: &Fixtures, vector: &Vector, neighbour: &Neighbour) -> Vec<String> {
    let kept = vector.given.len() - neighbour.omit;
    let given: Vec<Value> = vector.given[..kept].iter().chain(&neighbour.add).cloned().collect();
    if neighbour.then.refused.is_some() {
        return vec!["is refused, too".to_owned()];
    }
    match prepare(fixtures, &given) {
        Ok(world) => check_then(world, &patched(&vector.when, &neighbour.when), &neighbour.then),
        Err(problem) => vec![problem],
    }
}

/// An engine after these steps, each of which must succeed; a text names a fixture.
fn prepare<'a>(fixtures: &'a Fixtures, given: &[Value]) -> Result<World<'a>, String> {
    let names = Names { epoch: fixtures.epoch, values: &fixtures.values, captured: BTreeMap::new() };
    let mut world = World::new(names);
    given.iter().try_for_each(|step| carry_out(fixtures, &mut world, step))?;
    Ok(world)
}

fn carry_out(fixtures: &Fixtures, world: &mut World<'_>, step: &Value) -> Result<(), String> {
    match step.as_str() {
        Some(name) => {
            let steps =
                fixtures.fixtures.get(name).unwrap_or_else(|| panic!("no fixture is called `{name}`"));
            steps.iter().try_for_each(|step| carry_out(fixtures, world, step))
        }
        None => world.step(step),
    }
}

fn check_then(mut world: World<'_>, when: &Value, then: &Then) -> Vec<String> {
    let mut problems = if when.get("question").is_some() {
        let answer = world.ask(when);
        check_answer(&world, answer, then.answer.as_ref(), then)
    } else {
        let outcome = world.execute(when);
        if let Ok(receipt) = &outcome.result {
            world.remember(when, receipt.as_ref());
        }
        check_outcome(&world, &outcome, then)
    };
    for asked in &then.asked {
        let answer = world.ask(asked);
        let expected = Then {
            refused: asked.get("refused").and_then(Value::as_str).map(str::to_owned),
            ..Then::default()
        };
        let found = check_answer(&world, answer, asked.get("answer"), &expected);
        problems.extend(found.into_iter().map(|problem| format!("asked {}: {problem}", asked["question"])));
    }
    if !is_hasty() && !world.replays() {
        problems.push("the record does not replay to the same state".to_owned());
    }
    problems
}

fn check_outcome(world: &World<'_>, outcome: &Outcome, then: &Then) -> Vec<String> {
    let mut problems = match &outcome.result {
        Err(refusal) => check_refusal(world, refusal, then),
        Ok(_) if then.refused.is_some() => vec!["is accepted, not refused".to_owned()],
        Ok(receipt) => {
            compare(world, then.receipt.as_ref(), &serde_json::to_value(receipt).unwrap(), "receipt")
        }
    };
    if outcome.result.is_err() && outcome.own().is_some() {
        problems.push("something was committed although it was refused".to_owned());
    }
    let own = outcome.own().map_or_else(|| Value::Array(Vec::new()), |commit| commit["events"].clone());
    problems.extend(compare(world, then.events.as_ref(), &own, "events"));
    let ticks = outcome.commits.iter().filter(|commit| commit["actor"] == "clock");
    let ticked: Value =
        ticks.flat_map(|commit| commit["events"].as_array().cloned().unwrap_or_default()).collect();
    problems.extend(compare(world, then.ticked.as_ref(), &ticked, "ticked"));
    let told = told(&outcome.commits);
    if then.notices.as_ref().is_some_and(|expected| *expected != told) {
        problems.push(format!("the notices are {told:?}, not {:?}", then.notices));
    }
    if then.commits.is_some_and(|expected| expected != outcome.commits.len()) {
        problems.push(format!("{} commits were made, not {:?}", outcome.commits.len(), then.commits));
    }
    problems
}

fn check_refusal(world: &World<'_>, refusal: &Refusal, then: &Then) -> Vec<String> {
    let code = refusal.code();
    if then.refused.as_deref() != Some(code) {
        let expected = then.refused.as_deref().unwrap_or("accepted");
        return vec![format!("is refused with `{code}` ({refusal}), not `{expected}`")];
    }
    let mut problems = words::foreign(&refusal.to_string());
    problems.extend(compare(
        world,
        then.details.as_ref(),
        &serde_json::to_value(refusal).unwrap(),
        "details",
    ));
    problems
}

fn check_answer(
    world: &World<'_>,
    answer: Result<Value, Refusal>,
    expected: Option<&Value>,
    then: &Then,
) -> Vec<String> {
    match answer {
        Ok(answer) if then.refused.is_some() => vec![format!("is answered with {answer}, not refused")],
        Ok(answer) => {
            let mut problems = words::foreign_inside(&answer);
            problems.extend(compare(world, expected, &answer, "answer"));
            problems
        }
        Err(refusal) => check_refusal(world, &refusal, then),
    }
}

fn compare(world: &World<'_>, expected: Option<&Value>, actual: &Value, place: &str) -> Vec<String> {
    expected.map_or_else(Vec::new, |expected| differences(&world.names.expand(expected), actual, place))
}

macro_rules! run_each {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                run(stringify!($name));
            }
        )+

        #[test]
        fn every_file_of_vectors_is_run() {
            assert_eq!(files(), BTreeSet::from([$(stringify!($name).to_owned()),+]));
        }
    };
}

#[test]
fn every_vector_has_a_name_of_its_own() {
    let mut seen = BTreeSet::new();
    for vector in files().iter().flat_map(|file| read::<VectorFile>(file).vectors) {
        assert!(seen.insert(vector.name.clone()), "two vectors are called `{}`", vector.name);
    }
}

/// Ignored, because somebody has to say which: `cargo xtask vector "part of a name"` does.
#[test]
#[ignore = "tells the vectors that `VECTOR` names"]
fn the_vectors_that_are_named_hold() {
    let part = std::env::var("VECTOR").expect("`VECTOR` is a part of a vector's name");
    assert_eq!(telling::tell_named(&part), 0, "vectors that fail");
}

run_each! {
    archive
    acknowledge_break_glass
    amend_request
    any_of
    analyze
    break_glass
    bundles
    cancel_request
    changes
    clockwork
    delegation
    attributes
    conditions
    directory
    erasure
    edit_duration
    evaluate
    explain
    groups
    import
    inputs
    lists
    messages
    notices
    order
    permissions
    persons
    policies
    preview
    record
    release_grant
    renewals
    request_access
    reused_ids
    review_request
    revoke_grant
    search
    simulate
    ticks
    truthful
    until
    visibility
    who_may
    withdraw_review
}
