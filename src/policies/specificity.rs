use std::cmp::Ordering;

use crate::resources::{ActionSet, EnvironmentPattern, PathPattern, TargetEntry};

/// How closely an entry of a policy's targets names a resource: of those that cover it, the greatest governs.
///
/// A total order, by these in turn:
/// 1. a named environment (or none) is above `*`;
/// 2. segment by segment from the left, a literal one or the end of the path is above one with `*`, and that above
///    `**`;
/// 3. a policy that lists its actions is above one for all;
/// 4. more literal characters (Unicode scalar values that are neither `*` nor `/`) are above fewer;
/// 5. the path's text, then the environment's, then the type's: the smaller one, byte for byte, is above.
///
/// The end of a path counts as literal even after `**`: `/app/**` is above `/app/**/x*`, which then never governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Specificity<'a> {
    entry: TargetEntry<'a>,
    is_listed: bool,
}

impl<'a> Specificity<'a> {
    /// Of an entry in the targets of a policy for these actions.
    pub fn of(entry: impl Into<TargetEntry<'a>>, actions: &ActionSet) -> Self {
        Self { entry: entry.into(), is_listed: !actions.is_all() }
    }

    /// The entry itself.
    pub fn entry(&self) -> TargetEntry<'a> {
        self.entry
    }

    fn names_environment(&self) -> bool {
        self.entry.environment != Some(&EnvironmentPattern::Any)
    }
}

impl Ord for Specificity<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let (this, that) = (self.entry, other.entry);
        (self.names_environment().cmp(&other.names_environment()))
            .then_with(|| by_segments(this.path, that.path))
            .then_with(|| self.is_listed.cmp(&other.is_listed))
            .then_with(|| literal_chars(this.path).count().cmp(&literal_chars(that.path).count()))
            .then_with(|| that.path.cmp(this.path))
            .then_with(|| that.environment.cmp(&this.environment))
            .then_with(|| that.kind.cmp(this.kind))
    }
}

impl PartialOrd for Specificity<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a pattern spells out, segment borders left out.
pub(super) fn literal_chars(pattern: &PathPattern) -> impl Iterator<Item = char> {
    pattern.as_str().chars().filter(|c| !matches!(c, '*' | '/'))
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    AnyDepth,
    Star,
    Literal,
}

impl Rank {
    fn of(segment: &str) -> Self {
        if segment == PathPattern::ANY_DEPTH {
            Self::AnyDepth
        } else if segment.contains('*') {
            Self::Star
        } else {
            Self::Literal
        }
    }
}

fn by_segments(this: &PathPattern, that: &PathPattern) -> Ordering {
    let (mut these, mut those) = (this.segments().map(Rank::of), that.segments().map(Rank::of));
    loop {
        let (one, other) = match (these.next(), those.next()) {
            (None, None) => return Ordering::Equal,
            (one, other) => (one.unwrap_or(Rank::Literal), other.unwrap_or(Rank::Literal)),
        };
        if one != other {
            return one.cmp(&other);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resources::Pattern;

    fn pattern(environment: &str, path: &str) -> Pattern {
        serde_json::from_value(json!({"environment": environment, "path": path})).unwrap()
    }

    fn actions(list: &[&str]) -> ActionSet {
        serde_json::from_value(if list.is_empty() { json!("all") } else { json!(list) }).unwrap()
    }

    #[test]
    fn each_rule_of_precedence_is_above_the_next() {
        let (all, read) = (&[][..], &["read"][..]);
        for (above, below) in [
            // A named environment before everything else.
            (("dev", "/**", all), ("*", "/a", read)),
            // Segment by segment, the leftmost difference decides.
            (("dev", "/a", all), ("dev", "/*", read)),
            (("dev", "/a*", all), ("dev", "/**", read)),
            (("dev", "/a", all), ("dev", "/**", read)),
            (("dev", "/a/**", all), ("dev", "/*/b", read)),
            (("dev", "/a/*/c", all), ("dev", "/a/**", read)),
            (("dev", "/a", all), ("dev", "/a/**", read)),
            (("dev", "/a/**", all), ("dev", "/a/**/x*", read)),
            // A listed action before literal characters.
            (("dev", "/a*", read), ("dev", "/abc*", all)),
            (("dev", "/a/**", read), ("dev", "/a/**/x", all)),
            // Literal characters before the text.
            (("dev", "/bc*", read), ("dev", "/a*", read)),
            (("dev", "/é*e", read), ("dev", "/e*", read)),
            // The smaller text at last.
            (("dev", "/*a", read), ("dev", "/a*", read)),
            (("dev", "/a*b", read), ("dev", "/ab*", read)),
        ] {
            let (one, other) = (pattern(above.0, above.1), pattern(below.0, below.1));
            let (one, other) =
                (Specificity::of(&one, &actions(above.2)), Specificity::of(&other, &actions(below.2)));
            assert!(one > other, "{above:?} {below:?}");
        }
    }

    #[test]
    fn no_environment_is_as_specific_as_a_named_one() {
        let none: Pattern = serde_json::from_value(json!({"path": "/a/*"})).unwrap();
        let (dev, any) = (pattern("dev", "/**"), pattern("*", "/a/b"));
        let all = actions(&[]);
        assert!(Specificity::of(&none, &all) > Specificity::of(&dev, &all));
        assert!(Specificity::of(&none, &all) > Specificity::of(&any, &all));
    }
}
