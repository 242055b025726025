//! The simulator that the tests run (`tests/simulation`), in a browser: a seed is told step by step, what can be seen of it is
//! drawn, and whoever watches breaks things.

mod scene;
#[path = "../../../tests/simulation/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "these are tests: one that fails panics, and not all that they do is done here"
)]
mod simulation;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use scene::Scene;
use simulation::faults::{Doom, Fault, Wrong};
use simulation::{Plan, Run};

/// What a spectator can do to the world.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Mischief {
    /// A server dies, and is back after a while.
    Crash = "crash",
    /// It dies as soon as the store has written a commit of it.
    CrashAsItWrites = "crashAsItWrites",
    /// Nothing comes through between a server and the store.
    Partition = "partition",
    /// A server's clock goes three minutes forward.
    ClockForward = "clockForward",
    /// A server's clock goes two minutes back.
    ClockBack = "clockBack",
    /// The store does what it is asked to, and its answers are lost.
    LoseAnswers = "loseAnswers",
    /// It does nothing, and never answers.
    Hang = "hang",
    /// It does what it is asked to when nobody waits for it any more.
    ComeLate = "comeLate",
    /// It is put back to an older copy.
    Restore = "restore",
    /// Its snapshot is lost.
    LoseSnapshot = "loseSnapshot",
    /// The mail server refuses everything for a while.
    RefuseMail = "refuseMail",
    /// The mail server never answers.
    HangMail = "hangMail",
    /// The mail server accepts, and its answers are lost.
    LoseMailAnswers = "loseMailAnswers",
}

/// A seed that is being told.
#[wasm_bindgen]
pub struct Simulation {
    run: Run,
    seed: u64,
    /// How far the trace was read, in bytes.
    read: usize,
}

#[wasm_bindgen]
impl Simulation {
    /// Begins at the first instant of a seed, of 0 to 2^53 - 1.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: f64) -> Self {
        // What a seed is not is drawn from as well.
        let seed = seed as u64;
        Self { run: Run::begin(&Plan::of(seed)), seed, read: 0 }
    }

    /// The instant at which it stands, in milliseconds of virtual time.
    #[wasm_bindgen(getter)]
    pub fn now(&self) -> f64 {
        self.run.now() as f64
    }

    /// The instant at which all is told.
    #[wasm_bindgen(getter)]
    pub fn end(&self) -> f64 {
        self.run.end() as f64
    }

    /// Whether one of the truths was none.
    #[wasm_bindgen(getter, js_name = hasFailed)]
    pub fn has_failed(&self) -> bool {
        !self.run.world.witness.borrow().problems.is_empty()
    }

    /// Goes on for so many milliseconds of virtual time, and no further than the end.
    #[wasm_bindgen(js_name = goOn)]
    pub fn go_on(&mut self, milliseconds: f64) {
        let until = self.run.now().saturating_add((milliseconds as i64).max(0));
        self.run.go_on(until);
    }

    /// Breaks something now: one server's, where one is named.
    #[wasm_bindgen(js_name = breakNow)]
    pub fn break_now(&self, mischief: Mischief, server: Option<usize>) {
        let wrong = match mischief {
            Mischief::Crash => Wrong::Crash(Doom::Now),
            Mischief::CrashAsItWrites => Wrong::Crash(Doom::AsItWrites),
            Mischief::Partition => Wrong::Partition,
            Mischief::ClockForward => Wrong::ClockJumps(180_000),
            Mischief::ClockBack => Wrong::ClockJumps(-120_000),
            Mischief::LoseAnswers => Wrong::LosesAnswers,
            Mischief::Hang => Wrong::Hangs,
            Mischief::ComeLate => Wrong::ComesLate,
            Mischief::Restore => Wrong::Restore(self.run.world.pace.unit),
            Mischief::LoseSnapshot => Wrong::SnapshotLost,
            Mischief::RefuseMail => Wrong::MailIsRefused,
            Mischief::HangMail => Wrong::MailHangs,
            Mischief::LoseMailAnswers => Wrong::MailAnswersAreLost,
            // Some word of JavaScript that is none of these.
            Mischief::__Invalid => return,
        };
        self.run.meddle(Fault::by_hand(wrong, server, self.run.now(), self.run.world.pace));
    }

    /// What can be seen now, and what has happened since this was last asked.
    ///
    /// # Errors
    /// Never: a scene is made of numbers and texts.
    #[wasm_bindgen(unchecked_return_type = "Scene")]
    pub fn look(&mut self) -> Result<JsValue, serde_wasm_bindgen::Error> {
        let scene = Scene::of(&self.run, self.seed, self.read);
        self.read = self.run.world.trace.borrow().len();
        serde_wasm_bindgen::to_value(&scene)
    }
}
