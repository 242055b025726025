//! The npm package: the WASM and the TypeScript around it.

use anyhow::Result;

use crate::command::{minutes, run};
use crate::report::say;
use crate::{npm, wasm};

/// Builds `pkg/dist`.
pub fn build() -> Result<()> {
    wasm::build()?;
    say("building the npm package");
    run(&mut npm::script("pkg", "build")?, minutes(5))
}
