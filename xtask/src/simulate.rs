//! `cargo xtask simulate`: the simulator of the whole system, on many seeds or on one.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{cargo, minutes, run};

/// What CI runs.
const SEEDS: u64 = 1_000;

/// Which seeds.
#[derive(Debug, PartialEq, Eq)]
enum Options {
    Many { from: u64, seeds: u64 },
    One(u64),
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let (mut from, mut seeds, mut one) = (0, SEEDS, None);
        let mut arguments = arguments.iter();
        while let Some(name) = arguments.next() {
            let value = arguments.next().with_context(|| format!("`{name}` needs a number"))?;
            let number = value.parse().with_context(|| format!("`{value}` is not a whole number"))?;
            match name.as_str() {
                "--from" => from = number,
                "--seeds" => seeds = number,
                "--seed" => one = Some(number),
                _ => bail!("`simulate` has no option `{name}`; there are --seeds, --from and --seed"),
            }
        }
        Ok(one.map_or(Self::Many { from, seeds }, Self::One))
    }
}

/// Runs the simulator: on so many seeds from one on, or on one, of which all is told that happens.
///
/// # Errors
/// When a checker complains, or an option is none.
pub fn simulate(arguments: &[String]) -> Result<()> {
    match Options::parse(arguments)? {
        Options::Many { from, seeds } => run(&mut tests(from, seeds)?, minutes(24 * 60)),
        Options::One(seed) => {
            let mut test =
                cargo(&["test", "--package", "access-engine", "--test", "simulation", "--", "one_seed"])?;
            run(test.env("SEED", seed.to_string()), minutes(60))
        }
    }
}

/// The tests of the simulator as CI runs them.
pub fn all_tests() -> Result<Command> {
    tests(0, SEEDS)
}

fn tests(from: u64, seeds: u64) -> Result<Command> {
    let mut tests = cargo(&["test", "--no-fail-fast", "--package", "access-engine", "--test", "simulation"])?;
    tests.env("FROM", from.to_string()).env("SEEDS", seeds.to_string());
    Ok(tests)
}

#[cfg(test)]
mod tests {
    use super::{Options, SEEDS};

    fn parse(line: &str) -> anyhow::Result<Options> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn seeds_are_many_or_one() {
        assert_eq!(parse("").unwrap(), Options::Many { from: 0, seeds: SEEDS });
        assert_eq!(parse("--seeds 5 --from 7").unwrap(), Options::Many { from: 7, seeds: 5 });
        assert_eq!(parse("--seed 4711").unwrap(), Options::One(4711));
        assert!(parse("--seed").is_err() && parse("--seed x").is_err() && parse("--night 1").is_err());
    }
}
