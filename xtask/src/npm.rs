//! The npm packages, and the scripts of the workspaces.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{at_root, minutes, run};
use crate::places;
use crate::report::say;
use crate::stamp::Work;
use crate::toolchain;

const PACKAGES: Work<'_> = Work {
    name: "npm",
    reads: &[
        "package.json",
        "package-lock.json",
        "pkg/package.json",
        "www/package.json",
        "xtask/api-page/package.json",
        "benches/package.json",
    ],
    depends_on: "",
    // npm's own list of what it has put there.
    writes: &["node_modules/.package-lock.json"],
};

/// Installs the packages of `package-lock.json`, unless they are there.
pub fn ensure_packages() -> Result<()> {
    toolchain::ensure_node()?;
    let root = places::root()?;
    let input = PACKAGES.input()?;
    if PACKAGES.is_done(&input)? {
        return Ok(());
    }
    if !root.join("package-lock.json").is_file() {
        bail!("there is no package-lock.json: run `npm install` and commit it");
    }
    say("installing the npm packages");
    // No package here needs to run code of its own to be installed.
    let quietly = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run(&mut at_root("npm", &quietly)?, minutes(10))?;
    PACKAGES.set_done(&input)
}

/// A script of one workspace.
pub fn script(workspace: &str, script: &str) -> Result<Command> {
    if !places::root()?.join(workspace).join("package.json").is_file() {
        bail!("there is no {workspace}/package.json to run `{script}` of");
    }
    at_root("npm", &["run", "--silent", script, "--workspace", workspace])
}

/// A program that an npm package has brought along.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = places::root()?.join("node_modules/.bin").join(name);
    if !path.is_file() {
        bail!("no npm package has brought `{name}`: name its package in package.json and run `npm install`");
    }
    Ok(path)
}
