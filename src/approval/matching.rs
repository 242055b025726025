use std::collections::BTreeMap;
use std::mem;

use super::crowd::Named;
use crate::policies::Quorum;

/// A quorum of a step that is not completed, with the people who could fill its slots.
pub(super) struct Need<'a> {
    pub(super) step: u32,
    pub(super) quorum: &'a Quorum,
    slots: usize,
    candidates: Vec<Named<'a>>,
    filled: usize,
}

impl<'a> Need<'a> {
    pub(super) fn new(step: u32, quorum: &'a Quorum, slots: usize, candidates: Vec<Named<'a>>) -> Self {
        Self { step, quorum, slots, candidates, filled: 0 }
    }

    /// How many approvals it lacks.
    pub(super) fn missing(&self) -> usize {
        self.slots.saturating_sub(self.filled)
    }

    /// Fills its slots as if there were no others.
    pub(super) fn fill_alone(&mut self) {
        self.filled = self.candidates.iter().fold(0, |sum, class| class.size.saturating_add(sum));
    }
}

/// Fills the slots of all needs, each person taking at most one: those of the first as far as can be, then those of the next
/// without a loss to the first, and so on. A matching by augmenting paths, in which people who are alike go together.
pub(super) fn fill_all(needs: &mut [Need<'_>]) {
    let all = || needs.iter().flat_map(|need| &need.candidates);
    let count = all().map(|named| named.class.saturating_add(1)).max().unwrap_or_default();
    let mut classes: Vec<Class> = (0..count).map(|_| Class::default()).collect();
    for Named { class, size, .. } in all() {
        classes.get_mut(*class).into_iter().for_each(|class| class.left = *size);
    }
    let mut matching = Matching { needs, classes };
    let numbers = 0..needs.len();
    let filled: Vec<usize> = numbers.map(|number| matching.fill(number)).collect();
    for (need, filled) in needs.iter_mut().zip(filled) {
        need.filled = filled;
    }
}

struct Matching<'n, 'a> {
    needs: &'n [Need<'a>],
    classes: Vec<Class>,
}

/// How many of a class are left, and how many each need has taken, by its number.
#[derive(Default)]
struct Class {
    left: usize,
    taken: BTreeMap<usize, usize>,
}

/// Where a search for people has been.
struct Seen {
    needs: Vec<bool>,
    classes: Vec<bool>,
}

impl<'n, 'a> Matching<'n, 'a> {
    /// Fills a need as far as can be. How many were found.
    fn fill(&mut self, number: usize) -> usize {
        let slots = self.needs.get(number).map_or(0, |need| need.slots);
        let mut missing = slots;
        for named in self.candidates(number) {
            missing = missing.saturating_sub(self.take_left(named.class, number, missing));
        }
        while missing > 0 {
            let mut seen =
                Seen { needs: vec![false; self.needs.len()], classes: vec![false; self.classes.len()] };
            match self.find(number, missing, &mut seen) {
                0 => break,
                found => missing = missing.saturating_sub(found),
            }
        }
        slots.saturating_sub(missing)
    }

    /// Finds some people for a need, at most as many as are wanted: people who are left, or people whom another need can
    /// spare because it finds as many others.
    fn find(&mut self, number: usize, wanted: usize, seen: &mut Seen) -> usize {
        if !is_first(&mut seen.needs, number) {
            return 0;
        }
        let candidates = self.candidates(number);
        let mut left = candidates.iter().map(|named| self.take_left(named.class, number, wanted));
        if let Some(found) = left.find(|found| *found > 0) {
            return found;
        }
        for Named { class, .. } in candidates {
            let takers = if is_first(&mut seen.classes, *class) { self.takers(*class) } else { Vec::new() };
            for (other, taken) in takers {
                let found = self.find(other, wanted.min(taken), seen);
                if found > 0 {
                    self.hand_over(*class, found, other, number);
                    return found;
                }
            }
        }
        0
    }

    fn candidates(&self, number: usize) -> &'n [Named<'a>] {
        self.needs.get(number).map_or(&[], |need| &need.candidates)
    }

    /// Who has taken people of a class, and how many.
    fn takers(&self, class: usize) -> Vec<(usize, usize)> {
        let taken = self.classes.get(class).into_iter().flat_map(|class| &class.taken);
        taken.map(|(number, taken)| (*number, *taken)).collect()
    }

    /// Takes people who are left. How many those were.
    fn take_left(&mut self, class: usize, number: usize, wanted: usize) -> usize {
        let Some(class) = self.classes.get_mut(class) else { return 0 };
        let found = wanted.min(class.left);
        if found > 0 {
            class.left = class.left.saturating_sub(found);
            class.take(number, found);
        }
        found
    }

    fn hand_over(&mut self, class: usize, count: usize, from: usize, to: usize) {
        let Some(class) = self.classes.get_mut(class) else { return };
        if let Some(taken) = class.taken.get_mut(&from) {
            *taken = taken.saturating_sub(count);
        }
        class.taken.retain(|_, taken| *taken > 0);
        class.take(to, count);
    }
}

impl Class {
    fn take(&mut self, number: usize, count: usize) {
        let taken = self.taken.entry(number).or_default();
        *taken = taken.saturating_add(count);
    }
}

/// Whether a search comes here for the first time, which it has then.
fn is_first(seen: &mut [bool], number: usize) -> bool {
    seen.get_mut(number).is_some_and(|seen| !mem::replace(seen, true))
}
