//! Finding a Chrome or Chromium that really starts, and the driver that belongs to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command::answer;
use crate::install::{self, on_path};
use crate::places;

const SOON: Duration = Duration::from_secs(15);
/// A first start on a busy machine writes a profile and a font cache.
const STARTED: Duration = Duration::from_secs(60);
const PACKAGES: &str = "chromium chromium-driver";

const BROWSERS: [&str; 7] = [
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
    "chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const DRIVERS: [&str; 3] =
    ["chromedriver", "/snap/bin/chromium.chromedriver", "/usr/lib/chromium/chromedriver"];

/// Finds the program of a browser that starts: `CHROME_PATH`, else what is installed, else what can be installed.
///
/// # Errors
/// When there is none; the message names the command that installs one.
pub fn find_chrome() -> Result<PathBuf> {
    or_install(|| match named_by("CHROME_PATH")? {
        Some(chrome) if !starts(&chrome) => {
            bail!("CHROME_PATH is `{}`, which does not start", chrome.display())
        }
        Some(chrome) => Ok(Some(chrome)),
        None => Ok(BROWSERS.iter().copied().filter_map(on_path).find(|chrome| starts(chrome))),
    })
}

/// Lets the runner of the WASM tests use this browser instead of Node.
///
/// # Errors
/// When there is no driver of the browser's version; the message names the command that installs one.
pub fn drive(chrome: &Path, tests: &mut Command) -> Result<()> {
    let driver = or_install(|| match named_by("CHROMEDRIVER")? {
        Some(driver) => Ok(Some(driver)),
        None => {
            Ok(drivers_near(chrome).find(|driver| major(driver).is_some_and(|it| Some(it) == major(chrome))))
        }
    })?;
    tests.env("CHROMEDRIVER", driver).env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(chrome)?);
    // Tests that do not say where they belong run here as well as in Node.
    tests.env("WASM_BINDGEN_USE_BROWSER", "1").env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    Ok(())
}

/// `webdriver.json` with this browser named in it.
fn capabilities(chrome: &Path) -> Result<PathBuf> {
    let general = places::root()?.join("webdriver.json");
    // A snap's driver knows its own browser, and cannot start the one it is given from outside.
    if chrome.starts_with("/snap") {
        return Ok(general);
    }
    let options = "\"goog:chromeOptions\": {";
    let named = format!("{options}\n    \"binary\": {:?},", chrome.display().to_string());
    let text = fs::read_to_string(&general).context("webdriver.json cannot be read")?;
    let path = places::scratch()?.join("webdriver.json");
    fs::write(&path, text.replacen(options, &named, 1))?;
    Ok(path)
}

fn or_install(find: impl Fn() -> Result<Option<PathBuf>>) -> Result<PathBuf> {
    install::or_install(PACKAGES, "Chromium and its driver", find)?.with_context(|| {
        format!(
            "no Chrome or Chromium with a driver of its version starts here. Install both by\n\n    {}\n\nor name \
             your own by CHROME_PATH and CHROMEDRIVER",
            how_to_install()
        )
    })
}

fn named_by(variable: &str) -> Result<Option<PathBuf>> {
    match std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) {
        Some(path) if !path.is_file() => {
            bail!("{variable} is `{}`, and there is no such file", path.display())
        }
        named => Ok(named),
    }
}

/// Whether the program shows a page: Ubuntu's `chromium-browser` exists, and starts nothing.
fn starts(chrome: &Path) -> bool {
    let page = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom"];
    let shown = answer(Command::new(chrome).args(page).arg("data:text/html,<p>it starts</p>"), STARTED);
    shown.is_some_and(|dom| dom.contains("<p>it starts</p>"))
}

fn drivers_near(chrome: &Path) -> impl Iterator<Item = PathBuf> {
    let beside = chrome.with_file_name("chromedriver");
    std::iter::once(beside).chain(DRIVERS.iter().copied().filter_map(on_path)).filter(|path| path.is_file())
}

/// The first number in what a program answers to `--version`.
fn major(program: &Path) -> Option<u32> {
    let version = answer(Command::new(program).arg("--version"), SOON)?;
    version.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

fn how_to_install() -> String {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if cfg!(target_os = "macos") {
        "brew install --cask google-chrome chromedriver".into()
    } else if system.lines().any(|line| line == "ID=ubuntu") {
        // Its packages of these names are stubs.
        "sudo snap install chromium".into()
    } else {
        format!("sudo sh -c '{}'", install::apt(PACKAGES))
    }
}
