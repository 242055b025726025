//! What is written in `docs/` out of the source.

use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{cargo, minutes, run};

/// Where the enum of refusals is, and who is at fault.
const REFUSALS: [&str; 2] = ["src/refusal/mod.rs", "src/refusal/fault.rs"];
const ERRORS: &str = "docs/errors.md";

/// Writes the tables of the page of errors.
pub fn write() -> Result<()> {
    run(&mut error_page("write")?, minutes(15))
}

/// Checks that the page of errors is what would be written.
///
/// # Errors
/// When it is not; what would change is printed.
pub fn check() -> Result<()> {
    run(&mut error_page("check")?, minutes(15))
        .with_context(|| format!("{ERRORS} is out of date, or its source odd"))
}

fn error_page(what: &str) -> Result<Command> {
    let mut error_page = cargo(&["run", "--quiet", "--package", "error-page", "--", what])?;
    error_page.args(REFUSALS).arg(ERRORS);
    Ok(error_page)
}
