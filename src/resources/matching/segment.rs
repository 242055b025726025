/// Whether a segment with any number of `*` takes a text.
///
/// A `*` in the text is a character like any other, and one that the glob can only take with a `*` of its own: so
/// this also answers whether one glob covers another.
pub(super) fn takes(glob: &str, text: &str) -> bool {
    let Some((head, rest)) = glob.split_once('*') else { return glob == text };
    let (middle, tail) = rest.rsplit_once('*').map_or((None, rest), |(middle, tail)| (Some(middle), tail));
    let Some(mut left) = text.strip_prefix(head).and_then(|text| text.strip_suffix(tail)) else {
        return false;
    };
    // Each piece is taken where it occurs first: that leaves the most to those behind it.
    middle.into_iter().flat_map(|middle| middle.split('*')).all(|piece| {
        let found = left.split_once(piece);
        left = found.map_or("", |(_, behind)| behind);
        found.is_some()
    })
}

/// Whether a text is a segment that fits a glob, where `*` stands for any characters; one with a `/` is none.
pub fn segment_matches(glob: &str, text: &str) -> bool {
    !text.contains('/') && takes(glob, text)
}

/// Whether some text is taken by both globs.
pub(super) fn overlap(a: &str, b: &str) -> bool {
    match (a.split_once('*'), b.split_once('*')) {
        (None, _) => takes(b, a),
        (_, None) => takes(a, b),
        (Some((a_head, a_rest)), Some((b_head, b_rest))) => {
            let (a_tail, b_tail) = (last_piece(a_rest), last_piece(b_rest));
            (a_head.starts_with(b_head) || b_head.starts_with(a_head))
                && (a_tail.ends_with(b_tail) || b_tail.ends_with(a_tail))
        }
    }
}

fn last_piece(glob: &str) -> &str {
    glob.rsplit_once('*').map_or(glob, |(_, piece)| piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters_of_a_segment_none_included() {
        for (glob, taken, not_taken) in [
            ("a", "a", "b"),
            ("a*", "a", "ba"),
            ("*a", "ba", "ab"),
            ("a*a", "aa", "a"),
            ("ab*ba", "abba", "aba"),
            ("*ab*", "aab", "ba"),
            ("*ab*ab*", "abab", "aba"),
            ("a*b*c", "a-b-b-c", "a-c-b"),
            ("*aab", "aaab", "aaba"),
            ("é*", "école", "ecole"),
        ] {
            assert!(takes(glob, taken), "{glob} {taken}");
            assert!(!takes(glob, not_taken), "{glob} {not_taken}");
        }
    }

    #[test]
    fn globs_overlap_when_their_ends_agree() {
        for (a, overlapping, apart) in [
            ("a", "*", "b"),
            ("a*", "*b", "b*"),
            ("*a", "*ba", "*b"),
            ("a*c", "ab*bc", "ab*b"),
            ("a*c", "a*b*c", "c*a"),
            ("a*", "ab", "ba"),
        ] {
            assert!(overlap(a, overlapping) && overlap(overlapping, a), "{a} {overlapping}");
            assert!(!overlap(a, apart) && !overlap(apart, a), "{a} {apart}");
        }
    }
}
