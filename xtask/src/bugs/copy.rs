//! A copy of the checkout, in which files may be broken.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{answer, at_root, cargo, minutes, run_hidden};
use crate::places;

/// The environment variable that names the bug that is in.
pub const SWITCH: &str = "BUG";
/// Reads it; stands in the copy only.
const SWITCH_FILE: &str = "src/lib.rs";
const READS_SWITCH: &str = r#"
/// Whether the bug of that name is in.
pub(crate) fn bug(name: &str) -> bool {
    static BUG: std::sync::LazyLock<Option<String>> = std::sync::LazyLock::new(|| std::env::var("BUG").ok());
    BUG.as_deref() == Some(name)
}
"#;
/// Compiled once and run many times, each for seconds.
const COMPILED: [&str; 2] = ["--config", "profile.dev.package.access-engine.opt-level=1"];

/// Where the copy is, and what cargo builds of it.
pub struct Copy {
    tree: PathBuf,
    /// Not that of the checkout: cargo takes a crate in a copy for the same crate, and would mix up the two.
    target: PathBuf,
}

impl Copy {
    /// Makes the copy, or brings the one of the last time up to date, without its bugs but with what switches them.
    pub fn make() -> Result<Self> {
        let folder = places::scratch()?.join("bugs");
        let copy = Self { tree: folder.join("tree"), target: folder.join("target") };
        let files = files()?;
        remove_others(&copy.tree, &copy.tree, &files)?;
        let root = places::root()?;
        for file in files {
            bring_up_to_date(&root.join(&file), &copy.tree.join(&file))?;
        }
        let switched = copy.tree.join(SWITCH_FILE);
        fs::write(&switched, fs::read_to_string(&switched)? + READS_SWITCH)?;
        Ok(copy)
    }

    /// Applies a patch.
    ///
    /// # Errors
    /// When it does not apply; nothing has changed then.
    pub fn apply(&self, patch: &Path) -> Result<()> {
        let mut git = at_root("git", &["apply"])?;
        // The copy is in no repository: git would look for the patched files in the checkout, and skip them.
        let above = self.tree.parent().context("the copy stands in no folder")?;
        git.arg(patch).current_dir(&self.tree).env("GIT_CEILING_DIRECTORIES", above);
        let (succeeded, said) = run_hidden(git.env_remove("GIT_DIR"), minutes(1))?;
        if !succeeded {
            bail!("{}", said.trim());
        }
        Ok(())
    }

    /// A call of cargo in the copy.
    pub fn cargo(&self, arguments: &[&str]) -> Result<Command> {
        let mut cargo = cargo(arguments)?;
        cargo.args(COMPILED).current_dir(&self.tree).env("CARGO_TARGET_DIR", &self.target);
        Ok(cargo)
    }
}

/// The files of the checkout that git knows or would add, from its root.
fn files() -> Result<BTreeSet<PathBuf>> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = answer(&mut at_root("git", &list)?, minutes(1));
    let listed = listed.context("`git ls-files` does not answer: this needs a checkout by git")?;
    let root = places::root()?;
    let files = listed.split('\0').filter(|file| !file.is_empty()).map(PathBuf::from);
    // What was deleted and not committed is still listed.
    Ok(files.filter(|file| root.join(file).is_file()).collect())
}

/// Copies a file unless it is the same, so that cargo sees what has changed, and only that.
fn bring_up_to_date(from: &Path, to: &Path) -> Result<()> {
    let content = fs::read(from).with_context(|| format!("`{}` cannot be read", from.display()))?;
    if fs::read(to).is_ok_and(|copied| copied == content) {
        return Ok(());
    }
    let folder = to.parent().context("a file stands in no folder")?;
    let copied = fs::create_dir_all(folder).and_then(|()| fs::write(to, content));
    copied.with_context(|| format!("`{}` cannot be written", to.display()))
}

/// Removes from the copy what the checkout no longer has.
fn remove_others(tree: &Path, folder: &Path, files: &BTreeSet<PathBuf>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(tree, &path, files)?;
        } else if !files.contains(path.strip_prefix(tree)?) {
            fs::remove_file(&path).with_context(|| format!("`{}` cannot be removed", path.display()))?;
        }
    }
    Ok(())
}
