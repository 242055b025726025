use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::fault::Segment;

/// Any JSON, read strictly: an object with a name twice is refused (RFC 7493 §2.3), where serde_json would keep the last.
///
/// # Errors
/// What is wrong, and the way to it.
pub(super) fn parse_strictly(json: &str) -> Result<Value, (serde_json::Error, Vec<Segment>)> {
    let (mut way, mut parser) = (Vec::new(), serde_json::Deserializer::from_str(json));
    let value = Strictly(&mut way).deserialize(&mut parser);
    let value = value.and_then(|value| parser.end().map(|()| value));
    value.map_err(|error| (error, way))
}

/// Reads a value; what is not read notes the way to it.
struct Strictly<'w>(&'w mut Vec<Segment>);

impl<'de> DeserializeSeed<'de> for Strictly<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strictly<'_> {
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
        loop {
            match list.next_element_seed(Strictly(self.0)) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(Value::Array(items)),
                Err(error) => {
                    self.0.insert(0, Segment::Index(items.len()));
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let value = object.next_value_seed(Strictly(self.0));
            let value = value.inspect_err(|_| self.0.insert(0, Segment::Name(name.clone())))?;
            match fields.entry(name) {
                Entry::Vacant(place) => drop(place.insert(value)),
                Entry::Occupied(place) => {
                    return Err(A::Error::custom(format!("an object has `{}` twice", place.key())));
                }
            }
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Value> {
        parse_strictly(text).ok()
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
