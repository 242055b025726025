//! Running other programs: from the root of the checkout, for a bounded time, with what they print shown at once.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::places;

const POLL: Duration = Duration::from_millis(50);
/// How long a program's last words are waited for when a child of its own keeps the pipe open.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// A number of minutes, for the limits of [`run`] and its neighbours.
pub const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

/// For cargo: the engine as it compiles soonest, where it is to run for seconds only.
pub const COMPILED_SOON: [&str; 2] = ["--config", "profile.dev.package.access-engine.opt-level=0"];

/// A program that will run at the root of the checkout, reading nothing.
pub fn at_root(program: &str, arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(places::root()?).stdin(Stdio::null());
    Ok(command)
}

/// The cargo that runs this command.
pub fn cargo(arguments: &[&str]) -> Result<Command> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    at_root(&cargo, arguments)
}

/// Runs a program that shares this terminal.
///
/// # Errors
/// When it cannot be started, fails, or is not done after `limit`.
pub fn run(command: &mut Command, limit: Duration) -> Result<()> {
    let name = shown(command);
    let mut child = start(command)?;
    match wait(&mut child, Instant::now() + limit)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("`{name}` failed ({status})"),
        None => bail!("`{name}` was ended: not done after {} s", limit.as_secs()),
    }
}

/// Runs a program, passing its output on and each line of it to `read`; answers whether it succeeded.
///
/// # Errors
/// When it cannot be started or is not done after `limit`.
pub fn run_reading(command: &mut Command, limit: Duration, read: impl FnMut(&str)) -> Result<bool> {
    watch(command, limit, (io::stdout(), io::stderr()), read)
}

/// The same, with each line that is passed on led by a label.
pub fn run_labelled(
    command: &mut Command,
    label: &'static str,
    limit: Duration,
    read: impl FnMut(&str),
) -> Result<bool> {
    let led = |to| Labelled { label, to };
    watch(command, limit, (led(io::stdout()), led(io::stdout())), read)
}

/// Leads whatever is written at once by a label.
struct Labelled<W> {
    label: &'static str,
    to: W,
}

impl<W: Write> Write for Labelled<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let led = [self.label.as_bytes(), b" | ", line].concat();
        self.to.write_all(&led).map(|()| line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Runs a program whose output nobody is to see; answers whether it succeeded, and all it wrote.
///
/// # Errors
/// When it cannot be started or is not done after `limit`.
pub fn run_hidden(command: &mut Command, limit: Duration) -> Result<(bool, String)> {
    let mut text = String::new();
    let succeeded = watch(command, limit, (io::sink(), io::sink()), |line| text.push_str(line))?;
    Ok((succeeded, text))
}

fn watch(
    command: &mut Command,
    limit: Duration,
    shown_on: (impl Write + Send + 'static, impl Write + Send + 'static),
    mut read: impl FnMut(&str),
) -> Result<bool> {
    let name = shown(command);
    let deadline = Instant::now() + limit;
    let mut child = start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (sender, lines) = channel();
    pass_on(child.stdout.take(), shown_on.0, sender.clone());
    pass_on(child.stderr.take(), shown_on.1, sender);

    let status = loop {
        read_waiting(&lines, Instant::now() + POLL, &mut read);
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if Instant::now() >= deadline {
            end(&mut child);
            break None;
        }
    };
    read_waiting(&lines, Instant::now() + LAST_WORDS, &mut read);
    match status {
        Some(status) => Ok(status.success()),
        None => bail!("`{name}` was ended: not done after {} s", limit.as_secs()),
    }
}

/// Runs a program in silence and answers what it wrote to its output, or nothing when it is missing, fails or is
/// not done after `limit`.
pub fn answer(command: &mut Command, limit: Duration) -> Option<String> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (sender, lines) = channel();
    pass_on(child.stdout.take(), io::sink(), sender);
    let status = wait(&mut child, Instant::now() + limit).ok()??;
    let mut text = String::new();
    read_waiting(&lines, Instant::now() + LAST_WORDS, &mut |line| text.push_str(line));
    status.success().then_some(text)
}

fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    // The last part: cargo's own path says nothing.
    let program = program.rsplit('/').next().unwrap_or_default().to_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn start(command: &mut Command) -> Result<Child> {
    let name = shown(command);
    command.spawn().with_context(|| format!("`{name}` cannot be started; is it installed and on the PATH?"))
}

fn wait(child: &mut Child, deadline: Instant) -> Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            end(child);
            return Ok(None);
        }
        thread::sleep(POLL);
    }
}

fn pass_on(
    from: Option<impl Read + Send + 'static>,
    mut to: impl Write + Send + 'static,
    lines: Sender<String>,
) {
    let Some(from) = from else { return };
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while matches!(from.read_until(b'\n', &mut line), Ok(length) if length > 0) {
            // A closed terminal is no reason to stop reading: the program would block on a full pipe.
            let _ = to.write_all(&line).and_then(|()| to.flush());
            let _ = lines.send(String::from_utf8_lossy(&line).into_owned());
            line.clear();
        }
    });
}

fn read_waiting(lines: &Receiver<String>, until: Instant, read: &mut impl FnMut(&str)) {
    loop {
        match lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(line) => read(&line),
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => {
                return thread::sleep(until.saturating_duration_since(Instant::now()).min(POLL));
            }
        }
    }
}

/// Ends a program and what it started, each by its id.
fn end(child: &mut Child) {
    for id in descendants(child.id()) {
        let _ = Command::new("sh").arg("-c").arg(format!("kill -KILL {id}")).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The ids of the processes below `ancestor`, as Linux tells them; elsewhere none are known.
fn descendants(ancestor: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let parents: Vec<(u32, u32)> = processes
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            // `id (name) state parent …`, where the name may contain anything.
            let parent = stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()?;
            Some((id, parent))
        })
        .collect();
    let mut found = vec![ancestor];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        next += 1;
    }
    found.split_off(1)
}

#[cfg(test)]
mod tests {
    use super::{answer, at_root, run, run_reading};
    use std::time::{Duration, Instant};

    const SHORT: Duration = Duration::from_millis(300);
    const LONG: Duration = Duration::from_secs(60);

    fn shell(script: &str) -> std::process::Command {
        at_root("sh", &["-c", script]).unwrap()
    }

    #[test]
    fn a_program_that_hangs_is_ended_with_its_children() {
        let started = Instant::now();
        assert!(run(&mut shell("sleep 50 & sleep 50"), SHORT).is_err());
        assert!(run_reading(&mut shell("sleep 50 & sleep 50"), SHORT, |_| ()).is_err());
        assert_eq!(answer(&mut shell("sleep 50 & sleep 50"), SHORT), None);
        assert!(started.elapsed() < LONG / 2);
    }

    #[test]
    fn a_child_left_behind_does_not_hold_up_its_parent() {
        let started = Instant::now();
        assert!(run_reading(&mut shell("sleep 40 &"), LONG, |_| ()).unwrap());
        assert!(started.elapsed() < LONG / 2);
    }

    #[test]
    fn every_line_is_read_from_both_outputs() {
        let mut lines = Vec::new();
        let succeeded = run_reading(&mut shell("echo a; echo b >&2; echo c; exit 3"), LONG, |line| {
            lines.push(line.trim().to_owned());
        });
        lines.sort();
        assert_eq!((succeeded.unwrap(), lines), (false, vec!["a".into(), "b".into(), "c".into()]));
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut at_root("no-such-program", &["--help"]).unwrap(), LONG).unwrap_err();
        assert!(error.to_string().starts_with("`no-such-program --help` cannot be started"));
    }
}
