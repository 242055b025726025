//! Mutation tests: each file that decides is changed a little, again and again, and the tests are to notice.

use std::collections::BTreeMap;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command::{answer, cargo, minutes, run_reading};
use crate::places;

const SOON: Duration = Duration::from_secs(20);
/// What decides. No mutant of it is left out; the JSON Schema of policies decides nothing and is not compiled here.
const FILES: [&str; 6] = [
    "src/access/**",
    "src/approval/**",
    "src/commands/**",
    "src/grants/**",
    "src/policies/**",
    "src/resources/matching/**",
];
const SCHEMA: &str = "src/policies/schema.rs";
/// What the vectors miss is judged again, by the unit tests and those of the archive as well.
const ROUNDS: [&[&str]; 2] = [&[], &["--iterate", "--cargo-arg=--lib", "--cargo-arg=--test=archive"]];

/// How many mutants of a file came out in which way.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
struct Count {
    caught: usize,
    missed: usize,
    timeouts: usize,
    unviable: usize,
}

impl Count {
    /// Those that compile and come to an end.
    fn judged(self) -> usize {
        self.caught + self.missed
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, more: Self) {
        self.caught += more.caught;
        self.missed += more.missed;
        self.timeouts += more.timeouts;
        self.unviable += more.unviable;
    }
}

type Counts = BTreeMap<String, Count>;

/// Runs all mutants of what decides, or with `--file` those of other files, and counts. Further options are those of
/// `cargo mutants`.
///
/// # Errors
/// When `cargo mutants` is missing, or has judged nothing.
pub fn run(options: &[String]) -> Result<()> {
    if answer(&mut cargo(&["mutants", "--version"])?, SOON).is_none() {
        bail!("there is no `cargo mutants`; `cargo install --locked cargo-mutants` installs it");
    }
    let folder = places::scratch()?.join("mutants");
    fs::create_dir_all(&folder)?;
    let results = folder.join("mutants.out");
    let mut counts = Counts::new();
    for round in ROUNDS {
        for count in counts.values_mut() {
            (count.missed, count.timeouts) = (0, 0);
        }
        let mut mutants = cargo(&["mutants", "--no-shuffle", "--output"])?;
        mutants.arg(&folder).args(round).args(options);
        // First in haste, to which what goes wrong when a record is read again is unknown.
        mutants.envs(round.is_empty().then_some(("FAIL_FAST", "1")));
        if !options.iter().any(|option| option == "-f" || option.starts_with("--file")) {
            mutants.args(FILES.map(|file| format!("--file={file}"))).arg(format!("--exclude={SCHEMA}"));
        }
        // It fails when a mutant is missed; what it wrote says more.
        run_reading(&mut mutants, minutes(24 * 60), |_| ())?;
        add(&mut counts, &results)?;
        if counts.values().all(|count| count.missed + count.timeouts == 0) {
            break;
        }
    }
    if counts.is_empty() {
        bail!("no mutant was judged; `{}` says why", results.join("log").display());
    }
    print(&counts);
    Ok(())
}

fn add(counts: &mut Counts, results: &Path) -> Result<()> {
    let one = |name: &str| match name {
        "caught" => Count { caught: 1, ..Count::default() },
        "missed" => Count { missed: 1, ..Count::default() },
        "timeout" => Count { timeouts: 1, ..Count::default() },
        _ => Count { unviable: 1, ..Count::default() },
    };
    for name in ["caught", "missed", "timeout", "unviable"] {
        let path = results.join(format!("{name}.txt"));
        let text = fs::read_to_string(&path).with_context(|| format!("`{}` is missing", path.display()))?;
        for (file, _) in text.lines().filter_map(|line| line.split_once(':')) {
            *counts.entry(file.to_owned()).or_default() += one(name);
        }
    }
    Ok(())
}

fn print(counts: &Counts) {
    println!(
        "\n{:36} {:>7} {:>7} {:>7} {:>9} {:>9}",
        "file", "caught", "missed", "of", "timeouts", "unviable"
    );
    let mut sum = Count::default();
    for (file, count) in counts {
        sum += *count;
        let Count { caught, missed, timeouts, unviable } = count;
        println!("{file:36} {caught:7} {missed:7} {:7} {timeouts:9} {unviable:9}", count.judged());
    }
    let percent = 100.0 * sum.caught as f64 / sum.judged().max(1) as f64;
    println!("\n{} of {} mutants caught: {percent:.1} %", sum.caught, sum.judged());
    println!("{} timeouts and {} that do not compile are not among them", sum.timeouts, sum.unviable);
}

#[cfg(test)]
mod tests {
    use super::{Count, Counts, add};

    #[test]
    fn mutants_are_counted_by_file() {
        let folder = std::env::temp_dir().join(format!("mutants-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        write("caught.txt", "src/a.rs:1:2: replace f with ()\nsrc/a.rs:1:9: replace == with != in f::g\n");
        write("missed.txt", "src/b.rs:3:4: delete ! in h\n");
        write("timeout.txt", "");
        write("unviable.txt", "src/a.rs:5:6: replace k with Default::default()\n");
        let mut counts = Counts::new();
        add(&mut counts, &folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(counts["src/a.rs"], Count { caught: 2, unviable: 1, ..Count::default() });
        assert_eq!(counts["src/b.rs"], Count { missed: 1, ..Count::default() });
    }
}
