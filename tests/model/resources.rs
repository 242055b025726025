//! Which paths a pattern stands for, by trying; covers and overlaps, by looking at a universe of paths (docs/resources.md).
//!
//! Everything generated takes its path patterns from [`PATTERNS`]. Two paths that the same ones of these match are
//! alike, so one path of each kind stands for all: any question about these patterns is answered exactly by trying
//! it on the few paths that are left. `the_universe_is_deep_enough` holds that deeper paths add no new kind.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use access_engine::access::AccessQuery;
use access_engine::resources::{
    ActionList, ActionSet, EnvironmentPattern, PathPattern, Pattern, PolicyTargets, Resource, ResourcePath,
};
use access_engine::values::{Action, Attributes, Environment, ResourceType, SubjectId};

/// All path patterns there are.
pub(crate) const PATTERNS: [&str; 24] = [
    "/**", "/a/**", "/a/b/**", "/b/**", "/a*/**", "/*", "/a/*", "/a*", "/*/b", "/**/b", "/a/**/b", "/*/**",
    "/**/*", "/a/*/**", "/a/**/a*", "/", "/a", "/a/b", "/b", "/ax", "/a/z", "/a/b/a", "/b/b*", "/b/b/a",
];
/// All environments there are; the first stands for none, the last is named by nothing.
pub(crate) const ENVIRONMENTS: [Option<&str>; 4] = [None, Some("production"), Some("staging"), Some("qa")];
/// All actions there are; no policy lists the last.
pub(crate) const ACTIONS: [&str; 3] = ["read", "write", "list"];
/// Those that a pattern spells out, those that only `a*` or `b*` matches beside `*`, and one that only `*` does.
const SEGMENTS: [&str; 7] = ["a", "ax", "b", "z", "ay", "bx", "y"];

pub(crate) fn segments(text: &str) -> Vec<&str> {
    text.split('/').filter(|segment| !segment.is_empty()).collect()
}

pub(crate) fn segment_matches(pattern: &[u8], segment: &[u8]) -> bool {
    match (pattern.first(), segment.first()) {
        (None, None) => true,
        (Some(b'*'), _) => {
            segment_matches(&pattern[1..], segment)
                || !segment.is_empty() && segment_matches(pattern, &segment[1..])
        }
        (Some(one), Some(other)) => one == other && segment_matches(&pattern[1..], &segment[1..]),
        _ => false,
    }
}

pub(crate) fn matches(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.first(), path.first()) {
        (None, None) => true,
        (Some(&"**"), _) => matches(&pattern[1..], path) || !path.is_empty() && matches(pattern, &path[1..]),
        (Some(one), Some(other)) => {
            segment_matches(one.as_bytes(), other.as_bytes()) && matches(&pattern[1..], &path[1..])
        }
        _ => false,
    }
}

/// One path of each kind, and which of them each pattern matches, as bits.
pub(crate) struct Universe {
    pub(crate) paths: Vec<String>,
    matched: BTreeMap<&'static str, u64>,
}

fn universe_of(depth: usize) -> Universe {
    let mut all = vec![String::from("/")];
    let mut last = vec![String::new()];
    for _ in 0..depth {
        last = last.iter().flat_map(|path| SEGMENTS.map(|segment| format!("{path}/{segment}"))).collect();
        all.extend(last.iter().cloned());
    }
    let mut paths: Vec<String> = Vec::new();
    let mut kinds: Vec<[bool; PATTERNS.len()]> = Vec::new();
    for path in all {
        let kind = PATTERNS.map(|pattern| matches(&segments(pattern), &segments(&path)));
        if !kinds.contains(&kind) {
            kinds.push(kind);
            paths.push(path);
        }
    }
    assert!(paths.len() <= 64, "{} kinds of paths do not fit", paths.len());
    let bits = |at: usize| {
        kinds.iter().enumerate().filter(|(_, kind)| kind[at]).fold(0_u64, |bits, (path, _)| bits | 1 << path)
    };
    let matched = PATTERNS.iter().enumerate().map(|(at, pattern)| (*pattern, bits(at))).collect();
    Universe { paths, matched }
}

