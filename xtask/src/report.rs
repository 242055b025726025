//! What a person reads while a command works.

use std::sync::OnceLock;
use std::time::Instant;

static STARTED: OnceLock<Instant> = OnceLock::new();

/// Sets the instant that elapsed times count from.
pub fn start_clock() {
    STARTED.get_or_init(Instant::now);
}

/// Prints one line, led by the seconds since the command began.
pub fn say(line: &str) {
    let elapsed = STARTED.get_or_init(Instant::now).elapsed();
    println!("[{:6.1} s] {line}", elapsed.as_secs_f32());
}
