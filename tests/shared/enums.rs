//! Enums, read from the source by name, so that a list elsewhere can be held against them.
#![allow(dead_code, reason = "each test reads its part")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where the enum of refusals is.
const REFUSALS: &str = "src/model/refusal.rs";

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every error code.
pub(crate) fn codes() -> BTreeSet<String> {
    variants(REFUSALS, "Refusal", snake)
}

/// The names of the variants of an enum in a source file, in the case of the wire.
pub(crate) fn variants(path: &str, name: &str, case: fn(&str) -> String) -> BTreeSet<String> {
    let source = read(path);
    let body = source.split_once(&format!("pub enum {name} {{")).expect("the enum is there").1;
    let body = body.split_once("\n}").expect("the enum ends").0;
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let starts = lines.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    starts
        .map(|line| case(&line.chars().take_while(char::is_ascii_alphanumeric).collect::<String>()))
        .collect()
}

pub(crate) fn snake(name: &str) -> String {
    let separated = name.chars().enumerate().flat_map(|(at, c)| {
        let border = (at > 0 && c.is_ascii_uppercase()).then_some('_');
        border.into_iter().chain([c.to_ascii_lowercase()])
    });
    separated.collect()
}

pub(crate) fn camel(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_ascii_lowercase() + rest
}

/// Holds a list against what it should have, and says of each name in which of the two it is missing.
#[track_caller]
pub(crate) fn assert_same(
    (list, listed): (&str, &BTreeSet<String>),
    (source, wanted): (&str, &BTreeSet<String>),
) {
    let missing = wanted.difference(listed).map(|name| format!("`{name}`, of {source}, is not {list}"));
    let unknown = listed.difference(wanted).map(|name| format!("`{name}`, {list}, is not of {source}"));
    let problems: Vec<String> = missing.chain(unknown).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
