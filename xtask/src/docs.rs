//! What is written in `docs/` out of the source.

use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{cargo, minutes, run};
use crate::{npm, package};

/// Where the enum of refusals is, and who is at fault.
const REFUSALS: [&str; 2] = ["src/refusal/mod.rs", "src/refusal/fault.rs"];
const ERRORS: &str = "docs/errors.md";
/// What writes the page of the JavaScript API.
const API_PAGE: &str = "xtask/api-page";

/// Writes the tables of the page of errors, and the page of the JavaScript API.
pub fn write() -> Result<()> {
    run(&mut error_page("write")?, minutes(15))?;
    // For its declarations, which are those of the package to publish.
    package::build_for_quick_tests()?;
    run(&mut npm::script(API_PAGE, "write")?, minutes(5))
}

/// Checks that the page of the JavaScript API is what the package as it is built says, and that nothing it exports is
/// without a sentence.
///
/// # Errors
/// When that is not so; the first difference, or what has no sentence, is printed.
pub fn check_api() -> Result<()> {
    run(&mut npm::script(API_PAGE, "check")?, minutes(5))
}

/// Checks that the page of errors is what would be written.
///
/// # Errors
/// When it is not; what would change is printed.
pub fn check_errors() -> Result<()> {
    run(&mut error_page("check")?, minutes(15))
        .with_context(|| format!("{ERRORS} is out of date, or its source odd"))
}

fn error_page(what: &str) -> Result<Command> {
    let mut error_page = cargo(&["run", "--quiet", "--package", "error-page", "--", what])?;
    error_page.args(REFUSALS).arg(ERRORS);
    Ok(error_page)
}
