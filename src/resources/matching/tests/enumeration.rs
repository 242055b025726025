//! The relations held against plain enumeration of all short patterns and paths.

use super::super::{path_covers, path_matches, path_overlaps, walk};
use super::{absolute, rows};
use crate::resources::{PathPattern, ResourcePath};

/// Which of the paths are the pattern's, one bit each.
struct Known {
    pattern: PathPattern,
    paths: Vec<u64>,
}

impl Known {
    fn new(pattern: PathPattern, paths: &[ResourcePath]) -> Self {
        let segments: Vec<&str> = pattern.segments().collect();
        let is_path = |path: &ResourcePath| {
            let expected = reference::path(&segments, &path.segments().collect::<Vec<_>>());
            assert_eq!(path_matches(&pattern, path), expected, "{pattern} {path}");
            expected
        };
        let word = |paths: &[ResourcePath]| {
            paths.iter().rev().fold(0, |bits, path| (bits << 1) | u64::from(is_path(path)))
        };
        let words = paths.chunks(64).map(word).collect();
        Self { pattern, paths: words }
    }

    fn has_all_of(&self, other: &Self) -> bool {
        self.paths.iter().zip(&other.paths).all(|(these, those)| those & !these == 0)
    }

    fn shares_with(&self, other: &Self) -> bool {
        self.paths.iter().zip(&other.paths).any(|(these, those)| these & those != 0)
    }
}

/// Compares all pairs of patterns with the paths that each has; the paths must be rich enough to tell them apart.
fn compare_all(patterns: impl Iterator<Item = String>, paths: impl Iterator<Item = String>) -> usize {
    let paths: Vec<ResourcePath> = paths.map(|text| ResourcePath::try_from(text).unwrap()).collect();
    let valid = patterns.filter_map(|text| PathPattern::try_from(text).ok());
    let known: Vec<Known> = valid.map(|pattern| Known::new(pattern, &paths)).collect();
    for a in &known {
        for b in &known {
            let (one, other) = (&a.pattern, &b.pattern);
            assert_eq!(path_covers(one, other), a.has_all_of(b), "covers {one} {other}");
            assert_eq!(walk::cover_together(&[one], other), a.has_all_of(b), "walk {one} {other}");
            assert_eq!(path_overlaps(one, other), a.shares_with(b), "overlaps {one} {other}");
        }
    }
    known.len()
}

#[test]
fn all_patterns_of_three_segments_relate_as_their_paths_do() {
    let patterns = rows(&["a", "b", "a*", "*b", "*", "**"], 3);
    // A `z` is in no pattern; paths of five segments have room for two patterns, one behind the other.
    let paths = rows(&["a", "b", "ab", "az", "zb", "z"], 5);
    let compared =
        compare_all(patterns.iter().map(|row| absolute(row)), paths.iter().map(|row| absolute(row)));
    assert!(compared > 200, "{compared}");
}

#[test]
fn all_patterns_of_five_segments_relate_as_their_paths_do() {
    let (patterns, paths) = (rows(&["a", "*", "**"], 5), rows(&["a", "z"], 9));
    let compared =
        compare_all(patterns.iter().map(|row| absolute(row)), paths.iter().map(|row| absolute(row)));
    assert!(compared > 200, "{compared}");
}

#[test]
fn all_globs_of_five_characters_relate_as_their_texts_do() {
    let join = |row: &Vec<String>| format!("/{}", row.concat());
    let globs = rows(&["a", "b", "*"], 5).into_iter().filter(|row| !row.is_empty() && *row != ["*", "*"]);
    let texts = rows(&["a", "b", "z"], 8).into_iter().filter(|row| !row.is_empty());
    let compared = compare_all(globs.map(|row| join(&row)), texts.map(|row| join(&row)));
    assert!(compared > 200, "{compared}");
}

/// The definition of §2, word for word and as slow as it likes.
mod reference {
    pub(super) fn path(pattern: &[&str], path: &[&str]) -> bool {
        match (pattern.split_first(), path.split_first()) {
            (None, None) => true,
            (Some((&"**", rest)), taken) => {
                self::path(rest, path) || taken.is_some_and(|(_, left)| self::path(pattern, left))
            }
            (Some((glob, rest)), Some((segment, left))) => {
                self::segment(glob, segment) && self::path(rest, left)
            }
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    fn segment(glob: &str, text: &str) -> bool {
        let (mut globs, mut texts) = (glob.chars(), text.chars());
        match (globs.next(), texts.next()) {
            (None, None) => true,
            (Some('*'), taken) => {
                segment(globs.as_str(), text) || taken.is_some_and(|_| segment(glob, texts.as_str()))
            }
            (Some(one), Some(other)) => one == other && segment(globs.as_str(), texts.as_str()),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }
}
