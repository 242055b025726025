//! Normalization Form C, as UAX #15 detects it: most texts by one look at each character, the rest by normalising.

use super::tables::{CLASSES, COMBINING_CLASS, COMPOSITES, MAYBE, NO};

/// Whether a text is in Normalization Form C of Unicode 18.
///
/// An unassigned character counts as one that neither combines nor decomposes.
pub(crate) fn is_nfc(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    match quick_check(text) {
        QuickCheck::Yes => true,
        QuickCheck::No => false,
        QuickCheck::Maybe => compose(decompose(text)).into_iter().eq(text.chars()),
    }
}

enum QuickCheck {
    Yes,
    No,
    Maybe,
}

/// UAX #15 §9, made exact for Hangul, whose letters are not `Maybe` in the tables.
fn quick_check(text: &str) -> QuickCheck {
    let mut answer = QuickCheck::Yes;
    let mut before = Character::of('\0');
    for c in text.chars() {
        let after = Character::of(c);
        let is_unordered = after.combining_class() != 0 && after.combining_class() < before.combining_class();
        if after.is(NO) || is_unordered || is_hangul_pair(before.c, after.c) {
            return QuickCheck::No;
        }
        if after.is(MAYBE) {
            answer = QuickCheck::Maybe;
        }
        before = after;
    }
    answer
}

/// Whether the two are parts of one Hangul syllable: a leading consonant and a vowel, or a syllable of these two and
/// a trailing consonant.
///
/// Such letters compose with nothing else, so that this is all there is to know of them: neither a syllable nor a
/// letter must be taken apart to see what it would become.
fn is_hangul_pair(before: char, after: char) -> bool {
    match after {
        '\u{1161}'..='\u{1175}' => matches!(before, '\u{1100}'..='\u{1112}'),
        '\u{11A8}'..='\u{11C2}' => is_open_syllable(before),
        _ => false,
    }
}

/// Whether it is a Hangul syllable without a trailing consonant; every 28th is.
fn is_open_syllable(c: char) -> bool {
    const FIRST: u32 = 0xAC00;
    const LAST: u32 = 0xD7A3;
    const OPEN_EVERY: u32 = 28;
    let c = u32::from(c);
    (FIRST..=LAST).contains(&c) && c % OPEN_EVERY == FIRST % OPEN_EVERY
}

#[derive(Clone, Copy)]
struct Character {
    c: char,
    class: u16,
}

impl Character {
    fn of(c: char) -> Self {
        let behind = CLASSES.partition_point(|(first, _)| *first <= c);
        let class = behind.checked_sub(1).and_then(|at| CLASSES.get(at)).map_or(0, |(_, class)| *class);
        Self { c, class }
    }

    fn is(self, flag: u16) -> bool {
        self.class & flag != 0
    }

    /// Canonical_Combining_Class; that of a starter is zero.
    fn combining_class(self) -> u16 {
        self.class & COMBINING_CLASS
    }
}

/// The text's full canonical decomposition in canonical order. Expects a text without `No`.
fn decompose(text: &str) -> Vec<Character> {
    let mut decomposed = Vec::new();
    for c in text.chars() {
        push_decomposed(c, &mut decomposed);
    }
    decomposed
}

fn push_decomposed(c: char, decomposed: &mut Vec<Character>) {
    match parts(c) {
        Some((first, second)) => {
            push_decomposed(first, decomposed);
            push_decomposed(second, decomposed);
        }
        None => push_ordered(Character::of(c), decomposed),
    }
}

/// Adds a character, a mark before the marks of higher classes.
fn push_ordered(new: Character, decomposed: &mut Vec<Character>) {
    let class = new.combining_class();
    let is_before = |other: &Character| class == 0 || other.combining_class() <= class;
    let at = decomposed.iter().rposition(is_before).map_or(0, |last| last.saturating_add(1));
    decomposed.insert(at, new);
}

/// Puts together what is not blocked, the Canonical Composition Algorithm of Unicode §3.11.
fn compose(decomposed: Vec<Character>) -> Vec<char> {
    let mut composed = Vec::new();
    let mut starter: Option<char> = None;
    let mut marks: Vec<Character> = Vec::new();
    for next in decomposed {
        let is_blocked = marks.last().is_some_and(|mark| mark.combining_class() >= next.combining_class());
        let whole =
            starter.filter(|_| !is_blocked && next.is(MAYBE)).and_then(|first| composite(first, next.c));
        if whole.is_some() {
            starter = whole;
        } else if next.combining_class() == 0 {
            composed.extend(starter.replace(next.c));
            composed.extend(marks.drain(..).map(|mark| mark.c));
        } else {
            marks.push(next);
        }
    }
    composed.extend(starter);
    composed.extend(marks.into_iter().map(|mark| mark.c));
    composed
}

/// What a primary composite is made of.
fn parts(composite: char) -> Option<(char, char)> {
    let at = COMPOSITES.binary_search_by_key(&composite, |(whole, ..)| *whole).ok()?;
    COMPOSITES.get(at).map(|(_, first, second)| (*first, *second))
}

/// The primary composite of two characters. A walk over all, which only a `Maybe` behind a starter costs: a second
/// order of the table would be as large as the first.
fn composite(first: char, second: char) -> Option<char> {
    let found = COMPOSITES.iter().find(|(_, one, other)| (*one, *other) == (first, second));
    found.map(|(whole, ..)| *whole)
}
