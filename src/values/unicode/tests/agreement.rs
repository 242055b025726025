//! Holds our `is_nfc` against that of the crate `unicode-normalization`, and against the definition.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization};

use super::super::is_nfc;
use super::derived::{composites, decomposition, is_hangul, quick_check};
use super::scalar_values;

/// Compares with the crate's answer and with what it means: that normalising changes nothing.
fn agree(text: &str) {
    let is_theirs = unicode_normalization::is_nfc(text);
    assert_eq!(is_theirs, text.nfc().eq(text.chars()), "the crate about {}", text.escape_unicode());
    assert_eq!(is_nfc(text), is_theirs, "{}", text.escape_unicode());
}

/// What composes with something before it, one mark of each other class, and letters that do nothing.
fn behind() -> BTreeSet<char> {
    let mut classes = BTreeSet::new();
    let is_new = |c: &char| classes.insert(canonical_combining_class(*c));
    let maybes = scalar_values().filter(|&c| quick_check(c) == IsNormalized::Maybe);
    scalar_values()
        .filter(is_new)
        .chain(maybes)
        .chain(['a', '/', '\u{1176}', '\u{11A7}', '\u{11C3}'])
        .collect()
}

/// What something may compose with: composites, their parts, some Hangul, and their neighbours that do not compose.
fn before() -> BTreeSet<char> {
    let parts = composites().flat_map(|(whole, first, second)| [whole, first, second]);
    let hangul = ('\u{1100}'..='\u{1113}').chain('\u{AC00}'..='\u{AC39}').chain('\u{D788}'..='\u{D7A4}');
    parts.chain(hangul).chain(behind()).collect()
}

/// What a normalised text never has: composition exclusions, singletons and their like.
fn refused() -> Vec<char> {
    scalar_values().filter(|&c| quick_check(c) == IsNormalized::No).collect()
}

#[test]
fn every_single_character_is_judged_as_unicode_does() {
    let mut text = String::new();
    for c in scalar_values() {
        text.clear();
        text.push(c);
        agree(&text);
    }
}

#[test]
fn every_pair_that_may_compose_is_judged_as_unicode_does() {
    let (before, behind) = (before(), behind());
    let mut text = String::new();
    for first in &before {
        for second in &behind {
            text.clear();
            text.extend([first, second]);
            agree(&text);
        }
    }
    assert!(before.len() > 1_300 && behind.len() > 150, "{} {}", before.len(), behind.len());
}

#[test]
fn every_composite_is_judged_in_all_its_spellings() {
    for whole in scalar_values().filter(|&c| decomposition(c) != String::from(c)) {
        let decomposed = decomposition(whole);
        agree(&decomposed);
        for (at, _) in decomposed.char_indices() {
            let (start, end) = decomposed.split_at(at);
            agree(&format!("{}{end}", start.nfc()));
            agree(&format!("a{end}{start}"));
            // A mark in between may block, or may be what stands there in canonical order.
            for mark in ['\u{334}', '\u{327}', '\u{323}', '\u{301}', '\u{345}', '\u{34F}'] {
                agree(&format!("{start}{mark}{end}"));
                agree(&format!("{whole}{mark}"));
            }
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let of = |alphabet: Vec<char>| prop::sample::select(alphabet);
    let behind: Vec<char> = behind().into_iter().collect();
    let (starters, marks) = behind.iter().partition(|c| canonical_combining_class(**c) == 0);
    let indic = before().into_iter().filter(|c| ('\u{900}'..='\u{1BFF}').contains(c)).collect();
    let hangul = before().into_iter().filter(|&c| is_hangul(c)).collect();
    let whole: Vec<(char, char, char)> = composites().collect();
    let part = prop_oneof![
        6 => of(marks).prop_map(String::from),
        2 => of(starters).prop_map(String::from),
        4 => of(before().into_iter().collect()).prop_map(String::from),
        3 => prop::sample::select(whole).prop_map(|(_, first, second)| String::from_iter([first, second])),
        2 => of(indic).prop_map(String::from),
        2 => of(hangul).prop_map(String::from),
        1 => of(refused()).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    // Most random texts are not normalised; those that are, and nearly are, matter as much.
    let normalise = |parts: Vec<String>, how| match how {
        0 => parts.concat(),
        1 => parts.concat().nfc().collect(),
        2 => parts.concat().nfd().collect(),
        _ => parts.iter().map(|part| part.nfc().collect::<String>()).collect(),
    };
    (prop::collection::vec(part, 1..8), 0..4).prop_map(move |(parts, how)| normalise(parts, how))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn any_text_is_judged_as_unicode_does(text in text()) {
        agree(&text);
    }

    #[test]
    fn what_is_normalised_is_normal(text in text()) {
        prop_assert!(is_nfc(&text.nfc().collect::<String>()));
    }
}
