//! What `cargo xtask test` runs, in this order.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{self, COMPILED_SOON, at_root, cargo, minutes, run_reading};
use crate::tally::{Runner, Tally};
use crate::{browser, bugs, demo, docs, install, npm, package, places, simulate, toolchain, wasm};
use Lane::{Engine, Package};

/// One step: what it is called, which steps must have passed before it, and what it does.
pub struct Step {
    /// For `cargo xtask test <name>` and the table at the end.
    pub name: &'static str,
    /// Beside which steps it runs.
    pub lane: Lane,
    /// Steps of its lane whose work this one stands on.
    pub needs: &'static [&'static str],
    /// Runs it and counts its tests; a check counts none.
    pub run: fn() -> Result<Tally>,
}

/// Steps that run one after the other, beside those of the other lane.
///
/// What compiles and links on one core leaves the other to whoever tests: cargo locks a build folder only while it
/// builds, and the package is built in others than the native tests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// The engine, natively and as WebAssembly.
    Engine,
    /// The package and the page.
    Package,
}

const fn step(
    lane: Lane,
    name: &'static str,
    needs: &'static [&'static str],
    run: fn() -> Result<Tally>,
) -> Step {
    Step { name, lane, needs, run }
}

/// Every step; in each lane quick checks come first.
pub const STEPS: [Step; 25] = [
    step(Engine, "format", &[], format),
    step(Engine, "clippy", &[], clippy),
    step(Engine, "clippy-wasm", &[], clippy_wasm),
    step(Engine, "docs", &[], docs),
    step(Engine, "pages", &[], pages),
    step(Engine, "native-tests", &[], native_tests),
    step(Engine, "doc-tests", &[], doc_tests),
    step(Engine, "slow-tests", &[], slow_tests),
    step(Engine, "simulation", &[], simulation),
    step(Engine, "bugs", &[], bugs),
    step(Engine, "fuzz-story", &[], fuzz_story),
    step(Engine, "wasm-tests-node", &[], wasm_tests_node),
    step(Engine, "wasm-tests-browser", &[], wasm_tests_browser),
    step(Package, "lint", &[], lint),
    step(Package, "quick-package", &[], quick_package),
    step(Package, "quick-package-tests", &["quick-package"], package_tests),
    step(Package, "package", &[], package),
    step(Package, "types", &["package"], types),
    step(Package, "api-page", &["package"], api_page),
    step(Package, "package-tests", &["package"], package_tests),
    step(Package, "tarball-tests", &["package"], tarball_tests),
    step(Package, "server-tests", &["package"], server_tests),
    step(Package, "benches", &["package"], benches),
    step(Package, "package-browser-tests", &["package"], package_browser_tests),
    step(Package, "page-tests", &["package"], page_tests),
];

/// Several steps under one name, which is none of a step.
pub struct Group {
    /// For `cargo xtask test <name>`.
    pub name: &'static str,
    /// The names of its steps.
    pub steps: &'static [&'static str],
}

/// What is run when nothing is named.
pub const EVERYTHING: &str = "all";

/// Every group.
pub const GROUPS: [Group; 2] = [
    Group {
        name: EVERYTHING,
        steps: &[
            "format",
            "clippy",
            "clippy-wasm",
            "docs",
            "pages",
            "native-tests",
            "doc-tests",
            "slow-tests",
            "simulation",
            "bugs",
            "fuzz-story",
            "wasm-tests-node",
            "wasm-tests-browser",
            "package",
            "types",
            "api-page",
            "lint",
            "package-tests",
            "tarball-tests",
            "server-tests",
            "benches",
            "package-browser-tests",
            "page-tests",
        ],
    },
    // What somebody waits for while at work: within two minutes when all was built before.
    Group {
        name: "quick",
        steps: &[
            "format",
            "clippy",
            "clippy-wasm",
            "lint",
            "pages",
            "native-tests",
            "quick-package",
            "quick-package-tests",
        ],
    },
];

/// The tests that take long, by the names of their files in `tests/`.
const SLOW: [&str; 2] = ["limits", "model"];

