//! Runs the steps, all of them even when one fails, and sums up.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::report::say;
use crate::steps::{EVERYTHING, GROUPS, STEPS, Step};
use crate::tally::Tally;

/// A step that was run, or that could not be.
struct Ran {
    name: &'static str,
    tally: Tally,
    seconds: f32,
}

/// Runs the named steps, those of the named groups and what they need, or everything; succeeds when nothing failed.
///
/// The last line is `N passed, N failed`: tests, and one failed for each check that failed.
pub fn run(wanted: &[String]) -> Result<ExitCode> {
    let steps = chosen(wanted)?;
    let mut ran: Vec<Ran> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        say(&format!("── {} ({} of {}) ──", step.name, number + 1, steps.len()));
        ran.push(run_step(step, &ran));
    }
    Ok(sum_up(&ran))
}

/// The names that `cargo xtask test` knows, for people.
pub fn names() -> String {
    let steps = STEPS.map(|step| step.name).join(" ");
    let groups = GROUPS.map(|group| format!("\n{}: {}", group.name, group.steps.join(" "))).join("");
    format!("steps: {steps}\n\ngroups of steps:{groups}")
}

fn chosen(wanted: &[String]) -> Result<Vec<&'static Step>> {
    let mut names = if wanted.is_empty() { stands_for(EVERYTHING)? } else { Vec::new() };
    for name in wanted {
        names.extend(stands_for(name)?);
    }
    let is_wanted = |step: &Step| names.contains(&step.name);
    let needed: Vec<_> = STEPS.iter().filter(|step| is_wanted(step)).flat_map(|step| step.needs).collect();
    Ok(STEPS.iter().filter(|step| is_wanted(step) || needed.contains(&&step.name)).collect())
}

/// The steps that a name stands for: a group for its own, a step for itself.
fn stands_for(name: &str) -> Result<Vec<&'static str>> {
    if let Some(group) = GROUPS.iter().find(|group| group.name == name) {
        return Ok(group.steps.to_vec());
    }
    match STEPS.iter().find(|step| step.name == name) {
        Some(step) => Ok(vec![step.name]),
        None => bail!("`{name}` is no step and no group of steps; there are\n\n{}", names()),
    }
}

fn run_step(step: &Step, before: &[Ran]) -> Ran {
    let started = Instant::now();
    let missing = before.iter().find(|it| it.tally.failed > 0 && step.needs.contains(&it.name));
    let result = match missing {
        Some(missing) => Err(anyhow::anyhow!("not run, as it needs `{}`, which failed", missing.name)),
        None => (step.run)(),
    };
    let tally = result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Tally { passed: 0, failed: 1 }
    });
    Ran { name: step.name, tally, seconds: started.elapsed().as_secs_f32() }
}

fn sum_up(ran: &[Ran]) -> ExitCode {
    let mut sum = Tally::default();
    println!("\n{:20} {:7} {:>7} {:>7} {:>8}", "step", "result", "passed", "failed", "seconds");
    for Ran { name, tally, seconds } in ran {
        sum += *tally;
        let result = if tally.failed == 0 { "ok" } else { "FAILED" };
        println!("{name:20} {result:7} {:7} {:7} {seconds:8.1}", tally.passed, tally.failed);
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::chosen;

    fn names(wanted: &[&str]) -> Vec<&'static str> {
        let wanted: Vec<String> = wanted.iter().map(|&name| name.to_owned()).collect();
        chosen(&wanted).unwrap().iter().map(|step| step.name).collect()
    }

    #[test]
    fn a_group_stands_for_its_steps_each_run_once_and_in_order() {
        let quick = names(&["quick"]);
        assert!(quick.contains(&"clippy") && !quick.contains(&"slow-tests"), "{quick:?}");
        assert_eq!(names(&["clippy", "quick", "quick"]), quick);
    }

    #[test]
    fn what_a_step_needs_comes_before_it() {
        assert_eq!(names(&["package-tests"]), ["package", "package-tests"]);
    }

    #[test]
    fn an_unknown_name_is_answered_with_steps_and_groups() {
        let problem = chosen(&["quik".to_owned()]).err().unwrap().to_string();
        assert!(problem.starts_with("`quik` is no step") && problem.contains("slow-tests"), "{problem}");
        assert!(problem.contains("\nquick: format"), "{problem}");
    }
}
