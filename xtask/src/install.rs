//! Installing what the tests need of the system, where that is ours to do: as root on Debian.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::command::{answer, at_root, minutes, run};
use crate::report::say;

const SOON: Duration = Duration::from_secs(15);
/// Where Debian keeps the programs of a PostgreSQL, by version.
const DEBIAN_POSTGRES: &str = "/usr/lib/postgresql";
const SERVERS: &str = "postgresql pgbouncer";

/// The command that installs Debian's packages of these names.
pub fn apt(packages: &str) -> String {
    format!("apt-get update && apt-get install -y --no-install-recommends {packages}")
}

/// Answers what is found, if need be once these packages are installed; nothing where somebody else has to.
pub fn or_install<T>(packages: &str, what: &str, find: impl Fn() -> Result<Option<T>>) -> Result<Option<T>> {
    if let Some(found) = find()? {
        return Ok(Some(found));
    }
    if !is_root() || !Path::new("/etc/debian_version").exists() {
        return Ok(None);
    }
    say(&format!("installing {what}"));
    // What it says is shown; whether it helped is asked below.
    let _ =
        run(at_root("sh", &["-c", &apt(packages)])?.env("DEBIAN_FRONTEND", "noninteractive"), minutes(10));
    find()
}

/// Sees to it that PostgreSQL and PgBouncer are there, for the tests to start.
///
/// # Errors
/// When they are not; the message names the command that installs them.
pub fn ensure_servers() -> Result<()> {
    let postgres = || on_path("postgres").or_else(|| newest_postgres().ok().flatten());
    let pgbouncer = || {
        on_path("pgbouncer")
            .or_else(|| Some("/usr/sbin/pgbouncer".into()).filter(|it: &PathBuf| it.is_file()))
    };
    let both = || Ok(postgres().zip(pgbouncer()).map(drop));
    if or_install(SERVERS, "PostgreSQL and PgBouncer", both)?.is_none() {
        bail!(
            "there is no PostgreSQL and PgBouncer here. Install both by\n\n    sudo sh -c '{}'",
            apt(SERVERS)
        );
    }
    Ok(())
}

fn newest_postgres() -> Result<Option<PathBuf>> {
    let mut found: Vec<PathBuf> = Vec::new();
    for version in Path::new(DEBIAN_POSTGRES).read_dir()? {
        found.push(version?.path().join("bin/postgres"));
    }
    Ok(found.into_iter().find(|program| program.is_file()))
}

/// The program of that name, where the path leads to one.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // Joining an absolute name leaves the absolute name.
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn is_root() -> bool {
    answer(Command::new("id").arg("-u"), SOON).is_some_and(|id| id.trim() == "0")
}
