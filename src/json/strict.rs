use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

/// Any JSON value, read strictly: an object with a name twice is refused (RFC 7493 §2.3), where serde_json would keep the
/// last.
pub(super) struct Json(pub(super) Value);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Strictly).map(Self)
    }
}

struct Strictly;

impl<'de> Visitor<'de> for Strictly {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Json(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some((name, Json(value))) = object.next_entry::<String, _>()? {
            if fields.contains_key(&name) {
                return Err(A::Error::custom(format!("an object has `{name}` twice")));
            }
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok().map(|Json(value)| value)
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it() {
        for text in [
            "null",
            " [ true , false\t]\r\n",
            "[0, -1, 9223372036854775807, -9223372036854775808, 18446744073709551615, 1.0, 1e2, -0.5E-3]",
            r#"{"b": {"": []}, "a": "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é", "\u0061b": {}}"#,
        ] {
            assert_eq!(read(text), serde_json::from_str(text).ok(), "{text}");
            assert_ne!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_twice_in_an_object_is_refused_and_in_two_objects_is_not() {
        for text in [r#"{"a": 1, "a": 1}"#, r#"[{"b": 1, "a": {}, "\u0061": 1}]"#] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read(r#"{"a": {"a": 1}, "b": {"a": 1}}"#).is_some());
    }

    #[test]
    fn what_is_too_deep_is_refused() {
        let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
        assert!(read(&nested(127)).is_some());
        assert!(read(&nested(128)).is_none());
        assert!(read(&nested(1_000_000)).is_none());
    }
}
