//! Upper case and lower case taken as one, for searches.

/// Capital letters: the first and the last, every how many, and how far away the small one is.
const CAPITALS: [(char, char, u32, u32); 25] = [
    ('A', 'Z', 1, 32),
    ('À', 'Ö', 1, 32),
    ('Ø', 'Þ', 1, 32),
    ('Ā', 'Į', 2, 1),
    ('Ĳ', 'Ķ', 2, 1),
    ('Ĺ', 'Ň', 2, 1),
    ('Ŋ', 'Ŷ', 2, 1),
    ('Ź', 'Ž', 2, 1),
    ('Ơ', 'Ơ', 1, 1),
    ('Ư', 'Ư', 1, 1),
    ('Ά', 'Ά', 1, 38),
    ('Έ', 'Ί', 1, 37),
    ('Ό', 'Ό', 1, 64),
    ('Ύ', 'Ώ', 1, 63),
    ('Α', 'Ρ', 1, 32),
    ('Σ', 'Ϋ', 1, 32),
    ('Ѐ', 'Џ', 1, 80),
    ('А', 'Я', 1, 32),
    ('Ѡ', 'Ҁ', 2, 1),
    ('Ҋ', 'Ҿ', 2, 1),
    ('Ӏ', 'Ӏ', 1, 15),
    ('Ӂ', 'Ӎ', 2, 1),
    ('Ӑ', 'Ԯ', 2, 1),
    ('Ḁ', 'Ẕ', 2, 1),
    ('Ạ', 'Ỿ', 2, 1),
];

/// A text in which letters are small: those of Latin, Greek and Cyrillic, as living languages write them.
///
/// The standard library knows every letter there is, in 7 KB of WASM.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(small).collect()
}

fn small(c: char) -> char {
    let among = |&&(first, last, every, _): &&(char, char, u32, u32)| {
        (first..=last).contains(&c)
            && u32::from(c).wrapping_sub(u32::from(first)).checked_rem(every) == Some(0)
    };
    match CAPITALS.iter().find(among) {
        Some((.., distance)) => char::from_u32(u32::from(c).saturating_add(*distance)).unwrap_or(c),
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_std(c: char) -> char {
        let mut lower = c.to_lowercase();
        lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
    }

    #[test]
    fn letters_are_small_as_the_standard_library_has_them() {
        let blocks = ['\0'..='ž', 'Ά'..='ώ', 'Ѐ'..='ԯ', 'Ḁ'..='ẝ', 'Ạ'..='ỿ'];
        for c in blocks.into_iter().flatten() {
            // The small letter of `Ÿ` is far away, among those of one byte.
            assert_eq!(small(c), if c == 'Ÿ' { c } else { of_std(c) }, "{c}");
        }
        assert_eq!(folded("ÅSA Ёлка ΟΔΟΣ Ưu"), "åsa ёлка οδοσ ưu");
    }

    #[test]
    fn no_other_character_changes() {
        for c in ('\0'..=char::MAX).filter(|c| of_std(*c) == *c) {
            assert_eq!(small(c), c, "{c}");
        }
    }
}
