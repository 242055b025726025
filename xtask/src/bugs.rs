//! Bugs put in on purpose: each patch in `tests/bugs/` is applied to a copy of the checkout, and its test must fail.

mod copy;
mod patch;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::command::{minutes, run_hidden};
use crate::report::say;
use crate::tally::{Runner, Tally};
use copy::Copy;
use patch::{Bug, Test};

/// So much of what a program wrote is shown when it was to succeed.
const LAST_LINES: usize = 20;

/// What became of a bug.
enum Outcome {
    Found,
    /// Or the test could not tell; the text says more.
    NotFound(String),
    DoesNotApply(String),
    DoesNotCompile(String),
}

impl Outcome {
    fn words(&self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotFound(_) => "NOT FOUND",
            Self::DoesNotApply(_) => "DOES NOT APPLY",
            Self::DoesNotCompile(_) => "DOES NOT COMPILE",
        }
    }

    fn problem(&self) -> Option<&str> {
        match self {
            Self::Found => None,
            Self::NotFound(problem) | Self::DoesNotApply(problem) | Self::DoesNotCompile(problem) => {
                Some(problem)
            }
        }
    }
}

/// What a test says of the copy as it is.
enum Verdict {
    Passes,
    Fails,
    DoesNotCompile(String),
    /// It ended before or after its tests, or not at all.
    Breaks(String),
}

/// Puts in the bugs of these names, or all, one after the other; succeeds when each is found by its test.
pub fn run(names: &[String]) -> Result<ExitCode> {
    let tally = judge_named(names)?;
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The same, counting a bug that is found as a test that passed.
pub fn judge_named(names: &[String]) -> Result<Tally> {
    let bugs = patch::named(names)?;
    say("copying the checkout");
    let copy = Copy::make()?;
    let sound = sound_tests(&copy, &bugs)?;
    let mut rows = Vec::new();
    for bug in &bugs {
        let started = Instant::now();
        let outcome = match sound.contains(&&bug.found_by) {
            true => judge(&copy, bug)?,
            false => Outcome::NotFound(format!("`{}` does not pass without the bug", bug.found_by)),
        };
        let seconds = started.elapsed().as_secs_f32();
        say(&format!("{}: {}", bug.name, outcome.words()));
        if let Some(problem) = outcome.problem() {
            println!("{problem}");
        }
        rows.push((bug, outcome, seconds));
    }
    Ok(sum_up(&rows))
}

/// The tests that pass while no bug is in: of any other a failure would say nothing.
fn sound_tests<'a>(copy: &Copy, bugs: &'a [Bug]) -> Result<Vec<&'a Test>> {
    let mut seen: Vec<&Test> = Vec::new();
    let mut sound = Vec::new();
    for test in bugs.iter().map(|bug| &bug.found_by) {
        if seen.contains(&test) {
            continue;
        }
        seen.push(test);
        say(&format!("without a bug: {test}"));
        match verdict(copy, test)? {
            Verdict::Passes => sound.push(test),
            Verdict::Fails => println!("it fails: mend that first"),
            Verdict::DoesNotCompile(problem) | Verdict::Breaks(problem) => println!("{problem}"),
        }
    }
    Ok(sound)
}

fn judge(copy: &Copy, bug: &Bug) -> Result<Outcome> {
    if let Err(problem) = copy.apply(&bug.path) {
        return Ok(Outcome::DoesNotApply(format!(
            "{problem:#}\nwrite the patch anew against the source of today"
        )));
    }
    let verdict = verdict(copy, &bug.found_by);
    copy.take_out(&bug.path)?;
    Ok(match verdict? {
        Verdict::Fails => Outcome::Found,
        Verdict::Passes => Outcome::NotFound(format!("`{}` passes with the bug in", bug.found_by)),
        Verdict::DoesNotCompile(problem) => Outcome::DoesNotCompile(problem),
        Verdict::Breaks(problem) => Outcome::NotFound(problem),
    })
}

fn verdict(copy: &Copy, test: &Test) -> Result<Verdict> {
    // Compiled by itself: cargo fails alike when the compiler does and when a test does.
    let (compiles, said) =
        run_hidden(copy.cargo(&["test", "--no-run"])?.args(test.what_to_build()), minutes(15))?;
    if !compiles {
        return Ok(Verdict::DoesNotCompile(last_lines(&said)));
    }
    let mut tests = copy.cargo(&["test"])?;
    tests.args(&test.arguments).envs(test.variables.iter().cloned());
    let (succeeded, said) = match run_hidden(&mut tests, minutes(10)) {
        Ok(ran) => ran,
        Err(problem) => return Ok(Verdict::Breaks(format!("{problem:#}"))),
    };
    let mut tally = Tally::default();
    said.lines().for_each(|line| tally += Runner::Cargo.read(line));
    Ok(match (succeeded, tally) {
        (_, Tally { failed: 1.., .. }) => Verdict::Fails,
        (true, Tally { passed: 1.., .. }) => Verdict::Passes,
        (true, _) => Verdict::Breaks(format!("`{test}` runs no test")),
        (false, _) => Verdict::Breaks(last_lines(&said)),
    })
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
}

fn sum_up(rows: &[(&Bug, Outcome, f32)]) -> Tally {
    let mut tally = Tally::default();
    println!("\n{:30} {:16} {:>8}", "bug", "result", "seconds");
    for (bug, outcome, seconds) in rows {
        let is_found = matches!(outcome, Outcome::Found);
        tally += Tally { passed: u32::from(is_found), failed: u32::from(!is_found) };
        println!("{:30} {:16} {seconds:8.1}", bug.name, outcome.words());
    }
    println!("\n{} of {} bugs found", tally.passed, rows.len());
    tally
}
