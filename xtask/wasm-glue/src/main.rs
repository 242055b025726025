//! Writes the JavaScript and the TypeScript declarations around a compiled engine:
//! `wasm-glue <compiled.wasm> <folder>`.

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        bail!("give the compiled module and the folder to write to");
    };
    Bindgen::new()
        .input_path(module)
        .out_name("access_engine")
        .typescript(true)
        // Wrong argument types end in a clean error instead of a trap, for half a kilobyte.
        .debug(true)
        // A host can start over with a fresh instance after a panic.
        .reset_state_function(true)
        .web(true)?
        .generate(folder)
        .with_context(|| format!("no glue could be written for `{module}`"))
}
