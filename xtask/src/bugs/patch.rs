//! What a patch in `tests/bugs/` says: a bug, and the test that must find it.

use std::fmt;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::places;

const FOLDER: &str = "tests/bugs";
/// What leads the line that names the test.
const FOUND_BY: &str = "Found-by: ";
/// Where the prose ends and the patch begins.
const DIFF: &str = "diff --git ";

/// A bug that is put in on purpose.
#[derive(Debug)]
pub struct Bug {
    /// The name of its file, without `.patch`.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// The test that must find it.
    pub found_by: Test,
}

/// A call of `cargo test`, with the environment variables before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Test {
    /// The environment variables.
    pub variables: Vec<(String, String)>,
    /// What stands behind `cargo test`.
    pub arguments: Vec<String>,
}

impl Test {
    /// Reads `NAME=value … cargo test argument …`, where spaces separate and nothing is quoted.
    fn parse(line: &str) -> Option<Self> {
        let (before, after) = line.split_once("cargo test")?;
        let variable =
            |word: &str| word.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        let variables = before.split_whitespace().map(variable).collect::<Option<_>>()?;
        Some(Self { variables, arguments: after.split_whitespace().map(str::to_owned).collect() })
    }

    /// The arguments that say what is to be compiled, without those of the test program.
    pub fn what_to_build(&self) -> Vec<&str> {
        self.arguments.iter().map(String::as_str).take_while(|argument| *argument != "--").collect()
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.variables.iter().try_for_each(|(name, value)| write!(f, "{name}={value} "))?;
        write!(f, "cargo test {}", self.arguments.join(" "))
    }
}

/// The bugs of these names, or all of them, by name.
///
/// # Errors
/// When there is none of a name, or a patch does not say which test must find it.
pub fn named(wanted: &[String]) -> Result<Vec<Bug>> {
    let names = names()?;
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(name)) {
        bail!("there is no {FOLDER}/{unknown}.patch; the bugs are {}", names.join(" "));
    }
    names.into_iter().filter(|name| wanted.is_empty() || wanted.contains(name)).map(read).collect()
}

fn names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    let folder = places::root()?.join(FOLDER);
    for entry in fs::read_dir(&folder).with_context(|| format!("`{}` cannot be read", folder.display()))? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        names.extend(file.strip_suffix(".patch").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn read(name: String) -> Result<Bug> {
    let path = places::root()?.join(FOLDER).join(format!("{name}.patch"));
    let text = fs::read_to_string(&path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    let found_by = found_by(&text).with_context(|| format!("{FOLDER}/{name}.patch is no patch of a bug"))?;
    Ok(Bug { name, path, found_by })
}

fn found_by(text: &str) -> Result<Test> {
    let prose: Vec<&str> = text.lines().take_while(|line| !line.starts_with(DIFF)).collect();
    let tests: Vec<&str> = prose.iter().filter_map(|line| line.strip_prefix(FOUND_BY)).collect();
    let [test] = tests[..] else {
        bail!("before its `{DIFF}` stand {} lines `{FOUND_BY}…`; write one", tests.len());
    };
    Test::parse(test).with_context(|| {
        format!(
            "`{test}` names no test: write `{FOUND_BY}NAME=value cargo test --test name -- filter`, variables as needed"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::found_by;

    #[test]
    fn the_test_is_read_with_its_variables() {
        let test = found_by("A bug.\nFound-by: A=1 B=x cargo test --test a -- b\n\ndiff --git a b").unwrap();
        assert_eq!(test.variables, [("A".into(), "1".into()), ("B".into(), "x".into())]);
        assert_eq!(test.what_to_build(), ["--test", "a"]);
        assert_eq!(test.to_string(), "A=1 B=x cargo test --test a -- b");
    }

    #[test]
    fn a_patch_without_a_test_or_with_two_is_refused() {
        let problem = |text: &str| found_by(text).unwrap_err().to_string();
        assert!(problem("A bug.\ndiff --git a b\nFound-by: cargo test").contains("stand 0 lines"));
        assert!(problem("Found-by: cargo test\nFound-by: cargo test\n").contains("stand 2 lines"));
        assert!(problem("Found-by: make test\n").contains("names no test"));
    }
}