/// The same, with a step of its own.
const SIMULATION: &str = "simulation";

/// The unit tests that take long, since they try everything there is.
const SLOW_UNITS: [&str; 3] = ["matching::tests::enumeration", "policies::laws", "unicode::tests::agreement"];

const WASM_TESTS: [&str; 8] =
    ["--package", "access-engine", "--features", "wasm", "--target", toolchain::WASM, "--test", "wasm*"];

/// The fuzz targets, of which only the story that they begin with is run here: a workspace of their own.
const FUZZ: &str = "fuzz/Cargo.toml";

/// The benchmarks without JavaScript, which nobody waits for here: they compile.
const NATIVE_BENCHES: &str = "benches/native/Cargo.toml";

fn format() -> Result<Tally> {
    toolchain::ensure_components()?;
    check(cargo(&["fmt", "--all", "--check"])?)?;
    check(cargo(&["fmt", "--manifest-path", FUZZ, "--check"])?)?;
    check(cargo(&["fmt", "--manifest-path", NATIVE_BENCHES, "--check"])?)
}

fn clippy() -> Result<Tally> {
    toolchain::ensure_components()?;
    check(cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?)?;
    // Without its features, because libFuzzer takes a C++ compiler.
    let mut fuzz = cargo(&["clippy", "--manifest-path", FUZZ, "--target-dir", "target"])?;
    fuzz.args(["--no-default-features", "--all-targets", "--", "-D", "warnings"]);
    check(fuzz)?;
    let benches = ["clippy", "--manifest-path", NATIVE_BENCHES, "--target-dir", "target", "--all-targets"];
    check(cargo(&[&benches[..], &["--", "-D", "warnings"]].concat())?)
}

/// What the fuzz targets begin with is told, read again and asked about.
fn fuzz_story() -> Result<Tally> {
    let mut story = cargo(&["run", "--manifest-path", FUZZ, "--target-dir", "target"])?;
    story.args(["--no-default-features", "--example", "seeds"]);
    check(story)
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

fn pages() -> Result<Tally> {
    docs::check_errors().map(|()| Tally::default())
}

fn native_tests() -> Result<Tally> {
    let packages = ["access-engine", "access-rights", "xtask", "error-page"];
    let mut tests = cargo(&["test", "--no-fail-fast", "--lib", "--bins"])?;
    tests.args(packages.map(|name| format!("--package={name}"))).args(named(&quick_tests()?)).arg("--");
    tests.args(SLOW_UNITS.iter().flat_map(|name| ["--skip", name]));
    count(tests, Runner::Cargo)
}

fn doc_tests() -> Result<Tally> {
    count(cargo(&["test", "--package", "access-engine", "--doc"])?, Runner::Cargo)
}

fn slow_tests() -> Result<Tally> {
    let mut tests = cargo(&["test", "--no-fail-fast", "--package", "access-engine"])?;
    tests.args(named(&SLOW.map(str::to_owned)));
    let mut units = cargo(&["test", "--package", "access-engine", "--lib", "--"])?;
    units.args(SLOW_UNITS);
    let mut tally = count(units, Runner::Cargo)?;
    tally += count(tests, Runner::Cargo)?;
    Ok(tally)
}

/// Every test in `tests/` that is not slow: a new file is among them without being listed.
fn quick_tests() -> Result<Vec<String>> {
    let folder = places::root()?.join("tests");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("`{}` cannot be read", folder.display()))? {
        let path = entry?.path();
        // A test is a file, or a folder with its files.
        let is_test = path.extension().is_some_and(|it| it == "rs") || path.join("main.rs").is_file();
        names.extend(path.file_stem().filter(|_| is_test).map(|name| name.to_string_lossy().into_owned()));
    }
    names.retain(|name| !SLOW.contains(&name.as_str()) && name != SIMULATION);
    names.sort();
    Ok(names)
}

/// The arguments by which cargo runs these tests only.
fn named(tests: &[String]) -> impl Iterator<Item = String> {
    tests.iter().map(|test| format!("--test={test}"))
}

