//! The npm package: the WASM, the TypeScript around it, and the JSON Schema of policies.

use anyhow::Result;

use crate::command::{minutes, run};
use crate::report::say;
use crate::{licenses, npm, schema, wasm};

/// Builds `pkg/dist`.
pub fn build() -> Result<()> {
    wasm::build()?;
    build_around_wasm()
}

/// Builds a `pkg/dist` that is only good for tests, much sooner.
pub fn build_for_quick_tests() -> Result<()> {
    wasm::build_for_quick_tests()?;
    build_around_wasm()
}

fn build_around_wasm() -> Result<()> {
    schema::build()?;
    licenses::build()?;
    say("building the npm package");
    run(&mut npm::script("pkg", "build")?, minutes(5))
}
