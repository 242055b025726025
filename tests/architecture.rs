//! Holds the table "Which module may use which" of `docs/ARCHITECTURE.md` against the `use` lines of `src/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const HEADER: &str = "| module | may use |";

/// What the crate's root names for its users; inside, it stands for these modules.
const ROOT: [(&str, &str); 1] = [("Engine", "engine")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The table of the page: module by module, what it may use.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("the page is there");
    let lines = page.lines().skip_while(|line| *line != HEADER).skip(2);
    let rows = lines.take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let used = cells[1].split(',').map(str::trim).filter(|name| *name != "–").map(str::to_owned);
        (cells[0].to_owned(), used.collect())
    });
    let table: BTreeMap<_, _> = rows.collect();
    assert!(!table.is_empty(), "the page has no table that begins with `{HEADER}`");
    table
}

/// Every Rust file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let all = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    all.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// The module that a file of `src/` belongs to; `lib` is the root.
fn module(file: &Path) -> String {
    let relative = file.strip_prefix(root().join("src")).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The text without comments and without the unit tests at its end.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The names that follow `crate::`, also those in the braces of `crate::{…}`.
fn used(code: &str) -> BTreeSet<String> {
    names_after("crate::", code)
}

/// The names that follow the root of a path, also those in its braces.
fn names_after(root: &str, code: &str) -> BTreeSet<String> {
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
        let is_test =
            file.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        let module = module(&file);
        if module == "lib" || is_test {
            continue;
        }
        let named = used(&code(&file)).into_iter().map(|name| {
            let stands_for =
                ROOT.iter().find(|(alias, _)| *alias == name).map(|(_, module)| (*module).to_owned());
            stands_for.unwrap_or(name)
        });
        let others = named.filter(|name| *name != module).collect::<Vec<_>>();
        uses.entry(module).or_default().extend(others);
    }
    uses
}

#[test]
fn a_module_uses_only_what_the_table_allows() {
    let table = table();
    let too_much: Vec<String> = uses()
        .iter()
        .flat_map(|(module, used)| {
            let allowed = table.get(module).cloned().unwrap_or_default();
            used.difference(&allowed).map(|other| format!("{module} uses {other}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(too_much.is_empty(), "not in the table of docs/ARCHITECTURE.md: {}", too_much.join(", "));
}

#[test]
fn the_table_names_every_module_and_no_other() {
    let modules: BTreeSet<String> = uses().into_keys().collect();
    assert_eq!(table().into_keys().collect::<BTreeSet<_>>(), modules);
}

#[test]
fn dependence_goes_one_way() {
    let table = table();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < table.len() {
        let is_next = |(module, used): &(&String, &BTreeSet<String>)| {
            !done.contains(module.as_str()) && used.iter().all(|used| done.contains(used.as_str()))
        };
        let next: Vec<&str> = table.iter().filter(is_next).map(|(module, _)| module.as_str()).collect();
        let left: Vec<&String> = table.keys().filter(|module| !done.contains(module.as_str())).collect();
        assert!(!next.is_empty(), "these use each other: {left:?}");
        done.extend(next);
    }
}

#[test]
fn only_the_binding_knows_javascript() {
    let known: Vec<PathBuf> = files(&root().join("src"))
        .into_iter()
        .filter(|file| module(file) != "wasm")
        .filter(|file| {
            let code = code(file);
            ["js_sys", "wasm_bindgen::", "serde_wasm_bindgen", "web_sys"]
                .iter()
                .any(|name| code.contains(name))
        })
        .collect();
    assert!(known.is_empty(), "{known:?}");
}

/// The files of the model that know the engine: what compares the two, and what tells stories to it.
const KNOWING: [&str; 2] = ["comparison.rs", "runner.rs"];

#[test]
fn the_model_shares_nothing_but_the_vocabulary_with_the_engine() {
    let mut all = files(&root().join("tests/model"));
    all.push(root().join("tests/model.rs"));
    for name in KNOWING {
        assert!(all.iter().any(|file| file.ends_with(name)), "no file is called {name}");
    }
    for file in all {
        let is_knowing = KNOWING.iter().any(|name| file.ends_with(name));
        check_vocabulary(&file, if is_knowing { &["Engine", "model"] } else { &["model"] }, "model/");
    }
}

/// A file that may use these modules of the engine, and other files from this folder of tests only.
fn check_vocabulary(file: &Path, known: &[&str], folder: &str) {
    let code = code_of_test(file);
    let mut named = names_after("access_engine::", &code);
    named.retain(|name| !known.contains(&name.as_str()));
    assert!(named.is_empty(), "{} uses {named:?} of the engine", file.display());
    // Under another name, or by its text, the engine could come in unseen.
    for way in ["access_engine as", "extern crate", "include!", "../src"] {
        assert!(!code.contains(way), "{} has `{way}`", file.display());
    }
    let mut elsewhere = code.lines().filter(|line| line.contains("#[path"));
    assert!(elsewhere.all(|line| line.contains(&format!("\"{folder}"))), "{}", file.display());
}

/// The text without comments.
fn code_of_test(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_reader_of_use_lines_reads_them() {
    let names = |code: &str| used(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("use crate::model::{A, B};"), "model");
    assert_eq!(names("use crate::{Engine, model::{A, audit}, state::State};"), "Engine model state");
    assert_eq!(names("let a = crate::audit::verify(crate::model::x);"), "audit model");
    assert_eq!(names("pub(crate) fn f() {}"), "");
}
