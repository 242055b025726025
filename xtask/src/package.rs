//! The npm package: the WASM, the TypeScript around it, and the JSON Schema of policies.

use anyhow::Result;

use crate::command::{minutes, run};
use crate::report::say;
use crate::{npm, schema, wasm};

/// Builds `pkg/dist`.
pub fn build() -> Result<()> {
    wasm::build()?;
    schema::build()?;
    say("building the npm package");
    run(&mut npm::script("pkg", "build")?, minutes(5))
}
