//! Runs many sequences on all cores and counts what was sent and answered.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::thread;

use access_engine::commands::Command;
use access_engine::events::AccessEvent;
use access_engine::refusal::Refusal;
use strum::VariantNames;

use super::comparison::Pair;
use super::generator::Generator;
use super::shrink::smallest;
use super::state::Sent;

/// How often each command was sent and accepted, and how often the rest came.
#[derive(Default)]
struct Counts {
    sent: BTreeMap<String, (u64, u64)>,
    refused: BTreeMap<String, u64>,
    /// How often each event happened.
    events: BTreeMap<String, u64>,
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
        for (event, times) in more.events {
            *self.events.entry(event).or_default() += times;
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
        writeln!(formatter, "\n{:<34}{:>10}", "event", "times")?;
        for (event, times) in &self.events {
            writeln!(formatter, "{event:<34}{times:>10}")?;
        }
        Ok(())
    }
}

/// A command with its answer.
type Answered = (Sent, Result<(), String>);

/// All that came of a sequence: answers, and events by name.
type Run = (Vec<Answered>, Vec<String>);

/// The sequence of a seed on both: all that came of it, or what was sent until they differed, and in what.
fn sequence(seed: u64) -> Result<Run, (Vec<Sent>, String)> {
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
    Ok((answers, pair.events()))
}

/// A failure for people: where, in what, and the smallest sequence that fails alike.
fn told(seed: u64, past: &[Sent], problem: &str) -> String {
    format!("seed {seed}, command {}: {problem}\n\nsmallest:\n{}", past.len(), smallest(past))
}

/// The name of the command, as on the wire.
fn name(sent: &Sent) -> &'static str {
    let Some(command) = &sent.command else { return TICK };
    let debug = format!("{command:?}");
    let variant = debug.split('(').next().expect("there is a first part");
    let is_meant = |name: &&&str| name.eq_ignore_ascii_case(variant);
    Command::VARIANTS.iter().find(is_meant).expect("every command has a name")
}

/// What is counted beside the commands: time that passes, and that is all.
const TICK: &str = "tick";

/// Runs so many sequences, from a seed on, on as many threads as there are cores.
pub(crate) fn run(from: u64, sequences: u64) {
    let threads = thread::available_parallelism().map_or(2, |threads| threads.get() as u64);
    let part = |thread: u64| {
        let mut counts = Counts::default();
        for seed in (from..from + sequences).filter(|seed| seed % threads == thread) {
            let (answers, events) = sequence(seed).map_err(|(past, problem)| told(seed, &past, &problem))?;
            events.into_iter().for_each(|event| *counts.events.entry(event).or_default() += 1);
            for (sent, answer) in answers {
                counts.count(name(&sent), answer.as_ref());
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

/// The refusals that no sequence can meet, and why.
const OUT_OF_REACH: [(&str, &[&str]); 4] = [
    (
        "the generator makes typed values, which is past the reading of input",
        &[
            "invalid_path",
            "invalid_pattern",
            "invalid_name",
            "invalid_id",
            "invalid_text",
            "invalid_time",
            "invalid_email",
            "invalid_url",
            "invalid_condition",
        ],
    ),
    ("stands inside `item_refused`, which is what is compared; vectors tell it", &["same_item"]),
    (
        "only questions are refused so, an import among them",
        &[
            "ambiguous_subject",
            "no_distinct_approver",
            "external_approval",
            "invalid_cursor",
            "not_in_snapshot",
        ],
    ),
    (
        "there is no host here that fails or races",
        &[
            "conflict",
            "host_failed",
            "host_timeout",
            "corrupt_record",
            "newer_record",
            "record_replaced",
            "erase_unsupported",
            "version_not_read",
            "read_only",
            "snapshot_out_of_date",
            "invalid_snapshot",
            "wasm_not_loaded",
            "engine_closed",
            "engine_poisoned",
            "aborted",
        ],
    ),
];

/// Every refusal that a command of a sequence can be answered with.
fn refusals() -> Vec<&'static str> {
    let out_of_reach: Vec<&str> = OUT_OF_REACH.iter().flat_map(|(_, codes)| *codes).copied().collect();
    let unknown: Vec<_> = out_of_reach.iter().filter(|code| !Refusal::VARIANTS.contains(code)).collect();
    assert!(unknown.is_empty(), "no refusals: {unknown:?}");
    Refusal::VARIANTS.iter().copied().filter(|code| !out_of_reach.contains(code)).collect()
}

/// What every run that is long enough must have met: each command accepted, each refusal given, each event.
fn check(counts: &Counts, sequences: u64) {
    let (sent, accepted) = counts.all();
    if sequences < 2_000 {
        return;
    }
    assert!(accepted * 100 >= sent * 40, "only {accepted} of {sent} were accepted");
    let is_accepted = |name: &str| counts.sent.get(name).is_some_and(|(_, accepted)| *accepted > 0);
    let mut idle: Vec<&str> = Command::VARIANTS.iter().copied().chain([TICK]).collect();
    idle.retain(|name| !is_accepted(name));
    assert!(idle.is_empty(), "never accepted: {idle:?}");
    let never: Vec<&str> =
        refusals().into_iter().filter(|code| !counts.refused.contains_key(*code)).collect();
    assert!(never.is_empty(), "never refused with {never:?}");
    let mut never = AccessEvent::VARIANTS.to_vec();
    never.retain(|name| !counts.events.contains_key(*name));
    assert!(never.is_empty(), "never happened: {never:?}");
}
