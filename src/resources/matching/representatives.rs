//! Resources that stand for all others, so that a question about every resource of a pattern can be put to a few.
//!
//! Two segments that are spelled alike nowhere, and are taken by the same globs, are the same to every pattern: one
//! text stands for both. Two paths that leave every pattern at the same positions are the same for whatever follows.
//! So the segments to try are finitely many, and so are the paths.

use std::collections::{BTreeSet, VecDeque};
use std::iter;

use super::relation::{matches, overlaps};
use super::walk::{Machine, NOWHERE, Positions};
use crate::resources::{EnvironmentPattern, PathPattern, Pattern, Resource, ResourcePath, TargetEntry};
use crate::values::Environment;

/// How many steps may be taken in search of them, for all that one question asks about.
const STEPS: usize = 1_000_000;

/// Resources of the target such that each of its resources is matched by the same entries as one of these; none where
/// that takes too long to find out, with what was taken before.
pub fn representatives<'a>(
    target: &'a Pattern,
    entries: impl IntoIterator<Item = TargetEntry<'a>>,
    effort: &mut Effort,
) -> Option<Vec<Resource>> {
    let concerned = entries.into_iter().filter(|entry| overlaps(*entry, target));
    let entries: BTreeSet<TargetEntry<'_>> = concerned.chain([target.into()]).collect();
    let paths: BTreeSet<&PathPattern> = entries.iter().map(|entry| entry.path).collect();
    let mut found = Vec::new();
    let mut vectors = BTreeSet::default();
    for path in texts_of_paths(&target.path, &paths, effort)? {
        for environment in environments(target, &entries)? {
            let (kind, path) = (target.kind.clone(), ResourcePath::try_from(path.as_str()).ok()?);
            let resource = Resource { kind, environment, path };
            let vector: Vec<bool> = entries.iter().map(|entry| matches(*entry, &resource)).collect();
            if vectors.insert(vector) {
                found.push(resource);
            }
        }
    }
    Some(found)
}

/// The steps taken.
#[derive(Debug, Default)]
pub struct Effort(usize);

impl Effort {
    /// None once there are too many.
    fn add(&mut self, steps: usize) -> Option<()> {
        self.0 = self.0.saturating_add(steps);
        (self.0 <= STEPS).then_some(())
    }
}

/// Every environment that is named, and where the target has them all, one that is not.
fn environments(target: &Pattern, entries: &BTreeSet<TargetEntry<'_>>) -> Option<Vec<Option<Environment>>> {
    let named = entries.iter().filter_map(|entry| match entry.environment {
        Some(EnvironmentPattern::Named(name)) => Some(name.clone()),
        _ => None,
    });
    match &target.environment {
        None => Some(vec![None]),
        Some(EnvironmentPattern::Named(name)) => Some(vec![Some(name.clone())]),
        Some(EnvironmentPattern::Any) => {
            let named: BTreeSet<Environment> = named.collect();
            // Longer than all others, it is none of them.
            let length = named.iter().map(|name| name.as_str().len()).max().unwrap_or_default();
            let another = Environment::try_from("x".repeat(length.saturating_add(1))).ok()?;
            Some(named.into_iter().chain([another]).map(Some).collect())
        }
    }
}

