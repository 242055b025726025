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
fn every_file_that_a_page_names_is_there() {
    let rules = read("docs/rules.md");
    assert!(rules.contains("Decided in `src/"), "the page says where rules are decided");
    for page in ["docs/ARCHITECTURE.md", "docs/rules.md", "CONTRIBUTING.md"] {
        assert_eq!(missing(&read(page)), Vec::<&str>::new(), "{page}");
    }
}

/// The files of the repository that a text names and that are not there.
fn missing(text: &str) -> Vec<&str> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_path = |text: &&str| {
        FOLDERS.iter().any(|folder| text.starts_with(folder)) && !text.contains(['<', ' ', '*', '{', ':'])
    };
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(is_path).filter(|path| !root.join(path).exists()).collect()
}

const FOLDERS: [&str; 9] =
    ["src/", "pkg/src/", "pkg/tests/", "www/", "tests/", "fuzz/", "examples/", "xtask/", "docs/"];
