use super::{segment, walk};
use crate::resources::path::segments;
use crate::resources::{PathPattern, ResourcePath};

/// Whether the path is one of the pattern's.
pub fn path_matches(pattern: &PathPattern, path: &ResourcePath) -> bool {
    if pattern.is_literal() {
        pattern.as_str() == path.as_str()
    } else {
        takes(pattern.segments(), path.segments(), segment::takes)
    }
}

/// Whether every path of `b` is one of `a`'s.
pub fn path_covers(a: &PathPattern, b: &PathPattern) -> bool {
    if has_any_depth(b) {
        // Most pairs are told apart by the cheaper question.
        path_overlaps(a, b) && walk::cover_together(&[a], b)
    } else {
        takes(a.segments(), b.segments(), segment::takes)
    }
}

/// Whether some path is in both.
pub fn path_overlaps(a: &PathPattern, b: &PathPattern) -> bool {
    match (has_any_depth(a), has_any_depth(b)) {
        (false, _) => takes(b.segments(), a.segments(), segment::overlap),
        (true, false) => takes(a.segments(), b.segments(), segment::overlap),
        (true, true) => {
            let agree = |(a, b): (&str, &str)| segment::overlap(a, b);
            let is_plain = |segment: &&str| *segment != PathPattern::ANY_DEPTH;
            let mut heads = a.segments().take_while(is_plain).zip(b.segments().take_while(is_plain));
            let mut tails =
                a.segments().rev().take_while(is_plain).zip(b.segments().rev().take_while(is_plain));
            heads.all(agree) && tails.all(agree)
        }
    }
}

/// Whether a pattern without its first segments matches a path without as many.
pub(crate) fn segments_match(pattern: &str, path: &str) -> bool {
    takes(segments(pattern), segments(path), segment::takes)
}

fn has_any_depth(pattern: &PathPattern) -> bool {
    pattern.segments().any(|segment| segment == PathPattern::ANY_DEPTH)
}

/// Whether a pattern fits a row of segments without `**`, where `fits` says so of one segment of each.
///
/// When a segment does not fit, only the last `**` need take one more: what is before it was placed as early as can
/// be. So nothing is allocated and the time is the product of the two lengths.
fn takes<'a>(
    mut pattern: impl Iterator<Item = &'a str> + Clone,
    mut row: impl Iterator<Item = &'a str> + Clone,
    fits: impl Fn(&str, &str) -> bool,
) -> bool {
    let mut behind_any_depth = None;
    loop {
        match (pattern.next(), row.clone().next()) {
            (None, None) => return true,
            (Some(PathPattern::ANY_DEPTH), _) => {
                behind_any_depth = Some((pattern.clone(), row.clone()));
                continue;
            }
            (Some(_), None) => return false,
            (Some(segment), Some(other)) if fits(segment, other) => {
                row.next();
                continue;
            }
            (Some(_), Some(_)) | (None, Some(_)) => {}
        }
        let Some((rest, from)) = &mut behind_any_depth else { return false };
        from.next();
        pattern = rest.clone();
        row = from.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> PathPattern {
        PathPattern::try_from(text).unwrap()
    }

    #[test]
    fn a_pattern_matches_whole_paths_only() {
        for (text, matched, not_matched) in [
            ("/", "/", "/a"),
            ("/app", "/app", "/app/x"),
            ("/app", "/app", "/App"),
            ("/app/*", "/app/x", "/app"),
            ("/app/*", "/app/x", "/app/x/y"),
            ("/app/*", "/app/x", "/apple/x"),
            ("/*", "/app", "/"),
            ("/app/**", "/app", "/apple"),
            ("/app/**", "/app/x/y", "/x/app"),
            ("/**/key", "/key", "/key/x"),
            ("/**/key", "/a/key/key", "/a/keys"),
            ("/a/**/b/**/c", "/a/b/c", "/a/c"),
            ("/a/**/b/**/c", "/a/x/b/b/y/c", "/a/c/b"),
            ("/**/a/b/**/c", "/a/a/b/c", "/a/c/b/c"),
            ("/**/*", "/a", "/"),
            ("/db-*/*-key", "/db-/x-key", "/db/x-key"),
        ] {
            assert!(
                path_matches(&pattern(text), &ResourcePath::try_from(matched).unwrap()),
                "{text} {matched}"
            );
            let path = ResourcePath::try_from(not_matched).unwrap();
            assert!(!path_matches(&pattern(text), &path), "{text} {not_matched}");
        }
    }

    #[test]
    fn a_pattern_covers_what_it_matches_in_every_case() {
        for (a, covered, not_covered) in [
            ("/app/**", "/app", "/**"),
            ("/app/**", "/app/*/x/**", "/*/app/**"),
            ("/*/**", "/app/**", "/"),
            ("/*", "/a*b", "/**"),
            ("/a*", "/a*b", "/*"),
            ("/**/*", "/*/**", "/**"),
            ("/*/**", "/**/*", "/**"),
            ("/**/a", "/a/**/a", "/a/**"),
            ("/**/a/**", "/**/b/a/**", "/**/a*/**"),
            ("/**/*/*/**", "/a/**/b", "/a/**"),
            ("/a/**/b/**", "/a/**/c/b", "/a/**/c"),
        ] {
            assert!(path_covers(&pattern(a), &pattern(covered)), "{a} {covered}");
            assert!(!path_covers(&pattern(a), &pattern(not_covered)), "{a} {not_covered}");
        }
    }

    #[test]
    fn patterns_overlap_when_one_path_is_in_both() {
        for (a, overlapping, apart) in [
            ("/app/**", "/**/key", "/db/**"),
            ("/app/**", "/*", "/"),
            ("/**/a", "/b/**", "/**/b"),
            ("/a/**/b", "/**/a/b/**", "/b/**"),
            ("/a*/**", "/**/*b", "/b*/**"),
            ("/*/x", "/y/**", "/y/*/**/x"),
            ("/a/**/b/**/c", "/a/b/c", "/a/c"),
        ] {
            for (one, other, expected) in [(a, overlapping, true), (a, apart, false)] {
                assert_eq!(path_overlaps(&pattern(one), &pattern(other)), expected, "{one} {other}");
                assert_eq!(path_overlaps(&pattern(other), &pattern(one)), expected, "{other} {one}");
            }
        }
    }
}