/// Paths of the target that stand for all of them.
fn texts_of_paths(
    target: &PathPattern,
    paths: &BTreeSet<&PathPattern>,
    effort: &mut Effort,
) -> Option<Vec<String>> {
    let globs: BTreeSet<&str> = paths.iter().flat_map(|path| path.segments()).collect();
    // The target's own machine is the first.
    let machines: Vec<Machine<'_>> =
        [target].into_iter().chain(paths.iter().copied()).map(Machine::new).collect();
    let segments = texts_of_segments(&globs, effort)?;
    effort.add(segments.len().saturating_mul(machines.len()))?;
    let segments: Vec<(String, Vec<Positions>)> = segments
        .into_iter()
        .map(|text| {
            let takers = machines.iter().map(|machine| machine.takers(&text)).collect();
            (text, takers)
        })
        .collect();

    let start: Vec<Positions> = machines.iter().map(Machine::start).collect();
    let mut seen = BTreeSet::default();
    seen.insert(start.clone());
    let mut open = VecDeque::from([(start, String::new())]);
    let mut texts = Vec::new();
    while let Some((at, text)) = open.pop_front() {
        if machines.iter().zip(&at).next().is_some_and(|(target, at)| target.ends(*at)) {
            texts.push(if text.is_empty() { "/".to_owned() } else { text.clone() });
        }
        for (segment, takers) in &segments {
            effort.add(machines.len())?;
            let places = machines.iter().zip(&at).zip(takers);
            let next: Vec<_> = places.map(|((machine, at), takers)| machine.step(*at, *takers)).collect();
            let is_of_target = next.first().is_some_and(|at| *at != NOWHERE);
            if is_of_target && seen.insert(next.clone()) {
                open.push_back((next, format!("{text}/{segment}")));
            }
        }
    }
    Some(texts)
}

/// Segments that stand for all there are: those spelled out, and for the others one for each choice of globs that
/// some segment is taken by.
fn texts_of_segments(globs: &BTreeSet<&str>, effort: &mut Effort) -> Option<Vec<String>> {
    let (globs, literals): (Vec<&str>, Vec<&str>) =
        globs.iter().filter(|glob| **glob != PathPattern::ANY_DEPTH).partition(|glob| glob.contains('*'));
    let is_spelled = |c: &char| globs.iter().chain(&literals).any(|glob| glob.contains(*c));
    // An ideograph composes with nothing.
    let fresh = ('\u{4E00}'..='\u{9FFF}').find(|c| !is_spelled(c))?;
    let spelled = globs.iter().flat_map(|glob| glob.chars()).filter(|c| *c != '*');
    let characters: BTreeSet<char> = spelled.chain([fresh]).collect();
    let read: Vec<Glob> = globs.iter().map(|glob| Glob(glob.chars().collect())).collect();
    let spelled: Vec<Vec<char>> = literals.iter().map(|literal| literal.chars().collect()).collect();

    let start = Reading {
        places: read.iter().map(Glob::start).collect(),
        literals: (0..literals.len()).map(|number| (number, 0)).collect(),
    };
    // Not the empty text: others that may go on as it does stand for segments.
    let mut seen = BTreeSet::default();
    // Each text by its last character, and the one before it.
    let mut texts_read: Vec<(Option<char>, usize)> = vec![(None, 0)];
    let mut open = VecDeque::from([(start, 0)]);
    let mut texts: Vec<String> = literals.iter().map(|literal| (*literal).to_owned()).collect();
    let mut vectors = BTreeSet::default();
    while let Some((reading, number)) = open.pop_front() {
        let is_literal = reading
            .literals
            .iter()
            .any(|(literal, at)| spelled.get(*literal).is_some_and(|it| it.len() == *at));
        if number > 0 && !is_literal && vectors.insert(reading.taken(&read)) {
            texts.push(spelled_out(&texts_read, number));
        }
        for c in &characters {
            let next = reading.next(*c, &read, &spelled);
            effort.add(reading.size())?;
            if seen.insert(next.clone()) {
                open.push_back((next, texts_read.len()));
                texts_read.push((Some(*c), number));
            }
        }
    }
    Some(texts)
}

/// What has been read of a segment, as far as it matters for what follows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    /// The places in each glob at which it may go on.
    places: Vec<Vec<usize>>,
    /// The literals that begin so, and how much of each was read: where a text begins as one does, it may yet become that one,
    /// and another may not.
    literals: Vec<(usize, usize)>,
}

impl Reading {
    fn size(&self) -> usize {
        self.places.iter().map(Vec::len).fold(self.literals.len(), usize::saturating_add).max(1)
    }

