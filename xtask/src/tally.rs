//! How many tests passed and failed, as their runners say it.

use std::ops::AddAssign;

/// A number of tests.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Those that passed.
    pub passed: u32,
    /// Those that did not: failed, timed out, or not run because of another.
    pub failed: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

/// Who prints the closing line.
#[derive(Clone, Copy)]
pub enum Runner {
    /// libtest, native or by wasm-bindgen: `test result: ok. 3 passed; 0 failed; …`.
    Cargo,
    /// `node --test`: `# pass 3` and `# fail 0`, or with `ℹ` on a terminal.
    Node,
    /// Playwright: `3 passed (5.2s)`, and a line each for what else there was.
    Playwright,
    /// A step by itself: `3 passed, 0 failed`.
    Xtask,
}

impl Runner {
    /// What a line of output adds to the tally.
    pub fn read(self, line: &str) -> Tally {
        self.read_closing(line).unwrap_or_default()
    }

    /// The same; nothing of a line that closes no tests.
    pub fn read_closing(self, line: &str) -> Option<Tally> {
        let line = without_colours(line);
        let line = line.trim();
        match self {
            Self::Cargo => read_cargo(line),
            Self::Node => read_node(line),
            Self::Playwright => read_playwright(line),
            Self::Xtask => read_xtask(line),
        }
    }
}

fn read_cargo(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |what: &str| counts.split("; ").find_map(|part| part.strip_suffix(what)?.parse().ok());
    Some(Tally { passed: count(" passed")?, failed: count(" failed")? })
}

fn read_node(line: &str) -> Option<Tally> {
    let (what, count) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?.split_once(' ')?;
    let count = count.parse().ok()?;
    match what {
        "pass" => Some(Tally { passed: count, failed: 0 }),
        "fail" | "cancelled" => Some(Tally { passed: 0, failed: count }),
        _ => None,
    }
}

fn read_playwright(line: &str) -> Option<Tally> {
    let (count, what) = line.split_once(' ')?;
    let count = count.parse().ok()?;
    match what.split(" (").next()? {
        "passed" => Some(Tally { passed: count, failed: 0 }),
        // One that needed a second try is not to be relied on.
        "failed" | "flaky" | "interrupted" | "did not run" => Some(Tally { passed: 0, failed: count }),
        _ => None,
    }
}

fn read_xtask(line: &str) -> Option<Tally> {
    let (passed, failed) = line.strip_suffix(" failed")?.split_once(" passed, ")?;
    Some(Tally { passed: passed.parse().ok()?, failed: failed.parse().ok()? })
}

fn without_colours(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::{Runner, Tally};

    fn counted(runner: Runner, output: &str) -> (u32, u32) {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally += runner.read(line));
        (tally.passed, tally.failed)
    }

    #[test]
    fn the_closing_lines_of_cargo_are_summed() {
        let output = "running 2 tests\ntest a ... ok\ntest result: ok. 2 passed; 0 failed; 0 ignored\n\
                      test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured; finished in 0.02s\n";
        assert_eq!(counted(Runner::Cargo, output), (3, 3));
    }

    #[test]
    fn node_is_read_in_either_form() {
        assert_eq!(counted(Runner::Node, "ok 1 - a\n# tests 5\n# pass 4\n# fail 1\n# cancelled 0\n"), (4, 1));
        assert_eq!(counted(Runner::Node, "\u{1b}[34mℹ pass 4\u{1b}[39m\nℹ fail 0\nℹ cancelled 2\n"), (4, 2));
    }

    #[test]
    fn playwright_tests_that_were_flaky_or_not_run_count_as_failed() {
        assert_eq!(counted(Runner::Playwright, "  12 passed (5.2s)\n"), (12, 0));
        let output =
            "  1 failed\n    [chromium] › a.spec.ts:3:1 › b\n  1 flaky\n  2 did not run\n  5 passed (1.1m)\n";
        assert_eq!(counted(Runner::Playwright, output), (5, 4));
    }

    #[test]
    fn a_step_is_read_as_it_sums_up() {
        assert_eq!(counted(Runner::Xtask, "\nstep    result\n\n12 passed, 1 failed\n"), (12, 1));
        assert_eq!(Runner::Xtask.read_closing("0 passed, 0 failed"), Some(Tally::default()));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(counted(Runner::Cargo, "test passed ... ok\n3 passed\n"), (0, 0));
        assert_eq!(counted(Runner::Playwright, "Running 5 tests using 1 worker\n  2 skipped\n"), (0, 0));
    }
}
