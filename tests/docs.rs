//! What the pages in `docs/` list is what the code has.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}

/// The first column of every table on a page.
fn listed(page: &str) -> BTreeSet<String> {
    let page = read(page);
    let cells = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    cells.map(str::to_owned).collect()
}

fn snake_case(name: &str) -> String {
    let borders =
        |(at, c): (usize, char)| (at > 0 && c.is_ascii_uppercase()).then_some('_').into_iter().chain([c]);
    name.char_indices().flat_map(borders).collect::<String>().to_lowercase()
}

#[test]
fn the_page_of_errors_lists_every_code() {
    let source = read("src/model/refusal.rs");
    let body = source.split("pub enum Refusal {").nth(1).and_then(|rest| rest.split("\n}").next());
    let variants = body.into_iter().flat_map(str::lines).filter_map(|line| line.strip_prefix("    "));
    let names = variants.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    let codes: BTreeSet<_> =
        names.filter_map(|line| line.split([' ', '(', ',']).next()).map(snake_case).collect();
    assert!(codes.len() > 50, "{codes:?}");
    assert_eq!(codes, listed("docs/errors.md"));
}

#[test]
fn every_file_that_the_map_names_is_there() {
    let map = read("docs/ARCHITECTURE.md");
    let table = map.split("## Where to find a rule").nth(1).and_then(|rest| rest.split("\n## ").next());
    assert_eq!(missing(table.unwrap_or_default()), Vec::<&str>::new());
}

#[test]
fn every_file_that_the_rules_name_is_there() {
    let page = read("docs/rules.md");
    assert!(page.contains("Decided in `src/"), "the page says where rules are decided");
    assert_eq!(missing(&page), Vec::<&str>::new());
}

/// The files of the source that a text names and that are not there.
fn missing(text: &str) -> Vec<&str> {
    let paths = text.split('`').skip(1).step_by(2);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    paths
        .filter(|path| path.starts_with("src/") && !path.contains('<') && !root.join(path).exists())
        .collect()
}
