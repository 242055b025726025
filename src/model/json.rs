//! JSON as a tree: what comes from outside before it is a type of ours.

use std::fmt;

use hifijson::num::LexWrite as _;
use hifijson::str::LexAlloc as _;
use hifijson::token::Lex as _;
use hifijson::{Error, Expect, SliceLexer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{limits, shown};

/// A JSON value.
#[derive(Clone, Debug, Default, Eq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction or an exponent, or one beyond 64 bits. No type of ours takes one, so nobody asks which
    /// it is.
    OtherNumber,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Names with values, in the order in which they were written; no two names are equal.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a value from text.
    ///
    /// # Errors
    /// What is wrong with the text, in words: it is not JSON (RFC 8259), has a name twice in an object (RFC 7493 §2.3),
    /// is more than 128 levels deep, or an object has more than 1,024 names.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lexer = SliceLexer::new(text.as_bytes());
        let read =
            lexer.exactly_one(SliceLexer::ws_peek, |first, lexer| value(first, lexer, limits::JSON_LEVELS));
        read.map_err(|Unread(problem)| problem)
    }

    /// The field of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        field(self.as_object()?, name)
    }

    /// What is in an object.
    pub fn as_object(&self) -> Option<&[(String, Self)]> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    /// What is in a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// The text.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number.
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Whole(number) = self { Some(*number) } else { None }
    }

    /// True or false.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }
}

// By hand: the order of names means nothing.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) | (Self::OtherNumber, Self::OtherNumber) => true,
            (Self::Flag(one), Self::Flag(other)) => one == other,
            (Self::Whole(one), Self::Whole(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            (Self::Object(one), Self::Object(other)) => {
                one.len() == other.len() && one.iter().all(|(name, value)| field(other, name) == Some(value))
            }
            _ => false,
        }
    }
}

/// The field of that name.
pub(super) fn field<'a>(fields: &'a [(String, Json)], name: &str) -> Option<&'a Json> {
    fields.iter().find(|(other, _)| other == name).map(|(_, value)| value)
}

/// Why a text is not read, in words.
struct Unread(String);

impl From<Error> for Unread {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

impl From<Expect> for Unread {
    fn from(expected: Expect) -> Self {
        Error::from(expected).into()
    }
}

/// The value that begins with `first`, which is the next character.
fn value<'t>(first: u8, lexer: &mut SliceLexer<'t>, levels: usize) -> Result<Json, Unread> {
    let below = levels.checked_sub(1).ok_or(Error::Depth)?;
    match first {
        b'"' => text(lexer).map(Json::Text),
        b'-' | b'0'..=b'9' => {
            let (digits, parts) = lexer.num_string().validated().map_err(Error::from)?;
            let whole = Some(digits).filter(|_| parts.is_int()).and_then(|digits: &str| digits.parse().ok());
            Ok(whole.map_or(Json::OtherNumber, Json::Whole))
        }
        b'[' => {
            let mut items = Vec::new();
            lexer.discarded().seq(b']', SliceLexer::ws_peek, |first, lexer| {
                items.push(value(first, lexer, below)?);
                Ok::<_, Unread>(())
            })?;
            Ok(Json::List(items))
        }
        b'{' => {
            let mut fields = Vec::new();
            lexer.discarded().seq(b'}', SliceLexer::ws_peek, |first, lexer| {
                if first != b'"' {
                    return Err(Unread::from(Expect::String));
                }
                let name = text(lexer)?;
                if field(&fields, &name).is_some() {
                    return Err(Unread(format!("an object has `{}` twice", shown(&name))));
                }
                if fields.len() == limits::JSON_NAMES {
                    let problem = format!("an object has more than {} names", limits::JSON_NAMES);
                    return Err(Unread(problem));
                }
                lexer.expect(SliceLexer::ws_peek, b':').ok_or(Expect::Colon)?;
                let first = lexer.ws_peek().ok_or(Expect::Value)?;
                fields.push((name, value(first, lexer, below)?));
                Ok(())
            })?;
            Ok(Json::Object(fields))
        }
        _ => Ok(lexer.null_or_bool().ok_or(Expect::Value)?.map_or(Json::Null, Json::Flag)),
    }
}

fn text(lexer: &mut SliceLexer<'_>) -> Result<String, Unread> {
    Ok(lexer.discarded().str_string().map_err(Error::from)?.into_owned())
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::OtherNumber, Json::Whole))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::OtherNumber)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = object.next_entry()? {
            fields.push(entry);
        }
        Ok(Json::Object(fields))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::OtherNumber => Err(S::Error::custom("a number that is not whole was not kept")),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => items.serialize(serializer),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What serde_json reads, in our form.
    fn expected(text: &str) -> Option<Json> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn what_is_json_is_read_as_serde_json_reads_it() {
        for text in [
            "null",
            " [ true , false\t]\r\n",
            "[0, -1, 9223372036854775807, -9223372036854775808, 9223372036854775808, 1.0, 1e2, -0.5E-3]",
            r#"{"b": {"": []}, "a": "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é", "\u0061b": {}}"#,
        ] {
            assert_eq!(Json::parse(text).ok(), expected(text), "{text}");
            assert_ne!(expected(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "True",
            "'a'",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "[1,]",
            "[1 2]",
            "[",
            "]",
            "{\"a\"}",
            "{\"a\" 1}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{1:1}",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\n\"",
            "1 1",
            "/**/1",
            "NaN",
        ] {
            assert!(Json::parse(text).is_err(), "{text}");
            assert_eq!(expected(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_twice_in_an_object_is_refused_and_in_two_objects_is_not() {
        for text in [r#"{"a": 1, "a": 1}"#, r#"[{"b": 1, "a": {}, "\u0061": 1}]"#] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        assert!(Json::parse(r#"{"a": {"a": 1}, "b": {"a": 1}}"#).is_ok());
    }

    #[test]
    fn too_many_names_in_an_object_are_refused() {
        let names = |count| (0..count).map(|name| format!("\"{name}\":0")).collect::<Vec<_>>().join(",");
        assert!(Json::parse(&format!("{{{}}}", names(limits::JSON_NAMES))).is_ok());
        assert!(Json::parse(&format!("{{{}}}", names(limits::JSON_NAMES + 1))).is_err());
    }

    #[test]
    fn the_order_of_names_means_nothing() {
        let read = |text| Json::parse(text).unwrap();
        assert_eq!(read(r#"{"a": [1], "b": 2}"#), read(r#"{"b": 2, "a": [1]}"#));
        assert_ne!(read(r#"{"a": [1], "b": 2}"#), read(r#"{"a": 2, "b": [1]}"#));
        assert_ne!(read(r#"{"a": 1}"#), read(r#"{"a": 1, "b": 2}"#));
    }

    #[test]
    fn what_is_too_deep_is_refused_and_what_is_not_read() {
        let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
        assert!(Json::parse(&nested(limits::JSON_LEVELS)).is_ok());
        assert!(Json::parse(&nested(limits::JSON_LEVELS + 1)).is_err());
        assert!(Json::parse(&nested(1_000_000)).is_err());
    }
}
