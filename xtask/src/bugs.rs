//! Bugs put in on purpose: all patches in `tests/bugs/` are applied to a copy of the checkout, which is compiled once. Each
//! does what it does only where `crate::bug` says that its bug is in; then its test must fail. That the tests pass without
//! a bug is for the other steps to say.

mod copy;
mod patch;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::command::{minutes, run_hidden};
use crate::report::say;
use crate::tally::{Runner, Tally};
use copy::Copy;
use patch::Bug;

/// So much of what a program wrote is shown when it was to succeed.
const LAST_LINES: usize = 20;

/// What became of a bug.
enum Outcome {
    Found,
    /// Or the test could not tell; the text says more.
    NotFound(String),
    DoesNotApply(String),
}

impl Outcome {
    fn words(&self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotFound(_) => "NOT FOUND",
            Self::DoesNotApply(_) => "DOES NOT APPLY",
        }
    }

    fn problem(&self) -> Option<&str> {
        match self {
            Self::Found => None,
            Self::NotFound(problem) | Self::DoesNotApply(problem) => Some(problem),
        }
    }
}

/// What a test says of the copy.
enum Verdict {
    Passes,
    Fails,
    /// It ended before or after its tests, or not at all.
    Breaks(String),
}

/// Switches on the bugs of these names, or all, one after the other; succeeds when each is found by its test.
pub fn run(names: &[String]) -> Result<ExitCode> {
    let tally = judge_named(names)?;
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The same, counting a bug that is found as a test that passed.
pub fn judge_named(names: &[String]) -> Result<Tally> {
    let (all, wanted) = (patch::named(&[])?, patch::named(names)?);
    say("copying the checkout");
    let copy = Copy::make()?;
    // Whichever are wanted, all are put in: so the copy stays the same, and what is compiled of it.
    let refused: Vec<_> =
        all.iter().filter_map(|bug| Some((&bug.name, copy.apply(&bug.path).err()?))).collect();
    say("compiling it with all bugs");
    compile(&copy, &wanted)?;
    let mut rows = Vec::new();
    for bug in &wanted {
        let started = Instant::now();
        let outcome = match refused.iter().find(|(name, _)| **name == bug.name) {
            Some((_, problem)) => Outcome::DoesNotApply(format!(
                "{problem:#}\nwrite the patch anew against the source of today, apart from the other bugs"
            )),
            None => judge(&copy, bug)?,
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

/// Compiles what the tests need: by itself, since cargo fails alike when the compiler does and when a test does.
fn compile(copy: &Copy, bugs: &[Bug]) -> Result<()> {
    let needed: BTreeSet<_> = bugs.iter().map(|bug| bug.found_by.what_to_build()).collect();
    let mut build = copy.cargo(&["test", "--no-run"])?;
    let (compiles, said) = run_hidden(build.args(needed.into_iter().flatten()), minutes(30))?;
    if !compiles {
        bail!("with its bugs the copy does not compile:\n{}", last_lines(&said));
    }
    Ok(())
}

fn judge(copy: &Copy, bug: &Bug) -> Result<Outcome> {
    Ok(match verdict(copy, bug)? {
        Verdict::Fails => Outcome::Found,
        Verdict::Passes => Outcome::NotFound(format!("`{}` passes with the bug in", bug.found_by)),
        Verdict::Breaks(problem) => Outcome::NotFound(problem),
    })
}

fn verdict(copy: &Copy, bug: &Bug) -> Result<Verdict> {
    let test = &bug.found_by;
    let mut tests = copy.cargo(&["test"])?;
    tests.args(&test.arguments).envs(test.variables.iter().cloned());
    tests.env(copy::SWITCH, &bug.name);
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
