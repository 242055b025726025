//! Every rule of `docs/rules.md` is fired by a vector and spares a neighbour of it, or is shown by a test it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::format::{Vector, VectorFile, files, read};

/// Behind this heading the page names the tests of rules that no vector can show.
const TESTS: &str = "## Shown by a test";

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of the tables of a page: what stands in the first two columns.
fn rows(page: &str) -> Vec<(String, String)> {
    let cells = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    cells.map(|(id, rest)| (id.to_owned(), rest.trim_matches(['`', ' ', '|']).to_owned())).collect()
}

/// The ids of all rules in the order of the page, and where a test shows one, its file and name.
fn rules() -> (Vec<String>, BTreeMap<String, String>) {
    let page = text("docs/rules.md");
    let (rules, tests) = page.split_once(TESTS).expect("the page names the tests");
    (rows(rules).into_iter().map(|(id, _)| id).collect(), rows(tests).into_iter().collect())
}

fn vectors() -> Vec<Vector> {
    files().iter().flat_map(|file| read::<VectorFile>(file).vectors).collect()
}

/// Whether a vector that runs everywhere fires this rule, and whether one beside it is spared: the neighbour of a
/// refusal, or another vector in which something else comes out.
fn shown(rule: &str, vectors: &[Vector]) -> (bool, bool) {
    let firing: Vec<&Vector> =
        vectors.iter().filter(|vector| vector.only.is_none() && vector.fires.contains(rule)).collect();
    let mut spared = vectors.iter().filter(|vector| vector.only.is_none() && vector.spares.contains(rule));
    let is_refusal = firing.iter().any(|vector| vector.neighbour.is_some());
    let is_spared = is_refusal || spared.any(|near| firing.iter().any(|vector| vector.then != near.then));
    (!firing.is_empty(), is_spared)
}

#[test]
fn every_rule_is_fired_by_a_vector_and_spares_a_neighbour_of_it() {
    let (rules, tests) = rules();
    let vectors = vectors();
    let by_vectors = rules.iter().filter(|rule| !tests.contains_key(*rule));
    let shown: Vec<_> = by_vectors.map(|rule| (rule, shown(rule, &vectors))).collect();
    let unfired: Vec<_> = shown.iter().filter(|(_, (is_fired, _))| !is_fired).map(|(rule, _)| rule).collect();
    let alone: Vec<_> = shown.iter().filter(|(_, (_, is_spared))| !is_spared).map(|(rule, _)| rule).collect();
    assert!(
        unfired.is_empty() && alone.is_empty(),
        "no vector fires {unfired:?}; no neighbour spares {alone:?}"
    );
}

#[test]
fn every_rule_has_an_id_of_its_own() {
    let (rules, _) = rules();
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = rules.iter().filter(|rule| !seen.insert(*rule)).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(rules.len() > 100, "the page lists {} rules", rules.len());
}

#[test]
fn vectors_name_only_rules_that_there_are() {
    let rules: BTreeSet<String> = rules().0.into_iter().collect();
    for vector in vectors() {
        let unknown: Vec<_> =
            vector.fires.union(&vector.spares).filter(|rule| !rules.contains(*rule)).collect();
        assert!(unknown.is_empty(), "`{}` names {unknown:?}", vector.name);
    }
}

#[test]
fn no_vector_is_its_own_neighbour() {
    for vector in vectors() {
        let both: Vec<_> = vector.fires.intersection(&vector.spares).collect();
        assert!(both.is_empty(), "`{}` fires and spares {both:?}", vector.name);
        let is_tagged = !vector.fires.is_empty() || !vector.spares.is_empty();
        let is_both = vector.matrix.is_some() && is_tagged;
        assert!(!is_both, "`{}` is accepted and refused: a matrix names no rules", vector.name);
    }
}

#[test]
fn the_tests_that_rules_name_are_there_and_few() {
    let (rules, tests) = rules();
    for (rule, test) in &tests {
        assert!(rules.contains(rule), "there is no rule `{rule}`");
        let (path, name) = test.strip_prefix("test: ").and_then(|test| test.split_once("::")).expect(rule);
        let source = text(path);
        assert!(
            source.contains(&format!("#[test]\nfn {name}() {{")),
            "{path} has no test `{name}` for `{rule}`"
        );
    }
    assert!(tests.len() * 10 < rules.len(), "{} of {} rules are shown by tests", tests.len(), rules.len());
}
