//! Rust's target for WebAssembly, Rust's components, and Node: there, or installed, or asked for in plain words.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command::{answer, at_root, minutes, run};
use crate::report::say;

/// The target the engine is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";
const SOON: Duration = Duration::from_secs(20);
/// The oldest Node that Vite runs on.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Makes sure that Rust's standard library for WebAssembly is there.
pub fn ensure_wasm_target() -> Result<()> {
    let libraries = answer(&mut at_root("rustc", &["--print", "target-libdir", "--target", WASM])?, SOON)
        .context("`rustc` does not answer; install Rust from https://rustup.rs")?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    say(&format!("installing Rust's target {WASM}"));
    rustup(&["target", "add", WASM])
}

/// Makes sure that `cargo fmt` and `cargo clippy` are there.
pub fn ensure_components() -> Result<()> {
    for (component, tool) in [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")] {
        if answer(Command::new(tool).arg("--version"), SOON).is_none() {
            say(&format!("installing Rust's component {component}"));
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

/// The compiler's name for itself, so that another compiler builds anew.
pub fn compiler() -> Result<String> {
    answer(&mut at_root("rustc", &["-vV"])?, SOON).context("`rustc -vV` does not answer")
}

/// Makes sure that Node is new enough.
pub fn ensure_node() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let wanted = format!("Node {major}.{minor} or later is needed: install it from https://nodejs.org");
    let Some(version) = answer(Command::new("node").arg("--version"), SOON) else {
        bail!("there is no `node` on the PATH. {wanted}");
    };
    let mut parts = version.trim().trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < OLDEST_NODE {
        bail!("`node` is {}. {wanted}", version.trim());
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    run(&mut at_root("rustup", arguments)?, minutes(10)).with_context(|| {
        format!(
            "without rustup, add what `rustup {}` stands for to your Rust installation",
            arguments.join(" ")
        )
    })
}
