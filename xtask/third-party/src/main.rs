//! The licences of the crates that are compiled into the WASM: `third-party <metadata> <tree> <own licence> <file>`.
//!
//! `<metadata>` is what `cargo metadata` says, `<tree>` a crate a line, as `cargo tree` has it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

const HEAD: &str = "The WebAssembly of this package is compiled from these works, too. Their licences follow, of several \
                    that may be chosen the MIT one.\n";

/// The standard library is in the WASM like any other crate, but cargo does not know of it.
const STANDARD_LIBRARY: &str = "the Rust standard library";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [metadata, tree, own, file] = &arguments[..] else {
        bail!("give the metadata, the tree, the own licence, the file to write")
    };
    let metadata: Value = serde_json::from_str(&read(metadata)?)?;
    let text = licences(&metadata, &read(tree)?, &read(own)?)?;
    fs::write(file, text).with_context(|| format!("`{file}` cannot be written"))
}

fn licences(metadata: &Value, tree: &str, own: &str) -> Result<String> {
    // `serde v1.0.229 (*)`: what stands in brackets says that it was there before.
    let mut left: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(" (").next()).collect();
    let mut text = HEAD.to_owned();
    for package in metadata["packages"].as_array().context("the metadata has no packages")? {
        let field = |name: &str| package[name].as_str().unwrap_or_default();
        let (name, version) = (field("name"), field("version"));
        // Those of this repository have no source.
        if !left.remove(format!("{name} v{version}").as_str()) || package["source"].is_null() {
            continue;
        }
        let folder = Path::new(field("manifest_path")).parent().context("a manifest stands in no folder")?;
        let said = said_in(folder).with_context(|| format!("`{name}` has no licence"))?;
        write!(text, "{RULE}{name} {version} ({})\n\n{said}", field("license"))?;
    }
    if !left.is_empty() {
        bail!("nothing is known of {left:?}");
    }
    let rust = own.lines().map(|line| {
        if line.starts_with("Copyright") { "Copyright (c) The Rust Project Contributors" } else { line }
    });
    write!(
        text,
        "{RULE}{STANDARD_LIBRARY} (MIT OR Apache-2.0)\n\n{}\n",
        rust.collect::<Vec<_>>().join("\n")
    )?;
    Ok(text)
}

const RULE: &str = "\n--------------------------------------------------------------------------------\n";

/// What a crate says of its licence: where there is an MIT one, what may be chosen in its place is left out.
fn said_in(folder: &Path) -> Result<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let upper = name.to_uppercase();
        if ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|it| upper.starts_with(it)) {
            names.insert(name);
        }
    }
    if names.iter().any(|name| name.to_uppercase().contains("MIT")) {
        names.retain(|name| !name.to_uppercase().contains("APACHE"));
    }
    if names.is_empty() {
        bail!("`{}` has no such file", folder.display());
    }
    let texts = names.iter().map(|name| read(&folder.join(name).to_string_lossy()));
    Ok(texts
        .collect::<Result<Vec<_>>>()?
        .iter()
        .map(|text| format!("{}\n", text.trim_end()))
        .collect::<Vec<_>>()
        .join("\n"))
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("`{path}` cannot be read"))
}
