//! Single vectors, found by a part of their names and told for people: given, when, then, and what came of it.

use serde_json::Value;

use super::expand::patched;
use super::format::{Fixtures, Vector, VectorFile, files, read};
use super::world::{World, told};
use super::{check, prepare};

/// So many are told whole; of more only those that fail.
const TOLD_WHOLE: usize = 5;

/// Checks the vectors that have this part in their names, in any case, and prints them; answers how many failed.
///
/// # Panics
/// When there is none.
pub(crate) fn tell_named(part: &str) -> usize {
    let fixtures: Fixtures = read("fixtures");
    let found: Vec<(String, Vector, Value)> =
        files().into_iter().flat_map(|file| named(&file, part)).collect();
    assert!(
        !found.is_empty(),
        "no vector has `{part}` in its name; the names are in tests/vectors/, at `\"name\"`"
    );
    let mut failed = 0;
    for (file, vector, text) in &found {
        println!("\n{}\n  in tests/vectors/{file}.json", vector.name);
        let problems = check(&fixtures, vector);
        if found.len() <= TOLD_WHOLE || !problems.is_empty() {
            tell(&fixtures, vector, text);
        }
        problems.iter().for_each(|problem| println!("  - {problem}"));
        println!("  {}", if problems.is_empty() { "holds" } else { "FAILS" });
        failed += usize::from(!problems.is_empty());
    }
    println!("\n{} hold, {failed} fail", found.len() - failed);
    failed
}

/// The vectors of a file that have this part in their names, each also as it is written.
fn named(file: &str, part: &str) -> Vec<(String, Vector, Value)> {
    let part = part.to_lowercase();
    let texts: Value = read(file);
    let texts = texts["vectors"].as_array().cloned().unwrap_or_default();
    let pairs = read::<VectorFile>(file).vectors.into_iter().zip(texts);
    let found = pairs.filter(|(vector, _)| vector.name.to_lowercase().contains(&part));
    found.map(|(vector, text)| (file.to_owned(), vector, text)).collect()
}

fn tell(fixtures: &Fixtures, vector: &Vector, text: &Value) {
    for step in &vector.given {
        println!("  given     {}", step.as_str().map_or_else(|| step.to_string(), str::to_owned));
    }
    println!("  when      {}", vector.when);
    match &vector.matrix {
        Some(matrix) => {
            for (actor, expected) in matrix {
                let when = patched(&vector.when, &serde_json::json!({ "actor": actor }));
                println!("  {actor:9} {expected}; {}", outcome(fixtures, &vector.given, &when));
            }
        }
        None => {
            println!("  then      {}", text.get("then").map_or("accepted".to_owned(), Value::to_string));
            println!("  outcome   {}", outcome(fixtures, &vector.given, &vector.when));
        }
    }
    if let Some(neighbour) = text.get("neighbour") {
        println!("  neighbour {neighbour}");
    }
}

/// What comes of it, in one line.
fn outcome(fixtures: &Fixtures, given: &[Value], when: &Value) -> String {
    let world: Result<World<'_>, String> = prepare(fixtures, given);
    let mut world = match world {
        Ok(world) => world,
        Err(problem) => return problem,
    };
    if when.get("question").is_some() {
        return match world.ask(when) {
            Ok(answer) => format!("answered {answer}"),
            Err(refusal) => format!("refused {}: {refusal}", refusal.code()),
        };
    }
    let done = world.execute(when);
    let notices = told(&done.commits);
    match &done.result {
        Err(refusal) => format!("refused {}: {refusal}", refusal.code()),
        Ok(_) if done.commits.is_empty() => "accepted, without an event".to_owned(),
        Ok(_) => {
            let events: Vec<String> =
                done.commits.iter().map(|commit| commit["events"].to_string()).collect();
            format!("accepted {}, notices {notices:?}", events.join(" "))
        }
    }
}
