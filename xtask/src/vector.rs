//! Single vectors, found by a part of their names.

use anyhow::{Result, anyhow, bail};

use crate::command::{cargo, minutes, run};

/// Checks the vectors that have these words in their names, and prints what comes of each.
///
/// # Errors
/// When no vector has such a name, or one of them fails.
pub fn check_named(words: &[String]) -> Result<()> {
    let part = words.join(" ");
    if part.trim().is_empty() {
        bail!("say which: `cargo xtask vector \"part of its name\"`");
    }
    let mut test = cargo(&["test", "--quiet", "--package", "access-engine", "--test", "vectors", "--"])?;
    test.args(["the_vectors_that_are_named_hold", "--exact", "--ignored", "--nocapture"]);
    run(test.env("VECTOR", &part), minutes(10)).map_err(|_| anyhow!("`{part}`: see above what is wrong"))
}
