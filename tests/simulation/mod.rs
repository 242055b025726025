//! A deterministic simulator of the whole system: several servers with the real engine and its shell, and around them a
//! world in virtual time that goes wrong in every way there is, all of it drawn from one seed.
//!
//! Nothing here knows real time, threads or files, so that it runs wherever the engine does.

#[path = "../model/generator/chance.rs"]
#[allow(dead_code, reason = "the model's chance, of which not all is drawn here")]
mod chance;
mod checkers;
mod clockwork;
mod company;
mod deeds;
mod directory;
pub(crate) mod faults;
mod host;
mod known;
mod plan;
mod points;
mod post;
mod questions;
mod run;
mod server;
mod shrink;
mod store;
mod view;
mod wishes;
mod witness;
mod world;

pub(crate) use self::checkers::CHECKERS;
pub(crate) use self::plan::Plan;
pub(crate) use self::points::Points;
pub(crate) use self::run::Run;
pub(crate) use self::shrink::{smallest, told};
pub(crate) use self::witness::Problem;

/// What came of a seed.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// What happened, a line each.
    pub(crate) trace: String,
    /// What was reached, how often.
    pub(crate) points: Points,
    /// The first problem that each checker found.
    pub(crate) problems: Vec<Problem>,
    /// How many commits the record came to.
    pub(crate) commits: usize,
    /// At how many things the checkers looked.
    pub(crate) looks: u64,
}

/// Tells what a seed stands for, from the first command to the end.
pub(crate) fn run(seed: u64) -> Outcome {
    run_plan(&Plan::of(seed))
}

/// The same, with some of it left out.
pub(crate) fn run_plan(plan: &Plan) -> Outcome {
    let mut run = Run::begin(plan);
    run.go_on(run.end());
    run.outcome()
}
