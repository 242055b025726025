//! The whole system in virtual time, some thousand times, each from one seed; `cargo xtask simulate` runs it for a night.
//!
//! ```text
//! SEEDS=1000 FROM=0 cargo test --test simulation
//! SEED=4711 cargo test --test simulation -- --nocapture one_seed
//! ```
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails panics"
)]

#[path = "mod.rs"]
mod simulation;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{self, Write as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use simulation::faults::Fault;
use simulation::{CHECKERS, Outcome, Plan, Points, Run, run, smallest, told};

/// What all seeds came to.
#[derive(Default)]
struct All {
    seeds: u64,
    points: Points,
    commits: usize,
    looks: u64,
    /// The first seed in which a checker found something.
    failed: BTreeMap<&'static str, u64>,
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
}

/// Run once, whichever checker asks first.
static ALL: LazyLock<All> = LazyLock::new(|| {
    let all = sweep(|_| false);
    let mut said = String::new();
    for (point, count) in all.points.counts() {
        writeln!(said, "{point:45}{count:>10}").unwrap();
    }
    for (checker, seed) in &all.failed {
        writeln!(said, "{checker}: FAILED first by seed {seed}").unwrap();
    }
    let from = number("FROM", 0);
    writeln!(said, "\n{} seeds from {from}, {} commits, {} looks", all.seeds, all.commits, all.looks)
        .unwrap();
    io::stderr().write_all(said.as_bytes()).unwrap();
    all
});

/// Runs the seeds, on all cores, until what they came to is enough.
fn sweep(is_enough: impl Fn(&All) -> bool + Sync) -> All {
    let (from, seeds) = (number("FROM", 0), number("SEEDS", 100));
    let threads = thread::available_parallelism().map_or(2, |threads| threads.get() as u64);
    let ends = AtomicBool::new(false);
    let part = |thread: u64| {
        let mut all = All::default();
        for seed in (from..from + seeds).filter(|seed| seed % threads == thread) {
            if ends.load(Relaxed) {
                break;
            }
            all.add(seed, &run(seed));
            ends.fetch_or(is_enough(&all), Relaxed);
        }
        all
    };
    let mut all = All::default();
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect();
        running.into_iter().for_each(|part| all.join(part.join().expect("a thread panicked")));
    });
    all
}

impl All {
    fn add(&mut self, seed: u64, outcome: &Outcome) {
        self.seeds += 1;
        self.points.add(&outcome.points);
        self.commits += outcome.commits;
        self.looks += outcome.looks;
        for problem in &outcome.problems {
            self.failed.entry(problem.checker).or_insert(seed);
        }
    }

    fn join(&mut self, more: Self) {
        self.seeds += more.seeds;
        self.points.add(&more.points);
        self.commits += more.commits;
        self.looks += more.looks;
        for (checker, seed) in more.failed {
            let first = self.failed.entry(checker).or_insert(seed);
            *first = seed.min(*first);
        }
    }
}

fn holds(checker: &str) {
    assert!(CHECKERS.iter().any(|(name, _)| *name == checker), "there is no checker `{checker}`");
    // A bug that was put in is found or not: nothing is gained by more seeds, or by a smaller story.
    let is_bug = std::env::var("BUG").is_ok();
    let seed = if is_bug {
        sweep(|all| all.failed.contains_key(checker)).failed.remove(checker)
    } else {
        ALL.failed.get(checker).copied()
    };
    let Some(seed) = seed else { return };
    let (plan, outcome) = if is_bug { told(seed) } else { smallest(seed, checker) };
    let problem = outcome.problems.iter().find(|problem| problem.checker == checker).expect("it still fails");
    panic!("seed {seed}: {}\n\nwith {:?} only:\n{}", problem.text, plan.numbers(), outcome.trace);
}

/// A test for each checker, of its name.
macro_rules! hold {
    ($($checker:ident)*) => {
        $(#[test] fn $checker() { holds(stringify!($checker)); })*

        #[test]
        fn every_checker_has_a_test() {
            let tested = [$(stringify!($checker)),*];
            assert_eq!(CHECKERS.map(|(name, _)| name), tested);
        }
    };
}

hold! {
    everybody_who_has_access_was_let_in
    whoever_was_let_in_has_access
    a_revocation_is_everywhere_within_its_bound
    nobody_inherits_an_office
    no_mail_says_what_is_not_so
    no_mail_reaches_a_newcomer
    no_message_goes_out_twice
    servers_that_have_heard_everything_agree
    a_record_that_was_replaced_is_noticed
    nothing_acknowledged_is_lost
    a_repeated_command_acts_once
    what_is_promised_is_kept
    what_is_due_happens
    each_due_event_happens_once
}

#[test]
fn every_point_is_reached() {
    let never: Vec<_> =
        ALL.points.counts().into_iter().filter(|(_, count)| *count == 0).map(|it| it.0).collect();
    // So few may miss some.
    assert!(never.is_empty() || number("SEEDS", 100) < 1_000, "never reached: {never:?}");
}

#[test]
fn the_same_seed_tells_the_same() {
    for seed in 0..5 {
        assert_eq!(run(seed).trace, run(seed).trace, "seed {seed}");
    }
}

#[test]
fn whoever_breaks_more_by_hand_finds_nothing_either() {
    for seed in 0..number("SEEDS", 100) / 10 {
        let plan = Plan::of(seed);
        let mut run = Run::begin(&plan);
        // As much again as the seed has of its own, of which each goes wrong at another time.
        for fault in Plan::of(seed ^ 0xB401).faults() {
            let now = run.now();
            run.go_on(now + run.world.pace.active() / 20);
            run.meddle(Fault::by_hand(fault.wrong, fault.server, run.now(), run.world.pace));
        }
        run.go_on(run.end());
        let problems = run.outcome().problems;
        assert!(problems.is_empty(), "seed {seed}: {problems:#?}");
    }
}

/// What a seed tells: `SEED` says which.
#[test]
fn one_seed() {
    let Ok(seed) = std::env::var("SEED") else { return };
    let outcome = run(seed.parse().expect("a whole number"));
    io::stderr().write_all(outcome.trace.as_bytes()).unwrap();
    assert!(outcome.problems.is_empty(), "{:#?}", outcome.problems);
}
