//! The tables of the page of errors: `error-page write|check <source>… <page>`.

mod page;
mod refusals;

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, sources @ .., path] = &arguments[..] else {
        bail!("give `write` or `check`, the sources, the page")
    };
    let read = |path: &str| fs::read_to_string(path).with_context(|| format!("`{path}` cannot be read"));
    let source = sources.join(" and ");
    let texts = sources.iter().map(|source| read(source)).collect::<Result<Vec<_>>>()?;
    let groups = refusals::read(&texts.join("\n")).with_context(|| format!("{source} is not as expected"))?;
    let there = read(path)?;
    let wanted =
        page::with_tables(&there, &groups).with_context(|| format!("`{path}` is not as expected"))?;
    match command.as_str() {
        "write" => fs::write(path, wanted).with_context(|| format!("`{path}` cannot be written"))?,
        "check" if there != wanted => {
            eprintln!("{path} is not what {source} says; `cargo xtask docs` writes it. It would change");
            page::changes(&there, &wanted).iter().for_each(|line| eprintln!("{line}"));
            return Ok(ExitCode::FAILURE);
        }
        "check" => {}
        unknown => bail!("there is no `{unknown}`: give `write` or `check`"),
    }
    Ok(ExitCode::SUCCESS)
}
