//! Writes our types as JSON.
//!
//! Like [`reader`](super::reader) for the sake of what a WASM weighs: serde's derived code is compiled for each kind of
//! writer, and with one that cannot fail half way and does all its work in functions that are not generic, it takes
//! half the room it takes with serde_json's.

use std::fmt::{self, Write};

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    Serializer,
};

/// A value as JSON text; none where it has a form that none of our types has, such as a fraction.
pub fn write_json<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    let mut text = String::new();
    value.serialize(Writer(&mut text)).ok()?;
    Some(text)
}

/// A value that has no JSON form here.
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

    /// What is said as text that needs no escapes.
    fn show(self, number: impl fmt::Display) -> Written {
        write!(self.0, "{number}").map_err(Unwritable::custom)
    }

    fn open(self, bracket: char, close: &'static str) -> Compound<'t> {
        self.0.push(bracket);
        Compound { text: self.0, is_empty: true, close }
    }

    fn open_variant(self, name: &str) -> &'t mut String {
        self.0.push('{');
        quote(self.0, name);
        self.0.push(':');
        self.0
    }
}

/// What a list, a map or a struct is written into.
struct Compound<'t> {
    text: &'t mut String,
    is_empty: bool,
    close: &'static str,
}

impl Compound<'_> {
    #[inline(never)]
    fn next(&mut self) -> Writer<'_> {
        if !self.is_empty {
            self.text.push(',');
        }
        self.is_empty = false;
        Writer(self.text)
    }

    #[inline(never)]
    fn field(&mut self, name: &str) -> Writer<'_> {
        let Writer(text) = self.next();
        quote(text, name);
        text.push(':');
        Writer(text)
    }

    fn close(self) -> Written {
        Writer(self.text).put(self.close)
    }
}

/// A JSON text, with the escapes that RFC 8785 §3.2.2.2 asks for.
#[inline(never)]
fn quote(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        let escape = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\0'..='\u{1f}' => {
                // Writing to a text does not fail.
                let _ = write!(text, "\\u{:04x}", u32::from(character));
                continue;
            }
            _ => {
                text.push(character);
                continue;
            }
        };
        text.push_str(escape);
    }
    text.push('"');
}

impl<'t> Serializer for Writer<'t> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Compound<'t>;
    type SerializeTuple = Impossible<(), Unwritable>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Compound<'t>;
    type SerializeStruct = Compound<'t>;
    type SerializeStructVariant = Compound<'t>;

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
        self.show(number)
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
        self.show(number)
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

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'t>, Unwritable> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unwritable> {
        Err(Unwritable)
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

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'t>, Unwritable> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'t>, Unwritable> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'t>, Unwritable> {
        Ok(Writer(self.open_variant(name)).open('{', "}}"))
    }
}

impl SerializeSeq for Compound<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Written {
        item.serialize(self.next())
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Unwritable;

    /// Our keys are texts, which are written as such.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(self.next())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.text.push(':');
        value.serialize(Writer(self.text))
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStruct for Compound<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        value.serialize(self.field(name))
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStructVariant for Compound<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        value.serialize(self.field(name))
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

    #[derive(Serialize)]
    enum Form {
        Unit,
        Newtype(u32),
        Struct { field: Option<bool> },
    }

    #[test]
    fn every_form_is_written_as_serde_json_writes_it() {
        fn check(value: &impl Serialize) {
            assert_eq!(write_json(value), serde_json::to_string(value).ok());
        }
        check(&vec![
            Form::Unit,
            Form::Newtype(7),
            Form::Struct { field: Some(true) },
            Form::Struct { field: None },
        ]);
        check(&BTreeMap::from([("", vec![i64::MIN, i64::MAX]), ("\"\u{1f600}", vec![])]));
        check(&vec![Some(u64::MAX), None]);
        check(&BTreeMap::<String, u8>::new());
        check(&json!({"list": [[], {}, "text", null, false], "nested": {"a": {"b": -1}}}));
        check(&(0_u32..0x2_0000).filter_map(char::from_u32).collect::<String>());
    }

    #[test]
    fn a_fraction_is_not_written() {
        assert_eq!(write_json(&json!([0.5])), None);
        assert_eq!(write_json(&Value::Null).as_deref(), Some("null"));
    }
}