    fn next(&self, c: char, globs: &[Glob], literals: &[Vec<char>]) -> Self {
        let places = globs.iter().zip(&self.places).map(|(glob, places)| glob.next(places, c)).collect();
        let goes_on =
            |(literal, at): &&(usize, usize)| literals.get(*literal).and_then(|it| it.get(*at)) == Some(&c);
        let going_on = self.literals.iter().filter(goes_on);
        Self { places, literals: going_on.map(|(literal, at)| (*literal, at.saturating_add(1))).collect() }
    }

    /// Which globs take a segment that ends here.
    fn taken(&self, globs: &[Glob]) -> Vec<bool> {
        globs.iter().zip(&self.places).map(|(glob, places)| places.contains(&glob.0.len())).collect()
    }
}

/// A glob, character by character.
struct Glob(Vec<char>);

impl Glob {
    fn start(&self) -> Vec<usize> {
        self.unread(0).collect()
    }

    /// The places at which it may go on once a character more has been read, in order.
    fn next(&self, places: &[usize], c: char) -> Vec<usize> {
        let mut next = Vec::new();
        for &place in places {
            let goes_on_at = match self.0.get(place) {
                Some('*') => place,
                Some(spelled) if *spelled == c => place.saturating_add(1),
                _ => continue,
            };
            next.extend(
                self.unread(goes_on_at)
                    .filter(|place| next.last().is_none_or(|last| last < place))
                    .collect::<Vec<_>>(),
            );
        }
        next
    }

    /// A place, and those behind it where each `*` there takes nothing.
    fn unread(&self, place: usize) -> impl Iterator<Item = usize> {
        let is_star = |place: &usize| self.0.get(*place) == Some(&'*');
        iter::successors(Some(place), move |place| is_star(place).then(|| place.saturating_add(1)))
    }
}

/// The text of a number, from its last character back to its first.
fn spelled_out(texts: &[(Option<char>, usize)], number: usize) -> String {
    let back = iter::successors(texts.get(number), |(_, before)| texts.get(*before));
    let mut text: Vec<char> = back.map_while(|(last, _)| *last).collect();
    text.reverse();
    text.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(environment: Option<&str>, path: &str) -> Pattern {
        let environment = environment.map(|name| name.try_into().unwrap());
        Pattern { kind: Default::default(), environment, path: path.try_into().unwrap() }
    }

    fn found(target: &Pattern, entries: &[Pattern]) -> Option<Vec<String>> {
        let all = representatives(target, entries.iter().map(TargetEntry::from), &mut Effort::default())?;
        let shown = |resource: &Resource| match &resource.environment {
            Some(environment) => format!("{environment} {}", resource.path),
            None => resource.path.to_string(),
        };
        Some(all.iter().map(shown).collect())
    }

    #[test]
    fn one_resource_stands_for_those_that_the_same_entries_match() {
        for (environment, path, entries, expected) in [
            (None, "/a", &[(None, "/*")][..], &["/a"][..]),
            (None, "/*", &[(None, "/a*"), (None, "/ab")], &["/ab", "/a", "/一"]),
            (None, "/a/**", &[(None, "/a/b")], &["/a", "/a/b"]),
            (Some("*"), "/a", &[(Some("dev"), "/**"), (None, "/a")], &["dev /a", "xxxx /a"]),
        ] {
            let entries: Vec<_> =
                entries.iter().map(|(environment, path)| pattern(*environment, path)).collect();
            assert_eq!(found(&pattern(environment, path), &entries).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn patterns_that_would_take_too_long_are_given_up() {
        let entries: Vec<_> = ('a'..='z').map(|c| pattern(None, &format!("/*{c}*"))).collect();
        assert_eq!(found(&pattern(None, "/*"), &entries), None);
        assert!(found(&pattern(None, "/*"), &entries[..6]).is_some_and(|all| all.len() == 64));
    }
}
