//! Writes our types and any JSON in the form of RFC 8785 (JCS): one text serves the hash and the record.
//!
//! Numbers are whole and within ±(2⁵³−1), as all of ours are. A library that writes fractions as well brings 25 KB of
//! tables into the WASM.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::ops::Range;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, Serializer,
};

use crate::values::SafeInteger;

/// A value as RFC 8785 text; none where a number is not whole or not within ±(2⁵³−1).
pub fn to_canonical<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    let mut text = String::new();
    value.serialize(Writer(&mut text)).ok()?;
    Some(text)
}

/// A value that has no canonical form.
#[derive(Debug)]
struct Unwritable;

impl Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of this form is never written")
    }
}

impl std::error::Error for Unwritable {}

type Written = Result<(), Unwritable>;

struct Writer<'t>(&'t mut String);

impl<'t> Writer<'t> {
    fn put(self, text: &str) -> Written {
        self.0.push_str(text);
        Ok(())
    }

    fn open_list(self) -> List<'t> {
        self.0.push('[');
        List { text: self.0, is_empty: true }
    }

    fn open_object(self, close: &'static str) -> Object<'t> {
        self.0.push('{');
        Object { begin: self.0.len(), text: self.0, names: Vec::new(), close }
    }

    fn open_variant(self, name: &str) -> &'t mut String {
        self.0.push('{');
        quote(self.0, name);
        self.0.push(':');
        self.0
    }
}

/// What the items of a list are written into.
struct List<'t> {
    text: &'t mut String,
    is_empty: bool,
}

/// What the fields of an object are written into, in the order in which they come; closing it sorts them.
struct Object<'t> {
    text: &'t mut String,
    /// Where the first field begins.
    begin: usize,
    /// Where from there the name of each field so far stands.
    names: Vec<Range<usize>>,
    close: &'static str,
}

impl Object<'_> {
    fn begin_field<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<Writer<'_>, Unwritable> {
        if !self.names.is_empty() {
            self.text.push(',');
        }
        let begin = self.fields().len();
        name.serialize(Writer(self.text))?;
        let place = begin..self.fields().len();
        if !self.fields().get(place.clone()).is_some_and(|name| name.starts_with('"')) {
            return Err(Unwritable);
        }
        self.names.push(place);
        self.text.push(':');
        Ok(Writer(self.text))
    }

    fn fields(&self) -> &str {
        self.text.get(self.begin..).unwrap_or_default()
    }

    fn close(self) -> Written {
        let all = self.names.iter().map(|place| name(self.fields(), place));
        let are_sorted = all.is_sorted_by(|one, next| in_order(one, next).is_lt());
        let Self { text, begin, names, close } = self;
        if !are_sorted {
            let unsorted = text.split_off(begin);
            sort_fields(text, &unsorted, &names);
        }
        Writer(text).put(close)
    }
}

/// The name of a field that stands there.
fn name<'f>(fields: &'f str, place: &Range<usize>) -> Cow<'f, str> {
    let quoted = fields.get(place.clone()).unwrap_or_default();
    if quoted.contains('\\') {
        serde_json::from_str::<String>(quoted).unwrap_or_default().into()
    } else {
        quoted.trim_matches('"').into()
    }
}

/// Writes fields sorted by their names.
fn sort_fields(text: &mut String, unsorted: &str, names: &[Range<usize>]) {
    // Behind each field but the last stands a comma.
    let ends = names.iter().skip(1).map(|next| next.start.saturating_sub(1)).chain([unsorted.len()]);
    let fields = names.iter().zip(ends).map(|(place, end)| (name(unsorted, place), place.start..end));
    let mut fields: Vec<_> = fields.collect();
    fields.sort_by(|(one, _), (other, _)| in_order(one, other));
    for (index, (_, field)) in fields.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(unsorted.get(field).unwrap_or_default());
    }
}

/// A JSON text, with the escapes that RFC 8785 §3.2.2.2 asks for. What needs none goes over in one piece.
fn quote(text: &mut String, string: &str) {
    text.push('"');
    let mut rest = string;
    while let Some((plain, from)) = rest.bytes().position(is_escaped).and_then(|at| rest.split_at_checked(at))
    {
        text.push_str(plain);
        let mut left = from.chars();
        left.next().into_iter().for_each(|character| escape(text, character));
        rest = left.as_str();
    }
    text.push_str(rest);
    text.push('"');
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

fn escape(text: &mut String, character: char) {
    let escape = match character {
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        '\0'..='\u{1f}' => {
            // Writing to a text does not fail.
            let _ = write!(text, "\\u{:04x}", u32::from(character));
            return;
        }
        itself => itself,
    };
    text.extend(['\\', escape]);
}

/// The order of names, by their UTF-16 code units (RFC 8785 §3.2.3); of ASCII that is the order of bytes.
fn in_order(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        one.cmp(other)
    } else {
        one.encode_utf16().cmp(other.encode_utf16())
    }
}

