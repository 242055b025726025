//! What a seed stands for: how fast time goes, what people do and what goes wrong, each with a number, so that it can be
//! left out.

use std::collections::BTreeSet;

use super::chance::Chance;
use super::clockwork::Millis;
use super::faults::{FAULTS, Fault, fault};

/// When it all begins: 5 January 2026, 9 o'clock UTC.
pub(crate) const EPOCH: Millis = 1_767_603_600_000;
/// So many servers share the store.
pub(crate) const SERVERS: usize = 3;
/// So many things people set out to do.
pub(crate) const DEEDS: u32 = 70;

/// How fast things go in a world: people take hours over what they do, or minutes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// How often a server looks for news, and for what is due.
    pub(crate) beat: Millis,
    /// What people reckon in.
    pub(crate) unit: Millis,
    /// For how many units nothing goes wrong any more.
    pub(crate) calm: Millis,
}

const PACES: [Pace; 3] = [
    Pace { beat: 10_000, unit: 60_000, calm: 20 },
    Pace { beat: 60_000, unit: 900_000, calm: 20 },
    // Until what is over is archived.
    Pace { beat: 3_600_000, unit: 21_600_000, calm: 170 },
];
/// People are at it for so many units.
const ACTIVE: Millis = 24;

impl Pace {
    pub(crate) fn of(seed: u64) -> Self {
        PACES[Chance::new(seed ^ 0x9ACE).weighted(&[50, 35, 15])]
    }

    /// Until when something is done, and goes wrong.
    pub(crate) fn active(self) -> Millis {
        self.unit * ACTIVE
    }

    pub(crate) fn end(self) -> Millis {
        self.active() + self.unit * self.calm
    }

    /// Whole seconds.
    pub(crate) fn seconds(self, units: i64) -> i64 {
        units * self.unit / 1_000
    }
}

/// A seed, and what of it does not happen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// From which everything is drawn.
    pub(crate) seed: u64,
    /// The numbers of what is left out.
    pub(crate) without: BTreeSet<u32>,
}

impl Plan {
    /// All that the seed stands for.
    pub(crate) fn of(seed: u64) -> Self {
        Self { seed, without: BTreeSet::new() }
    }

    /// The numbers of all that happens.
    pub(crate) fn numbers(&self) -> Vec<u32> {
        (0..DEEDS + FAULTS).filter(|number| !self.without.contains(number)).collect()
    }

    pub(crate) fn deeds(&self) -> impl Iterator<Item = u32> {
        self.numbers().into_iter().filter(|number| *number < DEEDS)
    }

    pub(crate) fn faults(&self) -> Vec<Fault> {
        let numbers = self.numbers().into_iter().filter(|number| *number >= DEEDS);
        numbers.map(|number| fault(self.seed, number, Pace::of(self.seed))).collect()
    }

    /// When something is done: mostly right after what was done before, so that people get into each other's way.
    pub(crate) fn starts(&self) -> Vec<Millis> {
        let (pace, mut chance) = (Pace::of(self.seed), Chance::new(self.seed ^ 0x71E5));
        let mut bursts: Vec<Millis> = (0..DEEDS / 4).map(|_| chance.between(0, pace.active())).collect();
        bursts.sort_unstable();
        let mut starts: Vec<Millis> = (0..DEEDS)
            .map(|number| {
                let burst = bursts[number as usize * bursts.len() / DEEDS as usize];
                burst + if chance.percent(60) { chance.between(0, 300) } else { chance.between(0, pace.unit) }
            })
            .collect();
        starts.sort_unstable();
        starts
    }
}