pub(crate) static UNIVERSE: LazyLock<Universe> = LazyLock::new(|| universe_of(4));

#[test]
fn the_universe_is_deep_enough() {
    let (deep, deeper) = (universe_of(4), universe_of(6));
    assert_eq!(deep.paths, deeper.paths);
    assert_eq!(deep.matched, deeper.matched);
}

/// The paths of a pattern, as bits of [`Universe::paths`].
pub(crate) fn paths_of(pattern: &PathPattern) -> u64 {
    *UNIVERSE.matched.get(pattern.as_str()).unwrap_or_else(|| panic!("`{pattern}` is none of the patterns"))
}

/// The environments of a pattern, as bits of [`ENVIRONMENTS`].
fn environments_of(pattern: Option<&EnvironmentPattern>) -> u8 {
    let is_in = |environment: &Option<&str>| match (pattern, environment) {
        (None, None) | (Some(EnvironmentPattern::Any), Some(_)) => true,
        (Some(EnvironmentPattern::Named(named)), Some(name)) => named.as_str() == *name,
        _ => false,
    };
    ENVIRONMENTS.iter().enumerate().filter(|(_, e)| is_in(e)).fold(0, |bits, (at, _)| bits | 1 << at)
}

/// An action, an environment and a path of the universe, by number.
pub(crate) type Cell = (usize, usize, usize);

pub(crate) fn action_of((action, _, _): Cell) -> Action {
    Action::try_from(ACTIONS[action]).expect("an action")
}

pub(crate) fn resource_of(kind: ResourceType, (_, environment, path): Cell) -> Resource {
    let environment =
        ENVIRONMENTS[environment].map(|name| Environment::try_from(name).expect("an environment"));
    let path = ResourcePath::try_from(UNIVERSE.paths[path].as_str()).expect("a path");
    Resource { kind, environment, path }
}

/// A question about a cell.
pub(crate) fn query(
    subject: &SubjectId,
    kind: &ResourceType,
    cell: Cell,
    context: &Attributes,
) -> AccessQuery {
    AccessQuery {
        subject: subject.into(),
        action: action_of(cell).into(),
        resource: resource_of(kind.clone(), cell).into(),
        context: context.clone(),
    }
}

/// A set of cells of one type: for each action and environment the paths as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Area([[u64; 4]; 3]);

impl Area {
    fn of(environments: u8, paths: u64, has_action: impl Fn(&str) -> bool) -> Self {
        let mut area = Self::default();
        for (action, name) in ACTIONS.iter().enumerate() {
            for environment in 0..4 {
                if has_action(name) && environments & 1 << environment != 0 {
                    area.0[action][environment] = paths;
                }
            }
        }
        area
    }

    fn zip(self, other: Self, with: impl Fn(u64, u64) -> u64) -> Self {
        let mut area = self;
        for (ours, theirs) in area.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            *ours = with(*ours, *theirs);
        }
        area
    }

    pub(crate) fn without(self, other: Self) -> Self {
        self.zip(other, |ours, theirs| ours & !theirs)
    }

    pub(crate) fn and(self, other: Self) -> Self {
        self.zip(other, |ours, theirs| ours & theirs)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.zip(other, |ours, theirs| ours | theirs)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0.iter().flatten().all(|paths| *paths == 0)
    }

    pub(crate) fn has(self, (action, environment, path): Cell) -> bool {
        self.0[action][environment] & 1 << path != 0
    }
}

/// One combination of an environment and a path that a policy targets, with all that its rank depends on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) kind: ResourceType,
    pub(crate) environment: Option<EnvironmentPattern>,
    pub(crate) path: PathPattern,
    pub(crate) environments: u8,
    pub(crate) paths: u64,
    /// Which of [`ACTIONS`].
    pub(crate) actions: [bool; 3],
    is_listed: bool,
}

