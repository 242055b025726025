//! The plain model shares nothing with the engine but its vocabulary: what stands on the wire and in the record.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::architecture::{code, files, root};

/// The files that know the engine: what compares the two, what tells stories to it, what tampers with its record, and what
/// opens it from snapshots of either kind.
const KNOWING: [&str; 5] =
    ["comparison.rs", "runner.rs", "misfits.rs", "invariants/record.rs", "invariants/scoped.rs"];

/// Vocabulary that is read from the wire by way of another type, or is told and never written.
const BESIDE: [&str; 3] = ["AtMost", "Personal", "Erasable"];

/// What snapshots keep: it is written as JSON, and read by the engine alone.
const KEPT: [&str; 8] =
    ["State", "Directory", "Policies", "Permissions", "Requests", "Grants", "Delegations", "Journal"];

/// The types that are read or written as JSON.
fn vocabulary() -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BESIDE.iter().map(|name| (*name).to_owned()).collect();
    for file in files(&root().join("src")) {
        let code = code(&file);
        let items = code.split("\n\n").flat_map(|item| item.split("\n}\n"));
        for item in items.filter(|item| is_on_the_wire(item)) {
            let declared = ["pub struct ", "pub enum ", "impl Serialize for "];
            found.extend(declared.iter().flat_map(|before| item.split(before).skip(1)).map(first_name));
        }
        let ids = code.split("names! {").skip(1).filter_map(|rest| rest.split("\n}").next());
        found.extend(
            ids.flat_map(str::lines).filter_map(|line| line.trim().strip_suffix(',')).map(first_name),
        );
    }
    found.retain(|name| !KEPT.contains(&name.as_str()));
    found
}

fn is_on_the_wire(item: &str) -> bool {
    ["Serialize", "Deserialize", "tagged! {"].iter().any(|mark| item.contains(mark))
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// What a file names of the engine's rooms: the last part of each path of its `use` lines.
fn named(code: &str) -> BTreeSet<String> {
    let paths = code.split("access_engine::").skip(1).filter_map(|rest| rest.split_once("::"));
    let lists = paths.map(|(_, names)| match names.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default(),
        None => names.split([';', ':', '(', ')', '>', ' ', '\n']).next().unwrap_or_default(),
    });
    let names = lists.flat_map(|list| list.split(',')).map(|name| first_name(name.trim()));
    names.filter(|name| !name.is_empty()).collect()
}

fn check(file: &Path, vocabulary: &BTreeSet<String>) {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let is_knowing = KNOWING.iter().any(|name| file.ends_with(name));
    let mut others = named(&code);
    others.retain(|name| !vocabulary.contains(name));
    assert!(is_knowing || others.is_empty(), "{} uses {others:?} of the engine", file.display());
    // By the root, under another name, or by its text, the engine could come in unseen.
    for way in ["access_engine as", "access_engine::{", "extern crate", "include!", "/src/"] {
        assert!(!code.contains(way), "{} has `{way}`", file.display());
    }
    assert!(is_knowing || !code.contains("Engine"), "{} knows the engine", file.display());
}

#[test]
fn the_model_shares_nothing_but_the_vocabulary_with_the_engine() {
    let vocabulary = vocabulary();
    for name in ["AccessRequest", "AccessDuration", "SubjectId", "Refusal"] {
        assert!(vocabulary.contains(name), "{name} is vocabulary");
    }
    for name in ["Engine", "State", "Approval", "Directory", "decide", "status"] {
        assert!(!vocabulary.contains(name), "{name} decides");
    }
    let model: Vec<PathBuf> = files(&root().join("tests/model"));
    for name in KNOWING {
        assert!(model.iter().any(|file| file.ends_with(name)), "no file is called {name}");
    }
    model.iter().for_each(|file| check(file, &vocabulary));
}

#[test]
fn the_reader_of_names_reads_them() {
    let names = |code: &str| named(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("use access_engine::values::{A, B};"), "A B");
    assert_eq!(names("let a = access_engine::grants::status(access_engine::values::X::new());"), "X status");
    assert_eq!(names("use access_engine::Engine;"), "");
}
