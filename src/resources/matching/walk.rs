use std::collections::BTreeSet;
use std::iter::successors;

use super::segment;
use crate::resources::PathPattern;

/// Whether every path of the target is a path of at least one of the patterns. No patterns cover nothing.
pub(crate) fn cover_together(patterns: &[&PathPattern], target: &PathPattern) -> bool {
    walk(patterns, target).0
}

/// Where each of the patterns may be.
type State = Box<[Positions]>;

/// Follows all generic words of the target (see the [module](super)) at once: whether each is taken, and how many
/// states that took to find out.
///
/// A `**` of the target stands for none, one, two, … fresh segments, which only `*` alone and `**` can take. After
/// one more of them than a pattern has `*`, further ones change nothing; so each `**` multiplies the states by 18 at
/// most, and states that are equal are followed once.
fn walk(patterns: &[&PathPattern], target: &PathPattern) -> (bool, usize) {
    let machines: Vec<Machine<'_>> = patterns.iter().map(|pattern| Machine::new(pattern)).collect();
    let mut states: BTreeSet<State> = [machines.iter().map(Machine::start).collect()].into_iter().collect();
    let mut explored = 0_usize;
    for segment in target.segments() {
        let is_repeated = segment == PathPattern::ANY_DEPTH;
        let text = if is_repeated { FRESH } else { segment };
        let takers: Vec<Positions> = machines.iter().map(|machine| machine.takers(text)).collect();
        let step = |state: &State| -> State {
            let places = machines.iter().zip(&takers).zip(state);
            places.map(|((machine, takers), at)| machine.step(*at, *takers)).collect()
        };
        let mut reached = BTreeSet::default();
        for state in states {
            if is_repeated {
                let mut repetitions = successors(Some(state), |state| Some(step(state)));
                while repetitions.next().is_some_and(|state| reached.insert(state)) {}
            } else {
                reached.insert(step(&state));
            }
        }
        explored = explored.saturating_add(reached.len());
        if reached.iter().any(|state| state.iter().all(|at| *at == NOWHERE)) {
            return (false, explored);
        }
        let is_settled =
            |state: &State| machines.iter().zip(state).any(|(machine, at)| at & machine.open != 0);
        states = reached.into_iter().filter(|state| !is_settled(state)).collect();
    }
    let is_taken = |state: &State| machines.iter().zip(state).any(|(machine, at)| machine.ends(*at));
    (states.iter().all(is_taken), explored)
}

/// What stands for a segment that no pattern spells out: a fresh character alone.
const FRESH: &str = "*";

/// Positions in a pattern, one bit each: before its first segment is bit 0; at most 64 segments need 65 bits.
pub(super) type Positions = u128;

pub(super) const NOWHERE: Positions = 0;

/// A pattern as a nondeterministic automaton over segments.
pub(super) struct Machine<'a> {
    segments: Vec<&'a str>,
    /// Before a `**`.
    any_depth: Positions,
    /// Before a `**` that is last: whatever follows is taken.
    open: Positions,
    /// Behind the last segment.
    end: Positions,
}

impl<'a> Machine<'a> {
    pub(super) fn new(pattern: &'a PathPattern) -> Self {
        let segments: Vec<&str> = pattern.segments().collect();
        let at_any_depth = |(segment, bit)| if segment == PathPattern::ANY_DEPTH { bit } else { NOWHERE };
        let any_depth =
            segments.iter().copied().zip(bits()).map(at_any_depth).fold(NOWHERE, |all, bit| all | bit);
        let end = bits().nth(segments.len()).unwrap_or(NOWHERE);
        Self { segments, any_depth, open: any_depth & (end >> 1), end }
    }

    pub(super) fn start(&self) -> Positions {
        self.skip_any_depth(1)
    }

    /// The positions, those before `**` aside, whose segment takes this text.
    pub(super) fn takers(&self, text: &str) -> Positions {
        let takes = |glob: &str| glob != PathPattern::ANY_DEPTH && segment::takes(glob, text);
        let taken = self.segments.iter().zip(bits()).filter(|(glob, _)| takes(glob));
        taken.fold(NOWHERE, |all, (_, bit)| all | bit)
    }

    pub(super) fn step(&self, at: Positions, takers: Positions) -> Positions {
        self.skip_any_depth(((at & takers) << 1) | (at & self.any_depth))
    }

    /// Whether what has been read so far is a path of the pattern.
    pub(super) fn ends(&self, at: Positions) -> bool {
        at & self.end != NOWHERE
    }

    /// A `**` may take nothing; as it never comes twice in a row, one skip is enough.
    fn skip_any_depth(&self, at: Positions) -> Positions {
        at | ((at & self.any_depth) << 1)
    }
}

fn bits() -> impl Iterator<Item = Positions> {
    successors(Some(1), |bit: &Positions| bit.checked_shl(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(patterns: &[&str], target: &str) -> (bool, usize) {
        let patterns: Vec<PathPattern> =
            patterns.iter().map(|text| PathPattern::try_from(*text).unwrap()).collect();
        walk(&patterns.iter().collect::<Vec<_>>(), &PathPattern::try_from(target).unwrap())
    }

    #[test]
    fn patterns_cover_together_what_none_covers_alone() {
        for (patterns, covered, not_covered) in [
            (&["/a", "/a/*/**"][..], "/a/**", "/**"),
            (&["/*", "/*/*/**"], "/*/**", "/**"),
            (&["/", "/a", "/a/**"], "/", "/**"),
            (&["/", "/*", "/*/*/*/**"], "/*/a/b/**", "/**/*/**"),
            (&["/**/a", "/**/b"], "/**/x/a", "/**/c"),
            (&["/a*", "/b*"], "/a*b", "/*"),
        ] {
            assert!(walked(patterns, covered).0, "{patterns:?} {covered}");
            assert!(!walked(patterns, not_covered).0, "{patterns:?} {not_covered}");
        }
    }

    #[test]
    fn nothing_covers_nothing() {
        assert!(!walked(&[], "/").0);
        assert!(!walked(&[], "/**").0);
    }
    /// Found by search among the longest patterns there are; the bound of 18⁴ states a segment is far away.
    #[test]
    fn the_longest_patterns_take_a_bounded_number_of_states() {
        let stars = "/*".repeat(16);
        let pattern = format!("/**/x{stars}{}", "/x".repeat(46));
        let target = format!("{}{}", "/x/**".repeat(4), "/x".repeat(56));
        let unlike = format!("{}{}", "/x/**".repeat(4), "/y".repeat(56));
        for (pattern, target) in [(&pattern, &target), (&pattern, &unlike), (&pattern, &pattern)] {
            let (_, explored) = walked(&[pattern], target);
            assert!(explored < 200_000, "{explored} for {pattern} {target}");
        }
        let (is_covered, explored) = walked(&[&pattern, &target, &unlike], &target);
        assert!(is_covered && explored < 200_000, "{explored}");
    }
}
