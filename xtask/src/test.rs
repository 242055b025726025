//! Runs the steps, all of them even when one fails, in two lanes beside each other, and sums up.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::command::{minutes, run_labelled};
use crate::report::say;
use crate::steps::{EVERYTHING, GROUPS, Lane, STEPS, Step};
use crate::tally::{Runner, Tally};

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
    let ran = match steps[..] {
        // It has the terminal to itself.
        [step] => vec![run_step(step, &[], step.run)],
        _ => run_lanes(&steps)?,
    };
    Ok(sum_up(&ran))
}

/// Runs one step alone, without what it needs: what a lane does in a process of its own.
pub fn run_one(wanted: &[String]) -> Result<ExitCode> {
    let step = STEPS.iter().find(|step| [step.name] == *wanted).context("name one step")?;
    Ok(close(run_step(step, &[], step.run).tally))
}

fn run_lanes(steps: &[&'static Step]) -> Result<Vec<Ran>> {
    // Asked once: another cargo may put a new one in its place meanwhile.
    let this = std::env::current_exe()?;
    let run_lane = |lane: Lane| {
        let mut ran = Vec::new();
        for step in steps.iter().filter(|step| step.lane == lane) {
            say(&format!("{} begins", step.name));
            let now = run_step(step, &ran, || run_apart(&this, step.name));
            say(&format!("{} ends after {:.1} s, {} failed", now.name, now.seconds, now.tally.failed));
            ran.push(now);
        }
        ran
    };
    Ok(thread::scope(|scope| {
        let engine = scope.spawn(|| run_lane(Lane::Engine));
        let mut package = run_lane(Lane::Package);
        let mut ran = engine.join().expect("a lane panicked");
        ran.append(&mut package);
        ran
    }))
}

/// Runs a step in a process of its own, each line that it prints led by its name.
fn run_apart(this: &Path, name: &'static str) -> Result<Tally> {
    let mut tally = None;
    run_labelled(Command::new(this).args(["step", name]), name, minutes(60), |line| {
        tally = Runner::Xtask.read_closing(line).or(tally);
    })?;
    tally.context("it ended before it said what came of it")
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

fn run_step(step: &Step, before: &[Ran], run: impl FnOnce() -> Result<Tally>) -> Ran {
    let started = Instant::now();
    let missing = before.iter().find(|it| it.tally.failed > 0 && step.needs.contains(&it.name));
    let result = match missing {
        Some(missing) => Err(anyhow::anyhow!("not run, as it needs `{}`, which failed", missing.name)),
        None => run(),
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
    println!();
    close(sum)
}

/// The last line.
fn close(sum: Tally) -> ExitCode {
    println!("{} passed, {} failed", sum.passed, sum.failed);
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