/// The whole system in virtual time, from 1,000 seeds.
fn simulation() -> Result<Tally> {
    count(simulate::all_tests()?, Runner::Cargo)
}

/// Each bug that is found counts as a test that passed.
fn bugs() -> Result<Tally> {
    bugs::judge_named(&[])
}

fn wasm_tests_node() -> Result<Tally> {
    toolchain::ensure_wasm_target()?;
    toolchain::ensure_node()?;
    let mut tests = cargo(&["test", "--no-fail-fast"])?;
    tests.args(COMPILED_SOON).args(WASM_TESTS).env("WASM_BINDGEN_TEST_ONLY_NODE", "1");
    count(tests, Runner::Cargo)
}

fn wasm_tests_browser() -> Result<Tally> {
    toolchain::ensure_wasm_target()?;
    let mut tests = cargo(&["test", "--no-fail-fast"])?;
    browser::drive(&browser::find_chrome()?, tests.args(COMPILED_SOON).args(WASM_TESTS))?;
    count(tests, Runner::Cargo)
}

fn package() -> Result<Tally> {
    package::build().map(|()| Tally::default())
}

fn quick_package() -> Result<Tally> {
    package::build_for_quick_tests().map(|()| Tally::default())
}

fn types() -> Result<Tally> {
    check(npm::script("pkg", "check")?)?;
    wasm::build_simulator()?;
    check(npm::script("www", "check")?)
}

fn api_page() -> Result<Tally> {
    docs::check_api().map(|()| Tally::default())
}

fn lint() -> Result<Tally> {
    npm::ensure_packages()?;
    check(at_root("npm", &["run", "--silent", "lint"])?)
}

fn package_tests() -> Result<Tally> {
    count(npm::script("pkg", "test")?, Runner::Node)
}

/// The package as npm would install it, in Node, in bundles, in workerd, and under the resolutions of TypeScript.
fn tarball_tests() -> Result<Tally> {
    count(npm::script("pkg", "test:tarball")?, Runner::Node)
}

/// Stores and mailers on the real thing: servers that the tests start by themselves.
fn server_tests() -> Result<Tally> {
    install::ensure_servers()?;
    count(npm::script("pkg", "test:servers")?, Runner::Node)
}

/// That the benchmark answers right and runs; its figures mean nothing beside other work.
fn benches() -> Result<Tally> {
    let tally = count(npm::script("benches", "test")?, Runner::Node)?;
    check(npm::script("benches", "smoke")?)?;
    install::ensure_servers()?;
    check(npm::script("benches", "smoke:hosts")?)?;
    Ok(tally)
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
    let succeeded = run_reading(&mut tests, minutes(25), |line| tally += runner.read(line))?;
    if !succeeded && tally.failed == 0 {
        // It broke before or after its tests.
        tally.failed = 1;
    }
    if tally == Tally::default() {
        bail!("no test was run");
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, STEPS};

    fn is_step(name: &str) -> bool {
        STEPS.iter().any(|step| step.name == name)
    }

    #[test]
    fn a_group_names_steps_and_has_the_name_of_none() {
        for group in GROUPS {
            assert!(!is_step(group.name), "`{}` is a step and a group", group.name);
            let unknown: Vec<_> = group.steps.iter().filter(|name| !is_step(name)).collect();
            assert!(unknown.is_empty(), "`{}` names {unknown:?}, which are no steps", group.name);
        }
    }

    #[test]
    fn what_a_step_needs_is_before_it_in_its_lane() {
        for (place, step) in STEPS.iter().enumerate() {
            let is_before = |name: &&&str| {
                STEPS[..place].iter().any(|before| before.name == **name && before.lane == step.lane)
            };
            assert!(step.needs.iter().all(|name| is_before(&name)), "`{}` comes too early", step.name);
        }
    }

    #[test]
    fn every_step_is_in_a_group() {
        let in_none =
            STEPS.iter().filter(|step| !GROUPS.iter().any(|group| group.steps.contains(&step.name)));
        assert_eq!(in_none.map(|step| step.name).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
