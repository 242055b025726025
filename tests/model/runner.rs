//! Runs many sequences on all cores and counts what was sent and answered.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::thread;

use super::comparison::Pair;
use super::generator::Generator;
use super::shrink::smallest;
use super::state::Sent;

/// How often each command was sent and accepted, and how often each code refused.
#[derive(Default)]
struct Counts {
    sent: BTreeMap<String, (u64, u64)>,
    refused: BTreeMap<String, u64>,
}

impl Counts {
    fn count(&mut self, command: &str, answer: Result<&(), &String>) {
        let (sent, accepted) = self.sent.entry(command.to_owned()).or_default();
        *sent += 1;
        match answer {
            Ok(()) => *accepted += 1,
            Err(code) => *self.refused.entry(code.clone()).or_default() += 1,
        }
    }

    fn add(&mut self, more: Self) {
        for (command, (sent, accepted)) in more.sent {
            let counts = self.sent.entry(command).or_default();
            *counts = (counts.0 + sent, counts.1 + accepted);
        }
        for (code, refused) in more.refused {
            *self.refused.entry(code).or_default() += refused;
        }
    }

    fn all(&self) -> (u64, u64) {
        self.sent.values().fold((0, 0), |sum, n| (sum.0 + n.0, sum.1 + n.1))
    }

    /// Says it for everybody to read: what a test prints is shown only when it fails, but for what it writes itself.
    fn print(&self, sequences: u64) {
        let (sent, accepted) = self.all();
        let all = format!("\n{self}\n{sequences} sequences, {sent} commands, {accepted} accepted\n");
        io::stderr().write_all(all.as_bytes()).unwrap();
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{:<24}{:>10}{:>10}", "command", "sent", "accepted")?;
        for (command, (sent, accepted)) in &self.sent {
            writeln!(formatter, "{command:<24}{sent:>10}{accepted:>10}")?;
        }
        writeln!(formatter, "\n{:<34}{:>10}", "refusal", "times")?;
        for (code, times) in &self.refused {
            writeln!(formatter, "{code:<34}{times:>10}")?;
        }
        Ok(())
    }
}

/// A command with its answer.
type Answered = (Sent, Result<(), String>);

/// The sequence of a seed on both: all answers, or what was sent until they differed, and in what.
fn sequence(seed: u64) -> Result<Vec<Answered>, (Vec<Sent>, String)> {
    let mut pair = Pair::new();
    let mut generator = Generator::new(seed);
    let mut answers = Vec::new();
    while let Some(sent) = generator.next(&pair.model) {
        match pair.send(&sent) {
            Ok(answer) => answers.push((sent, answer.map(drop))),
            Err(problem) => return Err((pair.model.past().to_vec(), problem)),
        }
    }
    pair.finish().map_err(|problem| (pair.model.past().to_vec(), problem))?;
    Ok(answers)
}

/// The first of these sequences in which the engine and the model differ, and in what.
#[allow(dead_code, reason = "for `tests/seeded_bugs.rs`")]
pub(crate) fn first_difference(mut seeds: Range<u64>) -> Option<(u64, String)> {
    seeds.find_map(|seed| sequence(seed).err().map(|(_, problem)| (seed, problem)))
}

/// A failure for people: where, in what, and the smallest sequence that fails alike.
fn told(seed: u64, past: &[Sent], problem: &str) -> String {
    format!("seed {seed}, command {}: {problem}\n\nsmallest:\n{}", past.len(), smallest(past))
}

fn name(sent: &Sent) -> String {
    let Some(command) = &sent.command else { return "tick".to_owned() };
    format!("{command:?}").split('(').next().unwrap_or_default().to_owned()
}

/// All commands, and the tick.
const COMMANDS: usize = 24;

/// Runs so many sequences, from a seed on, on as many threads as there are cores.
pub(crate) fn run(from: u64, sequences: u64) {
    let threads = thread::available_parallelism().map_or(2, |threads| threads.get() as u64);
    let part = |thread: u64| {
        let mut counts = Counts::default();
        for seed in (from..from + sequences).filter(|seed| seed % threads == thread) {
            let answers = sequence(seed).map_err(|(past, problem)| told(seed, &past, &problem))?;
            for (sent, answer) in answers {
                counts.count(&name(&sent), answer.as_ref());
            }
        }
        Ok(counts)
    };
    let parts: Vec<Result<Counts, String>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread panicked")).collect()
    });
    let mut counts = Counts::default();
    let mut problems = Vec::new();
    for part in parts {
        match part {
            Ok(more) => counts.add(more),
            Err(problem) => problems.push(problem),
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n\n"));
    counts.print(sequences);
    check(&counts, sequences);
}

/// Every refusal that a command can be answered with.
///
/// Left out are those of input that is no command (`invalid_*` and `limit_exceeded`: the generator makes typed values;
/// the limits that need a state, such as 32 levels of groups, are in `tests/limits.rs` and the vectors), and those of a
/// host that fails or races (`conflict`, `host_*`, `corrupt_record`, `engine_*`, `aborted`: there is no host here).
const REFUSALS: [&str; 56] = [
    "subject_required",
    "host_required",
    "unknown_actor",
    "actor_disabled",
    "not_found",
    "not_administrator",
    "not_requester",
    "not_requester_or_administrator",
    "not_holder",
    "not_revoker",
    "not_an_approver",
    "self_approval",
    "approved_earlier_step",
    "break_glass_not_allowed",
    "not_a_bypasser",
    "condition_not_met",
    "last_administrator",
    "unknown_subject",
    "unknown_group",
    "group_cycle",
    "project_exists",
    "no_project",
    "no_steps",
    "no_approvers",
    "required_out_of_range",
    "rejections_out_of_range",
    "escalation_out_of_range",
    "reminder_out_of_range",
    "policy_conflict",
    "no_holders",
    "no_policy",
    "split_request",
    "duration_too_long",
    "start_out_of_range",
    "justification_required",
    "no_other_approver",
    "already_granted",
    "duplicate_request",
    "too_many_requests",
    "request_not_pending",
    "stale_review",
    "already_reviewed",
    "no_standing_review",
    "duration_not_shorter",
    "reason_required",
    "justification_too_short",
    "not_break_glass",
    "already_acknowledged",
    "grant_ended",
    "item_refused",
    "not_renewable",
    "self_delegation",
    "delegate_disabled",
    "duplicate_delegation",
    "delegation_ended",
    "no_delegation",
];

/// What every run that is long enough must have met: each command accepted, each refusal given.
fn check(counts: &Counts, sequences: u64) {
    let (sent, accepted) = counts.all();
    if sequences < 2_000 {
        return;
    }
    assert!(accepted * 100 >= sent * 40, "only {accepted} of {sent} were accepted");
    let idle: Vec<&String> =
        counts.sent.iter().filter(|(_, (_, accepted))| *accepted == 0).map(|(command, _)| command).collect();
    assert!(idle.is_empty() && counts.sent.len() == COMMANDS, "never accepted: {idle:?}");
    let never: Vec<&str> = REFUSALS
        .into_iter()
        .chain(["idempotency_mismatch"])
        .filter(|code| !counts.refused.contains_key(*code))
        .collect();
    assert!(never.is_empty(), "never refused with {never:?}");
}
