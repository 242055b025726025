use std::ops::Range;

/// Path patterns side by side, each ready to be held against paths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paths(String);

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// Its first segments, which have no wildcard.
    head: Range<u32>,
    form: Form,
}

/// What may be behind the head.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// Nothing.
    Nothing,
    /// Any number of segments.
    Anything,
    /// Segments up to that place, each a text or any; and then any number of them, or none.
    Segments(u32, bool),
    /// Segments up to that place, with wildcards of all kinds.
    Wild(u32),
}

/// Whether a pattern, without its first segments, matches a path without as many.
pub(crate) type Wild = fn(&str, &str) -> bool;

impl Paths {
    /// Adds a pattern; nothing once there is no more room.
    pub(crate) fn add(&mut self, pattern: &str) -> Option<Pattern> {
        let start = self.0.len();
        let at = |length: usize| u32::try_from(start.checked_add(length)?).ok();
        let (first, last) = (at(0)?, at(pattern.len())?);
        self.0.push_str(pattern);
        let Some(star) = pattern.find('*') else {
            return Some(Pattern { head: first..last, form: Form::Nothing });
        };
        let head = pattern.get(..star)?.rfind('/')?;
        let is_deep = pattern.ends_with("/**");
        let behind = pattern.get(head..)?.trim_end_matches("/**");
        let is_simple = behind.split('/').all(|segment| segment == "*" || !segment.contains('*'));
        let form = match behind {
            "" => Form::Anything,
            _ if is_simple => Form::Segments(at(head.checked_add(behind.len())?)?, is_deep),
            _ => Form::Wild(last),
        };
        Some(Pattern { head: first..at(head)?, form })
    }

    /// Whether a pattern matches a path.
    pub(crate) fn matches(&self, Pattern { head, form }: &Pattern, path: &str, wild: Wild) -> bool {
        let Some(text) = self.between(head.start, head.end) else { return false };
        let Some(rest) = behind_text(text, path.as_bytes()) else { return false };
        match form {
            Form::Nothing => rest.is_empty(),
            Form::Anything => matches!(rest, [] | [b'/', ..]),
            Form::Segments(end, is_deep) => {
                let behind = self.between(head.end, *end).and_then(|pattern| behind(pattern, rest));
                behind.is_some_and(|rest| rest.is_empty() || (*is_deep && rest.starts_with(b"/")))
            }
            Form::Wild(end) => {
                let pattern = self.0.get(head.end as usize..*end as usize);
                let rest = path.get(text.len()..).filter(|rest| rest.is_empty() || rest.starts_with('/'));
                pattern.zip(rest).is_some_and(|(pattern, rest)| wild(pattern, rest))
            }
        }
    }

    fn between(&self, start: u32, end: u32) -> Option<&[u8]> {
        self.0.as_bytes().get(start as usize..end as usize)
    }
}

/// What is behind a text, compared eight bytes at a time: WebAssembly has no faster way.
fn behind_text<'p>(text: &[u8], path: &'p [u8]) -> Option<&'p [u8]> {
    let (start, rest) = path.split_at_checked(text.len())?;
    let ((ones, one_end), (others, other_end)) = (text.as_chunks::<8>(), start.as_chunks::<8>());
    let is_same = ones.iter().zip(others).all(|(a, b)| u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b))
        && one_end.iter().zip(other_end).all(|(a, b)| a == b);
    is_same.then_some(rest)
}

/// What is behind as many segments of a path as a pattern has, if they fit; a segment is a text, or `*` for any.
fn behind<'p>(mut pattern: &[u8], mut path: &'p [u8]) -> Option<&'p [u8]> {
    loop {
        match (pattern, path) {
            ([b'*', of_pattern @ ..], [byte, of_path @ ..]) if *byte != b'/' => {
                let length = of_path.iter().take_while(|byte| **byte != b'/').count();
                (pattern, path) = (of_pattern, of_path.get(length..)?);
            }
            ([one, of_pattern @ ..], [other, of_path @ ..]) if one == other => {
                (pattern, path) = (of_pattern, of_path);
            }
            ([], rest) => return Some(rest),
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str, wild: Wild) -> bool {
        let mut paths = Paths::default();
        paths.add("/before/*").unwrap();
        let place = paths.add(pattern).unwrap();
        paths.add("/behind").unwrap();
        paths.matches(&place, path, wild)
    }

    #[test]
    fn a_pattern_matches_whole_paths_only() {
        let nobody_asks = |_: &str, _: &str| panic!("it is plain");
        for (pattern, matched, not_matched) in [
            ("/", "/", "/a"),
            ("/app", "/app", "/app/x"),
            ("/app", "/app", "/ap"),
            ("/services/database", "/services/database", "/services/databasf"),
            ("/app/**", "/app", "/apple"),
            ("/app/**", "/app/x/y", "/x/app"),
            ("/app/*", "/app/x", "/app"),
            ("/app/*", "/app/x", "/app/x/y"),
            ("/app/*", "/app/x", "/apple/x"),
            ("/*", "/app", "/"),
            ("/*/**", "/app/x/y", "/"),
            ("/*/db/**", "/x/db", "/x/dbs"),
            ("/*/db/**", "/x/db/y/z", "/db/y"),
            ("/a/*/b/*", "/a/x/b/y", "/a/x/b"),
            ("/a/*/b/*", "/a/b/b/b", "/a/b/c/b"),
            ("/a/*/b", "/a/bb/b", "/a/bb/bb"),
        ] {
            assert!(matches(pattern, matched, nobody_asks), "{pattern} {matched}");
            assert!(!matches(pattern, not_matched, nobody_asks), "{pattern} {not_matched}");
        }
        assert!(matches("/**", "/", nobody_asks) && matches("/**", "/app/x", nobody_asks));
    }

    #[test]
    fn of_other_wildcards_somebody_else_tells() {
        for (pattern, path, expected) in [
            ("/app/x*", "/app/xy", ("/x*", "/xy")),
            ("/app/**/x", "/app", ("/**/x", "")),
            ("/*/**/x/**", "/app/y", ("/*/**/x/**", "/app/y")),
        ] {
            let is_expected = match expected {
                ("/x*", _) => |pattern: &str, path: &str| (pattern, path) == ("/x*", "/xy"),
                (_, "") => |pattern: &str, path: &str| (pattern, path) == ("/**/x", ""),
                _ => |pattern: &str, path: &str| (pattern, path) == ("/*/**/x/**", "/app/y"),
            };
            assert!(matches(pattern, path, is_expected), "{pattern} {path}");
        }
        assert!(!matches("/app/x*", "/apple", |_, _| true));
        assert!(!matches("/app/x*", "/db/xy", |_, _| true));
    }
}
