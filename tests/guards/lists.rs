//! The names of enums, so that a list elsewhere can be held against them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use strum::VariantNames;

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names of an enum's variants, as on the wire.
pub(crate) fn names<T: VariantNames>() -> BTreeSet<String> {
    T::VARIANTS.iter().map(|name| (*name).to_owned()).collect()
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