/// Every entry of a policy or a permission.
pub(crate) fn entries(targets: &PolicyTargets, actions: &ActionSet) -> Vec<Entry> {
    let mut environments: Vec<Option<EnvironmentPattern>> =
        targets.environments().iter().cloned().map(Some).collect();
    if environments.is_empty() {
        environments.push(None);
    }
    let listed = match actions {
        ActionSet::All => None,
        ActionSet::Listed(list) => Some(list.as_slice()),
    };
    let has = |name: &str| listed.is_none_or(|list| list.iter().any(|action| action.as_str() == name));
    let mut entries = Vec::new();
    for environment in environments {
        for path in targets.paths() {
            entries.push(Entry {
                kind: targets.kind().clone(),
                environments: environments_of(environment.as_ref()),
                environment: environment.clone(),
                path: path.clone(),
                paths: paths_of(path),
                actions: ACTIONS.map(has),
                is_listed: listed.is_some(),
            });
        }
    }
    entries
}

/// All that a target and actions are about.
pub(crate) fn area_of(target: &Pattern, actions: &ActionList) -> Area {
    let has = |name: &str| actions.as_slice().iter().any(|action| action.as_str() == name);
    Area::of(environments_of(target.environment.as_ref()), paths_of(&target.path), has)
}

/// All that these entries are about.
pub(crate) fn area_of_entries(entries: &[Entry]) -> Area {
    entries.iter().fold(Area::default(), |area, entry| area.or(entry.area()))
}

impl Entry {
    pub(crate) fn area(&self) -> Area {
        let has = |name: &str| ACTIONS.iter().zip(self.actions).any(|(action, has)| *action == name && has);
        Area::of(self.environments, self.paths, has)
    }

    /// How specific it is, the more the greater (`governs.environment` to `governs.text`): the environment, then
    /// segment by segment (the end counts as literal), then whether actions are listed, then literal characters, then
    /// the text.
    pub(crate) fn rank(&self, other: &Self) -> Ordering {
        let is_named = |entry: &Self| entry.environment != Some(EnvironmentPattern::Any);
        let level = |segments: &[&str], at: usize| match segments.get(at) {
            Some(&"**") => 0,
            Some(segment) if segment.contains('*') => 1,
            _ => 2,
        };
        let literal = |entry: &Self| entry.path.as_str().chars().filter(|c| *c != '*').count();
        let (ours, theirs) = (segments(self.path.as_str()), segments(other.path.as_str()));
        is_named(self)
            .cmp(&is_named(other))
            .then_with(|| {
                let levels =
                    (0..ours.len().max(theirs.len())).map(|at| level(&ours, at).cmp(&level(&theirs, at)));
                levels.fold(Ordering::Equal, Ordering::then)
            })
            .then_with(|| self.is_listed.cmp(&other.is_listed))
            .then_with(|| literal(self).cmp(&literal(other)))
            .then_with(|| other.path.as_str().cmp(self.path.as_str()))
    }
}

/// The part of an area that a policy governs against others: where its best entry beats every other's. Of two that
/// rank the same, which only a policy in an old version can, the other one governs.
pub(crate) fn governed(area: Area, kind: &ResourceType, ours: &[Entry], others: &[&Entry]) -> Area {
    let mut governed = Area::default();
    let cells = |entry: &Entry| if entry.kind == *kind { entry.area().and(area) } else { Area::default() };
    let ours: Vec<(&Entry, Area)> = ours.iter().map(|entry| (entry, cells(entry))).collect();
    let beats = |entry: &Entry, other: &Entry| entry.rank(other) == Ordering::Greater;
    for (entry, cells) in &ours {
        // Where some entry of ours beats all others that cover, our best one does.
        let mut won = *cells;
        for other in others {
            if !beats(entry, other) && other.kind == *kind {
                won = won.without(other.area());
            }
        }
        governed = governed.or(won);
    }
    governed
}
