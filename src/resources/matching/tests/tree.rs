//! The tree of patterns finds what a look at each pattern finds.

use super::{absolute, rows};
use crate::resources::matching::{PatternTree, path_matches, path_overlaps};
use crate::resources::{PathPattern, ResourcePath};

fn patterns() -> Vec<PathPattern> {
    let rows = rows(&["a", "ab", "a*", "*b", "*", "**"], 4);
    rows.iter().filter_map(|row| PathPattern::try_from(absolute(row)).ok()).collect()
}

fn tree(patterns: &[PathPattern]) -> PatternTree<usize> {
    let mut tree = PatternTree::default();
    patterns.iter().enumerate().for_each(|(number, pattern)| tree.insert(pattern, number));
    tree
}

#[test]
fn it_finds_the_patterns_that_match_a_path() {
    let patterns = patterns();
    let tree = tree(&patterns);
    for row in rows(&["a", "ab", "zb", "z"], 5) {
        let path = ResourcePath::try_from(absolute(&row)).unwrap();
        let all = patterns.iter().enumerate();
        let matching: Vec<usize> =
            all.filter(|(_, pattern)| path_matches(pattern, &path)).map(|(number, _)| number).collect();
        assert!(tree.matching(&path).into_iter().eq(&matching), "{path}");
    }
}

#[test]
fn it_finds_the_patterns_that_overlap_one() {
    let patterns = patterns();
    let tree = tree(&patterns);
    for one in &patterns {
        let all = patterns.iter().enumerate();
        let overlapping: Vec<usize> =
            all.filter(|(_, other)| path_overlaps(one, other)).map(|(number, _)| number).collect();
        assert!(tree.overlapping(one, usize::MAX).into_iter().flatten().eq(&overlapping), "{one}");
    }
}

#[test]
fn what_is_taken_out_leaves_no_trace() {
    let patterns = patterns();
    let mut all = tree(&patterns);
    let (kept, removed) = patterns.split_at(patterns.len() / 2);
    let removed = (kept.len()..).zip(removed);
    removed.for_each(|(number, pattern)| all.remove(pattern, &number));
    assert_eq!(all, tree(kept));
    (0..).zip(kept).for_each(|(number, pattern)| all.remove(pattern, &number));
    assert!(all.is_empty());
}
