//! Writes the JavaScript and the TypeScript declarations around a compiled module:
//! `wasm-glue <compiled.wasm> <folder>`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// The module whose vocabulary others use, too.
const ENGINE: &str = "access_engine";
/// What wasm-bindgen declares first of its own, behind the types that the Rust types have written.
const FIRST_OF_GLUE: &str = "export class Raw";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        bail!("give the compiled module and the folder to write to");
    };
    let name =
        Path::new(module).file_stem().and_then(|stem| stem.to_str()).context("the module has no name")?;
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .typescript(true)
        // A host can start over with a fresh instance after a panic.
        .reset_state_function(true)
        // The package finds its module by itself.
        .omit_default_module_path(name == ENGINE)
        .web(true)?
        .generate(folder)
        .with_context(|| format!("no glue could be written for `{module}`"))?;
    if name == ENGINE { part(Path::new(folder)) } else { Ok(()) }
}

/// Parts the declarations of the vocabulary, which are the package's, from the glue, which is nobody else's.
fn part(folder: &Path) -> Result<()> {
    let file = folder.join(format!("{ENGINE}.d.ts"));
    let declarations = fs::read_to_string(&file)?;
    let class = declarations.find(FIRST_OF_GLUE).context("the glue has no class")?;
    let begin = declarations
        .get(..class)
        .and_then(|before| before.rfind("/**"))
        .context("`RawEngine` has no docs")?;
    let (vocabulary, glue) = declarations.split_at(begin);
    let names: Vec<_> = vocabulary.lines().filter_map(exported).collect();
    fs::write(&file, format!("import type {{ {} }} from \"./vocabulary.js\";\n\n{glue}", names.join(", ")))?;
    fs::write(folder.join("vocabulary.d.ts"), vocabulary)?;
    Ok(())
}

/// The name of the type that a line begins to declare.
fn exported(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("export interface ").or_else(|| line.strip_prefix("export type "))?;
    rest.split([' ', '<']).next()
}
