//! Runs the steps, all of them even when one fails, and sums up.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::report::say;
use crate::steps::{STEPS, Step, names};
use crate::tally::Tally;

/// A step that was run, or that could not be.
struct Ran {
    name: &'static str,
    tally: Tally,
    seconds: f32,
}

/// Runs the named steps and what they need, or all steps; succeeds when nothing failed.
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

fn chosen(wanted: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = wanted.iter().find(|name| !STEPS.iter().any(|step| step.name == name.as_str())) {
        bail!("there is no step `{unknown}`; the steps are {}", names());
    }
    let is_wanted = |step: &Step| wanted.is_empty() || wanted.iter().any(|name| name == step.name);
    let needed: Vec<_> = STEPS.iter().filter(|step| is_wanted(step)).flat_map(|step| step.needs).collect();
    Ok(STEPS.iter().filter(|step| is_wanted(step) || needed.contains(&&step.name)).collect())
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
