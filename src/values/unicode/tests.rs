#![cfg(not(target_arch = "wasm32"))]

mod agreement;
mod derived;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::is_format;

fn scalar_values() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

#[test]
fn the_format_characters_are_those_of_the_general_category() {
    for c in scalar_values() {
        let is_cf = c.general_category() == GeneralCategory::Format;
        assert_eq!(is_format(c), is_cf, "U+{:04X}", u32::from(c));
    }
}

#[test]
fn everything_is_of_one_unicode_version() {
    let (major, minor, update) = unicode_normalization::UNICODE_VERSION;
    assert_eq!(unicode_properties::UNICODE_VERSION, (major.into(), minor.into(), update.into()));
    for file in [include_str!("format.rs"), include_str!("nfc.rs")] {
        assert!(file.contains(&format!("of Unicode {major}.")));
    }
    assert!(include_str!("tables.rs").contains(&format!("of Unicode {major}.{minor}.{update}.")));
}
