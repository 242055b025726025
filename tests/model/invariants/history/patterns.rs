//! Which patterns are for which deeds, and which policy governs one.

use std::cmp::Reverse;

use access_engine::model::*;

use super::Deed;

/// Whether a target and actions are for a deed.
pub(super) fn is_for(target: &Pattern, actions: &ActionList, (environment, path, action): Deed) -> bool {
    actions.as_slice().iter().any(|listed| listed.as_str() == action)
        && is_environment(target.environment.as_ref(), environment)
        && is_path(target.path.as_str(), path)
}

/// Whether targets and actions, or all actions, are for a deed.
pub(super) fn are_for(
    targets: &PolicyTargets,
    actions: &ActionSet,
    (environment, path, action): Deed,
) -> bool {
    is_action(actions, action)
        && targets
            .entries()
            .any(|entry| is_environment(entry.environment, environment) && is_path(entry.path.as_str(), path))
}

fn is_action(actions: &ActionSet, action: &str) -> bool {
    actions.listed().is_none_or(|listed| listed.iter().any(|listed| listed.as_str() == action))
}

fn is_environment(pattern: Option<&EnvironmentPattern>, environment: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.as_str() == "*" || pattern.as_str() == environment)
}

pub(super) fn is_path(pattern: &str, path: &str) -> bool {
    fn segments(text: &str) -> Vec<&str> {
        text.split('/').filter(|segment| !segment.is_empty()).collect()
    }
    fn matches(pattern: &[&str], path: &[&str]) -> bool {
        match pattern.split_first() {
            None => path.is_empty(),
            Some((&"**", rest)) => (0..=path.len()).any(|skipped| matches(rest, &path[skipped..])),
            Some((segment, rest)) => {
                path.split_first().is_some_and(|(first, tail)| is_glob(segment, first) && matches(rest, tail))
            }
        }
    }
    matches(&segments(pattern), &segments(path))
}

fn is_glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|tail| {
            (0..=tail.len()).any(|at| tail.is_char_boundary(at) && is_glob(rest, &tail[at..]))
        }),
    }
}

/// Which policy governs a deed: the one with the most specific entry that matches.
pub(super) fn governing<'a>(
    policies: impl Iterator<Item = (&'a PolicyId, &'a PolicyTerms)>,
    deed: Deed,
) -> Option<&'a PolicyId> {
    let (environment, path, action) = deed;
    let ranked = policies.filter(|(_, terms)| is_action(&terms.actions, action)).flat_map(|(id, terms)| {
        let entries = terms.targets.entries().filter(move |entry| {
            is_environment(entry.environment, environment) && is_path(entry.path.as_str(), path)
        });
        let is_listed = terms.actions.listed().is_some();
        entries.map(move |entry| {
            let text = entry.path.as_str();
            let mut segments: Vec<u8> = text.split('/').skip(1).map(rank).collect();
            segments.resize(8, 2);
            let literal = text.chars().filter(|c| !"*/".contains(*c)).count();
            let is_named = entry.environment.is_none_or(|environment| environment.as_str() != "*");
            ((is_named, segments, is_listed, literal, Reverse(text)), id)
        })
    });
    ranked.max().map(|(_, id)| id)
}

fn rank(segment: &str) -> u8 {
    match segment {
        "**" => 0,
        segment if segment.contains('*') => 1,
        _ => 2,
    }
}
