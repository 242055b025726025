//! The repository's commands; `cargo xtask` lists them.

mod browser;
mod bugs;
mod command;
mod demo;
mod docs;
mod install;
mod licenses;
mod mutants;
mod npm;
mod package;
mod places;
mod report;
mod schema;
mod simulate;
mod stamp;
mod steps;
mod tally;
mod test;
mod toolchain;
mod vector;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask demo [--port N] [--build-only]  build the demo and serve it on this machine
cargo xtask test [step or group…]           run every test, or only the steps named; `quick` for in between
cargo xtask vector words-of-its-name…       check the vectors of such a name alone, and show what comes of each
cargo xtask bugs [name…]                    put in the bugs of tests/bugs, one after the other: are they found?
cargo xtask simulate [option…]              the whole system in virtual time: --seeds N, --from SEED; --seed SEED tells one
cargo xtask mutants [option…]               change what decides a little, again and again: do the tests notice?
cargo xtask docs                            write what docs/ says of the source
cargo xtask package                         build the npm package into pkg/dist
cargo xtask licenses                        write pkg/THIRD-PARTY-LICENSES, of what is compiled into the WASM
cargo xtask wasm                            build the engine's WASM into pkg/dist/wasm
cargo xtask help                            show this list";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    report::start_clock();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = match arguments {
        [] => ("help", arguments),
        [command, rest @ ..] => (command.as_str(), rest),
    };
    match command {
        "demo" => demo::run(&demo::Options::parse(rest)?)?,
        "test" => return test::run(rest),
        "step" => return test::run_one(rest),
        "vector" => vector::check_named(rest)?,
        "bugs" => return bugs::run(rest),
        "simulate" => simulate::simulate(rest)?,
        "mutants" => mutants::run(rest)?,
        "docs" => docs::write()?,
        "licenses" => licenses::build()?,
        "package" => package::build()?,
        "wasm" => wasm::build()?,
        "help" | "--help" | "-h" => println!("{HELP}\n\nwhat `cargo xtask test` knows\n{}", test::names()),
        unknown => bail!("there is no command `{unknown}`; the commands are\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}