impl<'t> Serializer for Writer<'t> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = List<'t>;
    type SerializeTuple = List<'t>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Object<'t>;
    type SerializeStruct = Object<'t>;
    type SerializeStructVariant = Object<'t>;

    /// What is hashed is for no reader: what can be erased is written as its commitment.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, flag: bool) -> Written {
        self.put(if flag { "true" } else { "false" })
    }

    fn serialize_i8(self, number: i8) -> Written {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Written {
        self.serialize_i64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Written {
        self.serialize_i64(number.into())
    }

    fn serialize_i64(self, number: i64) -> Written {
        let number = SafeInteger::try_from(number).map_err(Unwritable::custom)?;
        write!(self.0, "{}", number.get()).map_err(Unwritable::custom)
    }

    fn serialize_u8(self, number: u8) -> Written {
        self.serialize_u64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Written {
        self.serialize_u64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Written {
        self.serialize_u64(number.into())
    }

    fn serialize_u64(self, number: u64) -> Written {
        self.serialize_i64(i64::try_from(number).map_err(Unwritable::custom)?)
    }

    fn serialize_f32(self, _: f32) -> Written {
        Err(Unwritable)
    }

    fn serialize_f64(self, _: f64) -> Written {
        Err(Unwritable)
    }

    fn serialize_char(self, _: char) -> Written {
        Err(Unwritable)
    }

    fn serialize_str(self, string: &str) -> Written {
        quote(self.0, string);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.put("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Written {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Written {
        let text = self.open_variant(name);
        value.serialize(Writer(text))?;
        Writer(text).put("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'t>, Unwritable> {
        Ok(self.open_list())
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'t>, Unwritable> {
        Ok(self.open_list())
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unwritable> {
        Err(Unwritable)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        Err(Unwritable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'t>, Unwritable> {
        Ok(self.open_object("}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'t>, Unwritable> {
        Ok(self.open_object("}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Object<'t>, Unwritable> {
        Ok(Writer(self.open_variant(name)).open_object("}}"))
    }
}

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Written {
        if !self.is_empty {
            self.text.push(',');
        }
        self.is_empty = false;
        item.serialize(Writer(self.text))
    }

    fn end(self) -> Written {
        Writer(self.text).put("]")
    }
}

impl SerializeTuple for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Written {
        SerializeSeq::serialize_element(self, item)
    }

    fn end(self) -> Written {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.begin_field(key).map(drop)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(Writer(self.text))
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        value.serialize(self.begin_field(name)?)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStructVariant for Object<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        value.serialize(self.begin_field(name)?)
    }

    fn end(self) -> Written {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::{Value, json};

    use super::*;

    fn check(value: &impl Serialize) {
        let expected = serde_json_canonicalizer::to_string(value).unwrap();
        assert_eq!(to_canonical(value), Some(expected));
    }

    #[derive(Serialize)]
    enum Form {
        Unit,
        Newtype(u32),
        Struct { one: Option<bool>, field: Vec<Form> },
    }

    #[test]
    fn every_form_is_written_as_rfc_8785_says() {
        check(&vec![
            Form::Unit,
            Form::Newtype(7),
            Form::Struct { one: Some(true), field: vec![Form::Struct { one: None, field: vec![] }] },
        ]);
        check(&BTreeMap::from([("", vec![Some(1)]), ("\"\u{1f600}", vec![None])]));
        check(&BTreeMap::<String, u8>::new());
        check(&json!([[], {}, [[]], {"b": {"d": -1, "c": "text"}, "a": {}}, null, true, false]));
    }

    #[test]
    fn names_are_sorted_by_utf_16_code_units() {
        // UTF-8 sorts U+FB33 before U+1F600, UTF-16 after: its surrogates begin with U+D83D.
        let value =
            json!({"\u{fb33}": 1, "\u{1f600}": 2, "\u{20ac}": 3, "\r": 4, "1": 5, "\u{f6}": 6, "": 7});
        check(&value);
        let names = "{\"\":7,\"\\r\":4,\"1\":5,\"\u{f6}\":6,\"\u{20ac}\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}";
        assert_eq!(to_canonical(&value).as_deref(), Some(names));
    }

    #[test]
    fn every_character_is_escaped_as_rfc_8785_says() {
        let all: String = (0_u32..0x3000).chain(0xe000..0x10_100).filter_map(char::from_u32).collect();
        check(&json!({ "text": all, "list": ["\"", "\\", "/", ""] }));
    }

    #[test]
    fn whole_numbers_are_written_as_they_are() {
        check(&json!([0, -1, 9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64]));
    }

    #[test]
    fn numbers_that_are_not_written_whole_or_too_large_have_no_form() {
        for number in ["0.5", "9007199254740992", "18446744073709551615", "1e300", "1.0", "-0.0", "1e0"] {
            let value: Value = serde_json::from_str(&format!("[{number}]")).unwrap();
            assert_eq!(to_canonical(&value), None, "{number}");
        }
    }
}
