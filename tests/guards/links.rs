//! Every link between pages leads to a heading that is there, and `docs/README.md` to every page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::lists::{assert_same, read};

const ELSEWHERE: [&str; 5] =
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "pkg/README.md", "tests/vectors/README.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages in `docs/`, by name.
fn docs() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("docs")).expect("the folder is there");
    let names =
        entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".md")).collect()
}

#[test]
fn the_list_of_pages_has_every_page() {
    let list = read("docs/README.md");
    let listed = links(&list).filter(|link| !link.contains('/')).map(str::to_owned).collect();
    let others = docs().into_iter().filter(|name| name != "README.md").collect();
    assert_same(("in docs/README.md", &listed), ("docs/", &others));
}

#[test]
fn every_link_leads_somewhere() {
    let pages: Vec<_> =
        docs().iter().map(|name| format!("docs/{name}")).chain(ELSEWHERE.map(str::to_owned)).collect();
    let mut anchors = BTreeMap::new();
    let mut count = 0;
    for page in &pages {
        let text = read(page);
        for link in links(&text) {
            count += 1;
            assert!(leads_somewhere(page, link, &mut anchors), "{page}: `{link}` leads nowhere");
        }
    }
    assert!(count > 100, "{count} links were found");
}

fn leads_somewhere(page: &str, link: &str, anchors: &mut BTreeMap<PathBuf, BTreeSet<String>>) -> bool {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let page = root().join(page);
    let to = if file.is_empty() { page } else { page.with_file_name(file) };
    let Some(anchor) = anchor else { return to.exists() };
    anchors.entry(to).or_insert_with_key(|to| anchors_of(to)).contains(anchor)
}

/// The anchors that GitHub gives to the headings of a page; none where there is no page.
fn anchors_of(page: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(page).unwrap_or_default();
    let mut times = BTreeMap::new();
    let headings = prose(&text).flat_map(str::lines).filter(|line| line.starts_with('#'));
    let anchors = headings.map(|heading| {
        let heading = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let anchor: String =
            heading.chars().filter(|it| it.is_alphanumeric() || "-_".contains(*it)).collect();
        let before = times.entry(anchor.clone()).or_insert(0);
        *before += 1;
        if *before == 1 { anchor } else { format!("{anchor}-{}", *before - 1) }
    });
    anchors.collect()
}

/// What a page links to, but for other sites.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let links = prose(text).flat_map(|text| {
        let written = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        written.chain(text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()))
    });
    links.filter(|link| !link.contains("://"))
}

/// A page without its blocks of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    text.split("```").step_by(2)
}
