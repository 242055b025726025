//! The engine as WebAssembly with its glue: compiled by cargo, bound by `wasm-glue`, made small by binaryen.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::command::{answer, cargo, minutes, run};
use crate::report::say;
use crate::stamp::Work;
use crate::{npm, places, toolchain};

const ENGINE: &str = "access-engine";
const FOLDER: &str = "pkg/dist/wasm";
/// Where the page has its simulator.
const SIMULATOR: &str = "www/src/simulator/wasm";
const MODULE: &str = "access_engine_bg.wasm";
/// What is written into the folder; the package's own build puts more beside it.
const WRITTEN: [&str; 4] = [
    "pkg/dist/wasm/access_engine.d.ts",
    "pkg/dist/wasm/access_engine.js",
    "pkg/dist/wasm/access_engine_bg.wasm",
    "pkg/dist/wasm/vocabulary.d.ts",
];
/// What the module may weigh after brotli, in bytes.
const HEAVIEST: u64 = 725_000;

/// What binaryen may take for granted, as it cannot always read it from the module.
const FEATURES: [&str; 7] = [
    // The lowest kilobyte is the very end of the stack: what is computed as an address is never in there.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// For whom a module is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// For whoever loads it: as small as can be.
    Use,
    /// For tests that somebody waits for: as soon as can be.
    QuickTests,
}

/// Builds `pkg/dist/wasm` and prints what it weighs, unless it is there and of this source.
pub fn build() -> Result<()> {
    build_for(Purpose::Use)
}

/// Builds a `pkg/dist/wasm` that is only good for tests, unless one is there that is of this source.
///
/// The other one is built anew the next time that somebody asks for it.
pub fn build_for_quick_tests() -> Result<()> {
    build_for(Purpose::QuickTests)
}

/// Builds the simulator of the page, unless it is there and of this source: soon rather than small.
pub fn build_simulator() -> Result<()> {
    toolchain::ensure_wasm_target()?;
    npm::ensure_packages()?;
    let work = Work {
        name: "simulator",
        reads: &[
            "src",
            "crates",
            "tests/simulation",
            "tests/model/generator",
            "Cargo.lock",
            "xtask/src/wasm.rs",
            "xtask/wasm-glue",
        ],
        depends_on: &toolchain::compiler()?,
        writes: &[SIMULATOR],
    };
    let input = work.input()?;
    if work.is_done(&input)? {
        return Ok(());
    }
    move_files(&compile("simulator", Purpose::QuickTests)?, &places::root()?.join(SIMULATOR))?;
    work.set_done(&input)
}

fn build_for(purpose: Purpose) -> Result<()> {
    toolchain::ensure_wasm_target()?;
    npm::ensure_packages()?;
    let compiler = toolchain::compiler()?;
    let work = |name| Work {
        name,
        reads: &[
            "src",
            "crates",
            "Cargo.toml",
            "Cargo.lock",
            "package-lock.json",
            "xtask/src/wasm.rs",
            "xtask/wasm-glue",
        ],
        depends_on: &compiler,
        writes: &WRITTEN,
    };
    // What is for use is good for tests as well.
    let good_enough: &[&str] = match purpose {
        Purpose::Use => &["wasm"],
        Purpose::QuickTests => &["wasm-for-quick-tests", "wasm"],
    };
    let input = work(good_enough[0]).input()?;
    for name in good_enough {
        if work(name).is_done(&input)? {
            say("the WASM is up to date");
            return Ok(());
        }
    }
    let bound = compile(ENGINE, purpose)?;
    if purpose == Purpose::Use {
        let module = bound.join(MODULE);
        optimise(&module)?;
        weigh(&module)?;
    }
    move_files(&bound, &places::root()?.join(FOLDER))?;
    work(good_enough[0]).set_done(&input)
}

/// Compiles a crate with what JavaScript calls of it; the folder with the module and its glue.
fn compile(name: &str, purpose: Purpose) -> Result<PathBuf> {
    let profile = match purpose {
        Purpose::Use => "release",
        Purpose::QuickTests => "quick",
    };
    let bound = places::scratch()?.join("wasm").join(name);
    let module = format!("{}.wasm", name.replace('-', "_"));
    let compiled = places::target()?.join(toolchain::WASM).join(profile).join(module);
    if bound.exists() {
        fs::remove_dir_all(&bound)?;
    }

    say(&format!("compiling {name} to WebAssembly"));
    // The crate type is asked for here and not in the manifest: a quarter less code for the same engine.
    let what = ["rustc", "--package", name, "--lib", "--crate-type", "cdylib"];
    let how = ["--profile", profile, "--target", toolchain::WASM];
    let features: &[&str] = if name == ENGINE { &["--features", "wasm"] } else { &[] };
    run(cargo(&what)?.args(how).args(features).args(["--config", &rust_flags()]), minutes(15))?;

    say("writing the JavaScript around it");
    run(cargo(&["run", "--package", "wasm-glue", "--"])?.arg(compiled).arg(&bound), minutes(15))?;
    Ok(bound)
}

fn optimise(module: &Path) -> Result<()> {
    say("optimising it");
    let optimised = places::scratch()?.join(MODULE);
    let mut optimise = Command::new(npm::program("wasm-opt")?);
    optimise
        .args(FEATURES)
        .args(["--dae-optimizing", "-Os", "--one-caller-inline-max-function-size=20"])
        .arg(module)
        .arg("-o")
        .arg(&optimised)
        .stdin(Stdio::null());
    run(&mut optimise, minutes(15))?;
    fs::rename(optimised, module)?;
    Ok(())
}

/// Keeps the folders of this machine out of the messages of panics, so that everybody builds the same module.
fn rust_flags() -> String {
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| home + "/.cargo"));
    let nameless = home.map(|home| format!("'--remap-path-prefix={home}=cargo'")).unwrap_or_default();
    format!("target.{}.rustflags=[{nameless}]", toolchain::WASM)
}

fn move_files(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        // Copied and not renamed: the build folder may be on another disk.
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

fn weigh(module: &Path) -> Result<()> {
    let script = "const z = require('node:zlib'), m = require('node:fs').readFileSync(process.argv[1]); \
                  console.log(m.length, z.gzipSync(m, { level: 9 }).length, z.brotliCompressSync(m).length)";
    let sizes = answer(Command::new("node").args(["-e", script]).arg(module), minutes(1));
    let sizes = sizes.context("Node could not weigh the module")?;
    let sizes: Vec<u64> = sizes.split_whitespace().filter_map(|size| size.parse().ok()).collect();
    let [raw, gzip, brotli] = sizes[..] else { bail!("Node did not answer three sizes") };
    let kilobytes = |bytes: u64| format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100);
    say(&format!(
        "the WASM weighs {}, {} after gzip, {} after brotli (at most {})",
        kilobytes(raw),
        kilobytes(gzip),
        kilobytes(brotli),
        kilobytes(HEAVIEST),
    ));
    // Elsewhere another compiler may be at work, and whoever only wants to see the demo is to see it.
    if brotli > HEAVIEST && std::env::var_os("CI").is_some() {
        bail!("the WASM is too heavy: look for a new dependency, or for generic code compiled many times");
    }
    Ok(())
}
