//! Where things are.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// The root of the checkout.
pub fn root() -> Result<PathBuf> {
    // Asked at run time, because a checkout can be moved after this crate was compiled.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
    let package = PathBuf::from(package);
    Ok(package.parent().context("xtask stands in no folder")?.to_path_buf())
}

/// Cargo's build folder, wherever the environment or a configuration file has put it.
pub fn target() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let folder = this.parent().and_then(|profile| profile.parent());
    Ok(folder.context("xtask stands outside a build folder")?.to_path_buf())
}

/// A folder in the build folder for what the commands write for themselves; it is made when missing.
pub fn scratch() -> Result<PathBuf> {
    let folder = target()?.join("xtask");
    std::fs::create_dir_all(&folder).with_context(|| format!("`{}` cannot be made", folder.display()))?;
    Ok(folder)
}
