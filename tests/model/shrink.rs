//! Makes a failing sequence small: leaves commands out for as long as it still fails, and prints what is left.

use access_engine::commands::Command;
use access_engine::people::Actor;
use serde_json::{Value, json};

use super::comparison::Pair;
use super::state::{Made, Sent};

/// What a run of some commands came to: what each made, and in what engine and model differed at last.
struct Run {
    made: Vec<Option<(Made, String)>>,
    problem: Option<String>,
}

/// The texts by which later commands name what a command made.
fn names(pair: &Pair, made: &Made) -> (Made, String) {
    let request = made.request.as_ref().and_then(|id| pair.model.state.request(id));
    (made.clone(), request.map(|request| request.content_hash.clone()).unwrap_or_default())
}

/// Runs those of a sequence that are kept; ids and hashes of the first run stand for those of this one.
fn run(all: &[Sent], first: &[Option<(Made, String)>], kept: &[usize]) -> Run {
    let mut pair = Pair::new();
    let mut made = Vec::new();
    let mut renamed: Vec<(String, String)> = Vec::new();
    for &number in kept {
        let sent = rename(&all[number], &renamed);
        match pair.send(&sent) {
            Err(problem) => return Run { made, problem: Some(problem) },
            Ok(Err(_)) => made.push(None),
            Ok(Ok(now)) => {
                let now = names(&pair, &now);
                if let Some(Some(then)) = first.get(number) {
                    renamed.extend(pairs(then, &now));
                }
                made.push(Some(now));
            }
        }
    }
    Run { made, problem: pair.finish().err() }
}

fn pairs((then, then_hash): &(Made, String), (now, now_hash): &(Made, String)) -> Vec<(String, String)> {
    let texts = |made: &Made, hash: &str| {
        [
            made.policy.as_ref().map(ToString::to_string),
            made.request.as_ref().map(ToString::to_string),
            made.bundle.as_ref().map(ToString::to_string),
            made.grant.as_ref().map(ToString::to_string),
            made.delegation.as_ref().map(ToString::to_string),
            made.permission.as_ref().map(ToString::to_string),
            Some(hash.to_owned()).filter(|hash| !hash.is_empty()),
        ]
    };
    let both = texts(then, then_hash).into_iter().zip(texts(now, now_hash));
    both.filter_map(|(then, now)| Some((then?, now?))).collect()
}

fn rename(sent: &Sent, renamed: &[(String, String)]) -> Sent {
    let Some(command) = &sent.command else { return sent.clone() };
    let json = serde_json::to_string(command).expect("a command is JSON");
    let mut parts: Vec<String> = json.split('"').map(str::to_owned).collect();
    for part in &mut parts {
        if let Some((_, now)) = renamed.iter().rev().find(|(then, _)| then == part) {
            part.clone_from(now);
        }
    }
    let command = Command::from_json(&parts.join("\"")).expect("only names have changed");
    Sent { command: Some(command), ..sent.clone() }
}

/// The smallest sequence that still fails in the same respect, as steps of a vector, and how it fails.
pub(crate) fn smallest(all: &[Sent]) -> String {
    let everything: Vec<usize> = (0..all.len()).collect();
    let first = run(all, &[], &everything);
    let Some(problem) = first.problem.clone() else { return "it does not fail again".to_owned() };
    let aspect = |problem: &str| match problem {
        refusal if refusal.starts_with("refusal") => refusal.to_owned(),
        other => other.lines().next().unwrap_or_default().chars().take(8).collect(),
    };
    let wanted = aspect(&problem);
    let fails = |kept: &[usize]| {
        run(all, &first.made, kept).problem.is_some_and(|problem| aspect(&problem) == wanted)
    };
    let mut kept = everything;
    let mut size = kept.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.drain(at..(at + size).min(kept.len()));
            if fails(&fewer) {
                kept = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    let problem = run(all, &first.made, &kept).problem.unwrap_or_default();
    let steps: Vec<String> = steps(all, &first.made, &kept).iter().map(Value::to_string).collect();
    format!("{problem}\n{}", steps.join(",\n"))
}

fn steps(all: &[Sent], first: &[Option<(Made, String)>], kept: &[usize]) -> Vec<Value> {
    let mut pair = Pair::new();
    let mut renamed: Vec<(String, String)> = Vec::new();
    let mut steps = Vec::new();
    for &number in kept {
        let sent = rename(&all[number], &renamed);
        let actor = match &sent.actor {
            Actor::Subject(id) => id.to_string(),
            Actor::Host => "host".to_owned(),
            Actor::Clock => "clock".to_owned(),
        };
        let command = sent.command.as_ref().map_or(json!({ "tick": {} }), |command| json!(command));
        let mut step = json!({ "actor": actor, "command": command, "at": sent.now });
        if let Some(key) = &sent.key {
            step["key"] = json!(key);
        }
        match pair.send(&sent) {
            Ok(Ok(now)) => {
                let now = names(&pair, &now);
                if let Some(Some(then)) = first.get(number) {
                    renamed.extend(pairs(then, &now));
                }
            }
            Ok(Err(code)) => step["refused"] = json!(code),
            Err(_) => {}
        }
        steps.push(step);
    }
    steps
}
