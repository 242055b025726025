//! The licences of what is compiled into the package.

use std::fs;

use anyhow::{Context, Result};

use crate::command::{answer, cargo, minutes, run};
use crate::report::say;
use crate::stamp::Work;
use crate::{places, toolchain};

const FILE: &str = "pkg/THIRD-PARTY-LICENSES";
/// What cargo knows of each crate.
const METADATA: [&str; 6] =
    ["metadata", "--locked", "--format-version=1", "--features=wasm", "--filter-platform", toolchain::WASM];
/// Which crates end up in the WASM: those that only write code at compile time do not.
const TREE: [&str; 9] = [
    "tree",
    "--locked",
    "--package=access-engine",
    "--features=wasm",
    "--edges=normal,no-proc-macro",
    "--prefix=none",
    "--format={p}",
    "--target",
    toolchain::WASM,
];

/// Writes `pkg/THIRD-PARTY-LICENSES`, unless it is there and of these crates.
pub fn build() -> Result<()> {
    let work = Work {
        name: "licenses",
        reads: &["Cargo.toml", "Cargo.lock", "crates", "LICENSE", "xtask/third-party"],
        depends_on: "",
        writes: &[FILE],
    };
    let input = work.input()?;
    if work.is_done(&input)? {
        return Ok(());
    }
    say("writing the licences of what is compiled in");
    let mut write = cargo(&["run", "--quiet", "--package", "third-party", "--"])?;
    for (name, arguments) in [("metadata.json", &METADATA[..]), ("tree.txt", &TREE)] {
        let said =
            answer(&mut cargo(arguments)?, minutes(5)).context("cargo does not tell what is compiled in")?;
        let file = places::scratch()?.join(name);
        fs::write(&file, said)?;
        write.arg(file);
    }
    run(write.args(["LICENSE", FILE]), minutes(15))?;
    work.set_done(&input)
}
