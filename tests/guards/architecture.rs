//! Holds the table "Which room may use which" of `docs/ARCHITECTURE.md` against the `use` lines of `src/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const HEADER: &str = "| room | may use, beside the ground |";

/// What the crate's root names for its users; inside, it stands for these rooms.
const ROOT: [(&str, &str); 1] = [("Engine", "engine")];

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The ground: each of these may use those before it, and every other room may use them all.
const GROUND: [&str; 5] = ["limits", "values", "resources", "refusal", "json"];

/// The table of the page, with the ground: room by room, what it may use.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("the page is there");
    let lines = page.lines().skip_while(|line| *line != HEADER).skip(2);
    let rows = lines.take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let used = cells[1].split(',').map(str::trim).filter(|name| *name != "–").map(str::to_owned);
        let used: BTreeSet<String> = used.chain(GROUND.map(str::to_owned)).collect();
        (cells[0].to_owned(), used)
    });
    let ground = (0..GROUND.len()).map(|at| (GROUND[at], &GROUND[..at]));
    let ground =
        ground.map(|(room, below)| (room.to_owned(), below.iter().map(|it| (*it).to_owned()).collect()));
    let table: BTreeMap<_, _> = rows.chain(ground).collect();
    assert!(!table.is_empty(), "the page has no table that begins with `{HEADER}`");
    table
}

/// Every file below a folder.
pub(super) fn every_file(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { every_file(&path) } else { vec![path] }).collect()
}

/// Every Rust file below a folder.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    every_file(folder).into_iter().filter(is_rust).collect()
}

/// The room that a file of `src/` belongs to; `lib` is the root.
fn room(file: &Path) -> String {
    let relative = file.strip_prefix(root().join("src")).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The text without comments and without the unit tests at its end.
pub(super) fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines();
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The names that follow `crate::`, also those in the braces of `crate::{…}`.
fn used(code: &str) -> BTreeSet<String> {
    names_after("crate::", code)
}

/// The names that follow the root of a path, also those in its braces.
pub(super) fn names_after(root: &str, code: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(root) {
        let rest = &code[at + root.len()..];
        match rest.strip_prefix('{') {
            None => drop(found.insert(name(rest))),
            Some(list) => {
                let list = top_level(list);
                found.extend(list.split(',').map(|item| name(item.trim())).filter(|item| !item.is_empty()));
            }
        }
    }
    found
}

/// The list up to its closing brace, without what stands in inner braces.
fn top_level(list: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in list.chars() {
        match c {
            '{' => depth = depth.saturating_add(1),
            '}' if depth == 0 => break,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&root().join("src")) {
        let is_test = ["tests", "tests.rs", "laws.rs"]
            .iter()
            .any(|name| file.components().any(|part| part.as_os_str() == *name));
        let room = room(&file);
        if room == "lib" || is_test {
            continue;
        }
        let named = used(&code(&file)).into_iter().map(|name| {
            let stands_for =
                ROOT.iter().find(|(alias, _)| *alias == name).map(|(_, room)| (*room).to_owned());
            stands_for.unwrap_or(name)
        });
        let others = named.filter(|name| *name != room).collect::<Vec<_>>();
        uses.entry(room).or_default().extend(others);
    }
    uses
}

#[test]
fn a_room_uses_only_what_the_table_allows() {
    let table = table();
    let too_much: Vec<String> = uses()
        .iter()
        .flat_map(|(room, used)| {
            let allowed = table.get(room).cloned().unwrap_or_default();
            used.difference(&allowed).map(|other| format!("{room} uses {other}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(too_much.is_empty(), "not in the table of docs/ARCHITECTURE.md: {}", too_much.join(", "));
}

#[test]
fn the_table_allows_nothing_that_no_room_uses() {
    let uses = uses();
    let idle: Vec<String> = table()
        .into_iter()
        .flat_map(|(room, allowed)| {
            let used = uses.get(&room).cloned().unwrap_or_default();
            let idle = allowed
                .into_iter()
                .filter(|other| !GROUND.contains(&other.as_str()) && !used.contains(other));
            idle.map(|other| format!("{room} does not use {other}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(idle.is_empty(), "in the table of docs/ARCHITECTURE.md: {}", idle.join(", "));
}

#[test]
fn the_table_names_every_room_and_no_other() {
    let rooms: BTreeSet<String> = uses().into_keys().collect();
    assert_eq!(table().into_keys().collect::<BTreeSet<_>>(), rooms);
}

#[test]
fn dependence_goes_one_way() {
    let table = table();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < table.len() {
        let is_next = |(room, used): &(&String, &BTreeSet<String>)| {
            !done.contains(room.as_str()) && used.iter().all(|used| done.contains(used.as_str()))
        };
        let next: Vec<&str> = table.iter().filter(is_next).map(|(room, _)| room.as_str()).collect();
        let left: Vec<&String> = table.keys().filter(|room| !done.contains(room.as_str())).collect();
        assert!(!next.is_empty(), "these use each other: {left:?}");
        done.extend(next);
    }
}

#[test]
fn only_the_binding_knows_javascript() {
    let known: Vec<PathBuf> = files(&root().join("src"))
        .into_iter()
        .filter(|file| room(file) != "wasm")
        .filter(|file| {
            let code = code(file);
            ["js_sys", "wasm_bindgen::", "serde_wasm_bindgen", "web_sys"]
                .iter()
                .any(|name| code.contains(name))
        })
        .collect();
    assert!(known.is_empty(), "{known:?}");
}

#[test]
fn the_reader_of_use_lines_reads_them() {
    let names = |code: &str| used(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("use crate::values::{A, B};"), "values");
    assert_eq!(names("use crate::{Engine, values::{A, audit}, state::State};"), "Engine state values");
    assert_eq!(names("let a = crate::record::verify(crate::values::x);"), "record values");
    assert_eq!(names("pub(crate) fn f() {}"), "");
}
