//! The JSON Schema of exported policies, derived from the Rust types.

use std::fs;

use anyhow::Result;

use crate::command::{COMPILED_SOON, cargo, minutes, run};
use crate::places;
use crate::report::say;
use crate::stamp::Work;

const FOLDER: &str = "pkg/dist/schema";

/// Writes `pkg/dist/schema`, unless it is there and of these types.
pub fn build() -> Result<()> {
    let work = Work {
        name: "schema",
        reads: &["src", "crates", "Cargo.toml", "Cargo.lock", "xtask/policy-schema"],
        depends_on: "",
        writes: &[FOLDER],
    };
    let input = work.input()?;
    if work.is_done(&input)? {
        return Ok(());
    }
    say("writing the JSON Schema of policies");
    let folder = places::root()?.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let write = ["run", "--quiet", "--package", "policy-schema"];
    let mut write = cargo(&write)?;
    write.args(COMPILED_SOON).arg("--").arg(folder.join("policies.schema.json"));
    run(&mut write, minutes(15))?;
    work.set_done(&input)
}
