//! What the pages in `docs/` list is what the code has.

use std::collections::BTreeSet;
use std::path::Path;

use super::lists::{assert_same, names, read};
use access_engine::refusal::Refusal;

/// The first column of every table on a page.
fn listed(page: &str) -> BTreeSet<String> {
    let page = read(page);
    let cells = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    cells.map(str::to_owned).collect()
}

#[test]
fn the_page_of_errors_lists_every_code() {
    let codes = names::<Refusal>();
    assert!(codes.len() > 50, "{codes:?}");
    let page = "docs/errors.md";
    assert_same(
        (&format!("on {page} (`cargo xtask docs` writes it)"), &listed(page)),
        ("the enum `Refusal`", &codes),
    );
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
