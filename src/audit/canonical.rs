//! RFC 8785 (JCS), for values whose numbers are whole, as all of ours are: one that writes fractions too would bring
//! 20 KB of tables into a WASM.

use crate::model::{Json, SafeInteger, write_json};

/// The RFC 8785 form; none where a number is not whole or not within ±(2⁵³−1).
pub(super) fn canonical(value: &Json) -> Option<String> {
    let mut text = String::new();
    write(value, &mut text)?;
    Some(text)
}

fn write(value: &Json, text: &mut String) -> Option<()> {
    match value {
        Json::Null => text.push_str("null"),
        Json::Flag(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Json::Whole(number) => text.push_str(&SafeInteger::try_from(*number).ok()?.get().to_string()),
        Json::OtherNumber => return None,
        Json::Text(string) => write_string(string, text)?,
        Json::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, text);
                write(item, text)?;
            }
            text.push(']');
        }
        Json::Object(fields) => {
            let mut sorted: Vec<(&str, &Json)> = Vec::new();
            for (name, value) in fields {
                let is_before = |(other, _): &(&str, &Json)| other.encode_utf16().lt(name.encode_utf16());
                sorted.insert(sorted.partition_point(is_before), (name, value));
            }
            text.push('{');
            for (index, (name, value)) in sorted.into_iter().enumerate() {
                separate(index, text);
                write_string(name, text)?;
                text.push(':');
                write(value, text)?;
            }
            text.push('}');
        }
    }
    Some(())
}

fn separate(index: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
}

/// With the escapes of RFC 8785 §3.2.2.2, which are those of all JSON that we write.
fn write_string(string: &str, text: &mut String) -> Option<()> {
    text.push_str(&write_json(string)?);
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn of(value: &Value) -> Option<String> {
        canonical(&Json::parse(&value.to_string()).unwrap())
    }

    fn check(value: &Value) {
        let expected = serde_json_canonicalizer::to_string(value).unwrap();
        assert_eq!(of(value), Some(expected));
    }

    #[test]
    fn names_are_sorted_by_utf_16_code_units() {
        // UTF-8 sorts U+FB33 before U+1F600, UTF-16 after: its surrogates begin with U+D83D.
        let value =
            json!({"\u{fb33}": 1, "\u{1f600}": 2, "\u{20ac}": 3, "\r": 4, "1": 5, "\u{f6}": 6, "": 7});
        check(&value);
        let names = "{\"\":7,\"\\r\":4,\"1\":5,\"\u{f6}\":6,\"\u{20ac}\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}";
        assert_eq!(of(&value).as_deref(), Some(names));
    }

    #[test]
    fn every_character_is_escaped_as_rfc_8785_says() {
        let all: String = (0_u32..0x3000).chain(0xe000..0x10_100).filter_map(char::from_u32).collect();
        check(&json!({ "text": all, "list": ["\"", "\\", "/", ""] }));
    }

    #[test]
    fn whole_numbers_are_written_as_they_are() {
        check(&json!([0, -1, 9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64]));
        check(&json!([[], {}, [[]], {"a": {}}, null, true, false]));
    }

    #[test]
    fn numbers_that_are_not_written_whole_or_too_large_have_no_form() {
        for number in ["0.5", "9007199254740992", "18446744073709551615", "1e300", "1.0", "-0.0", "1e0"] {
            let json = Json::parse(&format!("[{number}]")).unwrap();
            assert_eq!(canonical(&json), None, "{number}");
        }
    }
}
