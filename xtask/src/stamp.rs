//! Knowing that nothing has changed, so that a second run is quick.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::places;

/// What a piece of work reads and writes: files and folders from the root of the checkout, and texts such as the
/// version of a compiler.
pub struct Work<'a> {
    /// Names the note that is kept about it.
    pub name: &'a str,
    /// What it reads; what does not exist counts as absent, and appearing counts as a change.
    pub reads: &'a [&'a str],
    /// What else it depends on.
    pub depends_on: &'a str,
    /// What it writes; when this was touched by someone else, the work is to be done again.
    pub writes: &'a [&'a str],
}

impl Work<'_> {
    /// What the work reads, in short. To be taken before the work begins: someone may be editing meanwhile.
    pub fn input(&self) -> Result<String> {
        let mut read = digest(self.reads)?;
        read.write(self.depends_on.as_bytes());
        Ok(format!("read {:016x}", read.finish()))
    }

    /// Whether the work was done on exactly this input and its output is still what it was.
    pub fn is_done(&self, input: &str) -> Result<bool> {
        let Ok(note) = fs::read_to_string(self.note()?) else { return Ok(false) };
        Ok(note == self.result_of(input)?)
    }

    /// Notes that the work was done on this input.
    pub fn set_done(&self, input: &str) -> Result<()> {
        let note = self.note()?;
        let result = self.result_of(input)?;
        let written = fs::create_dir_all(note.with_file_name("")).and_then(|()| fs::write(&note, result));
        written.with_context(|| format!("`{}` cannot be written", note.display()))
    }

    fn result_of(&self, input: &str) -> Result<String> {
        Ok(format!("{input}\nwrote {:016x}\n", digest(self.writes)?.finish()))
    }

    /// Kept beside what it speaks of and not in the build folder, of which a checkout may have several.
    fn note(&self) -> Result<PathBuf> {
        Ok(places::root()?.join("node_modules/.cache/xtask").join(format!("{}.done", self.name)))
    }
}

fn digest(paths: &[&str]) -> Result<DefaultHasher> {
    let root = places::root()?;
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(&mut hasher, &root.join(path), path)?;
    }
    Ok(hasher)
}

fn add(hasher: &mut DefaultHasher, path: &Path, name: &str) -> Result<()> {
    hasher.write(name.as_bytes());
    if path.is_dir() {
        let mut names = Vec::new();
        for entry in fs::read_dir(path)? {
            names.push(entry?.file_name());
        }
        names.sort();
        for name in names {
            add(hasher, &path.join(&name), &name.to_string_lossy())?;
        }
    } else if path.exists() {
        let content = fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
        hasher.write_usize(content.len());
        hasher.write(&content);
    }
    Ok(())
}
