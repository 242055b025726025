//! The demo: built, and served on this machine only.

use std::net::{Ipv4Addr, TcpListener};
use std::num::NonZeroU16;
use std::panic::resume_unwind;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::command::{self, minutes};
use crate::report::say;
use crate::{npm, package, places, schema, toolchain, wasm};

const FIRST_PORT: u16 = 4173;
const PORTS_TRIED: u16 = 20;

/// What `cargo xtask demo` was asked for.
#[derive(Default)]
pub struct Options {
    port: Option<u16>,
    after_building: AfterBuilding,
}

#[derive(Default)]
enum AfterBuilding {
    #[default]
    Serve,
    Stop,
}

impl Options {
    /// Reads `--port N`, `--build-only` and `--no-open`; the last changes nothing, as no browser is ever opened.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--port" => {
                    let port = arguments.next().context("`--port` needs a number after it")?;
                    let number: NonZeroU16 = port.parse().with_context(|| format!("`{port}` is no port"))?;
                    options.port = Some(number.get());
                }
                "--build-only" => options.after_building = AfterBuilding::Stop,
                "--no-open" => {}
                unknown => bail!("`cargo xtask demo` knows --port N and --build-only, but no `{unknown}`"),
            }
        }
        Ok(options)
    }
}

/// Builds the demo and serves it until it is ended.
pub fn run(options: &Options) -> Result<()> {
    // Asked first: nobody should wait for a build to hear that the port is taken.
    let port = free_port(options.port)?;
    build_parts()?;
    build_page()?;
    match options.after_building {
        AfterBuilding::Serve => serve(port),
        AfterBuilding::Stop => {
            say("the demo is built: it is in www/dist");
            Ok(())
        }
    }
}

/// Builds the package, and beside it the simulator: to compile the engine for use keeps one core busy, for minutes.
fn build_parts() -> Result<()> {
    toolchain::ensure_wasm_target()?;
    npm::ensure_packages()?;
    thread::scope(|scope| {
        let beside = scope.spawn(|| wasm::build_simulator().and_then(|()| schema::build()));
        package::build()?;
        beside.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Builds `www/dist` from the package.
pub fn build_page() -> Result<()> {
    wasm::build_simulator()?;
    say("building the page");
    command::run(&mut npm::script("www", "build")?, minutes(5))
}

fn free_port(asked_for: Option<u16>) -> Result<u16> {
    let is_free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    match asked_for {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => bail!("port {port} is taken: ask for another with `--port N`"),
        None => (FIRST_PORT..FIRST_PORT + PORTS_TRIED)
            .find(|port| is_free(*port))
            .context("no free port was found: ask for one with `--port N`"),
    }
}

fn serve(port: u16) -> Result<()> {
    let mut server = Command::new(npm::program("vite")?);
    server.args([
        "preview",
        "--host",
        "127.0.0.1",
        "--strictPort",
        "--clearScreen",
        "false",
        "--logLevel",
        "warn",
    ]);
    server.args(["--port", &port.to_string()]).current_dir(places::root()?.join("www"));
    say(&format!("the demo is on http://127.0.0.1:{port}/ (Ctrl+C ends it)"));
    become_program(server)
}

/// Puts the server in this program's place, so that whoever ends `cargo xtask demo` ends the server.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<()> {
    let error = std::os::unix::process::CommandExt::exec(&mut program);
    Err(error).context("the server cannot be started")
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<()> {
    program.status().context("the server cannot be started").map(drop)
}
