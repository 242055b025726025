//! What `cargo xtask test` runs, in this order.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{self, at_root, cargo, minutes, run_reading};
use crate::tally::{Runner, Tally};
use crate::{browser, bugs, demo, npm, package, toolchain};

/// One step: what it is called, which steps must have passed before it, and what it does.
pub struct Step {
    /// For `cargo xtask test <name>` and the table at the end.
    pub name: &'static str,
    /// Steps whose work this one stands on.
    pub needs: &'static [&'static str],
    /// Runs it and counts its tests; a check counts none.
    pub run: fn() -> Result<Tally>,
}

const fn step(name: &'static str, needs: &'static [&'static str], run: fn() -> Result<Tally>) -> Step {
    Step { name, needs, run }
}

/// Every step; quick checks come first.
pub const STEPS: [Step; 14] = [
    step("format", &[], format),
    step("clippy", &[], clippy),
    step("clippy-wasm", &[], clippy_wasm),
    step("docs", &[], docs),
    step("native-tests", &[], native_tests),
    step("bugs", &[], bugs),
    step("wasm-tests-node", &[], wasm_tests_node),
    step("wasm-tests-browser", &[], wasm_tests_browser),
    step("package", &[], package),
    step("types", &["package"], types),
    step("lint", &[], lint),
    step("package-tests", &["package"], package_tests),
    step("package-browser-tests", &["package"], package_browser_tests),
    step("page-tests", &["package"], page_tests),
];

/// The names of all steps, in order.
pub fn names() -> String {
    STEPS.map(|step| step.name).join(" ")
}

const WASM_TESTS: [&str; 8] =
    ["--package", "access-engine", "--features", "wasm", "--target", toolchain::WASM, "--test", "wasm*"];

/// The fuzz targets, which nothing here runs: a workspace of their own.
const FUZZ: &str = "fuzz/Cargo.toml";

fn format() -> Result<Tally> {
    toolchain::ensure_components()?;
    check(cargo(&["fmt", "--all", "--check"])?)?;
    check(cargo(&["fmt", "--manifest-path", FUZZ, "--check"])?)
}

fn clippy() -> Result<Tally> {
    toolchain::ensure_components()?;
    check(cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?)?;
    // Without its features, because libFuzzer takes a C++ compiler.
    let mut fuzz = cargo(&["clippy", "--manifest-path", FUZZ, "--target-dir", "target"])?;
    fuzz.args(["--no-default-features", "--all-targets", "--", "-D", "warnings"]);
    check(fuzz)
}

fn clippy_wasm() -> Result<Tally> {
    toolchain::ensure_components()?;
    toolchain::ensure_wasm_target()?;
    let mut clippy = cargo(&["clippy", "--lib"])?;
    clippy.args(WASM_TESTS).args(["--", "-D", "warnings"]);
    check(clippy)
}

fn docs() -> Result<Tally> {
    let mut doc = cargo(&["doc", "--package", "access-engine", "--no-deps"])?;
    doc.env("RUSTDOCFLAGS", "-D warnings");
    check(doc)
}

fn native_tests() -> Result<Tally> {
    let which = ["--package", "access-engine", "--package", "xtask"];
    let mut tests = cargo(&["test", "--no-fail-fast"])?;
    tests.args(which);
    count(tests, Runner::Cargo)
}

/// Each bug that is found counts as a test that passed.
fn bugs() -> Result<Tally> {
    bugs::judge_named(&[])
}

fn wasm_tests_node() -> Result<Tally> {
    toolchain::ensure_wasm_target()?;
    toolchain::ensure_node()?;
    let mut tests = cargo(&["test", "--no-fail-fast"])?;
    tests.args(WASM_TESTS).env("WASM_BINDGEN_TEST_ONLY_NODE", "1");
    count(tests, Runner::Cargo)
}

fn wasm_tests_browser() -> Result<Tally> {
    toolchain::ensure_wasm_target()?;
    let mut tests = cargo(&["test", "--no-fail-fast"])?;
    browser::drive(&browser::find_chrome()?, tests.args(WASM_TESTS))?;
    count(tests, Runner::Cargo)
}

fn package() -> Result<Tally> {
    package::build().map(|()| Tally::default())
}

fn types() -> Result<Tally> {
    check(npm::script("pkg", "check")?)?;
    check(npm::script("www", "check")?)
}

fn lint() -> Result<Tally> {
    npm::ensure_packages()?;
    check(at_root("npm", &["run", "--silent", "lint"])?)
}

fn package_tests() -> Result<Tally> {
    count(npm::script("pkg", "test")?, Runner::Node)
}

fn package_browser_tests() -> Result<Tally> {
    in_chrome(npm::script("pkg", "test:browser")?)
}

fn page_tests() -> Result<Tally> {
    demo::build_page()?;
    in_chrome(npm::script("www", "test")?)
}

fn in_chrome(mut tests: Command) -> Result<Tally> {
    tests.env("CHROME_PATH", browser::find_chrome()?);
    count(tests, Runner::Playwright)
}

fn check(mut check: Command) -> Result<Tally> {
    command::run(&mut check, minutes(15)).map(|()| Tally::default())
}

fn count(mut tests: Command, runner: Runner) -> Result<Tally> {
    let mut tally = Tally::default();
    let succeeded = run_reading(&mut tests, minutes(15), |line| tally += runner.read(line))?;
    if !succeeded && tally.failed == 0 {
        // It broke before or after its tests.
        tally.failed = 1;
    }
    if tally == Tally::default() {
        bail!("no test was run");
    }
    Ok(tally)
}
