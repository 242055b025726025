//! Reads our types from JSON, strictly, and knows where it is.
//!
//! serde's derived code is compiled anew for each kind of reader and for each form that the reader accepts, and that is
//! most of what a WASM weighs. So there is one kind of reader, and it accepts one form: a struct is an object, never an
//! array; a field is named by text.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor, value::StrDeserializer,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::{Map, Value};

use super::{Invalid, Refusal};

/// Reads anything from JSON text, with typed faults that name the place.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_json<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, Refusal> {
    let value: Value = serde_json::from_str(json).map_err(|error| Fault::custom(error).into_refusal())?;
    T::deserialize(Reader { value: &value, place: Place::Top }).map_err(Fault::into_refusal)
}

/// Reads anything from the fields of an object, such as the payload of a tagged value.
pub(super) fn read_fields<T: for<'de> Deserialize<'de>, E: Error>(
    fields: Map<String, Value>,
) -> Result<T, E> {
    let value = Value::Object(fields);
    T::deserialize(Reader { value: &value, place: Place::Top }).map_err(E::custom)
}

/// Why a value was not accepted, and where it stood.
#[derive(Debug)]
struct Fault {
    text: String,
    place: Option<String>,
}

impl Fault {
    fn at(self, place: Place<'_>) -> Self {
        Self { place: self.place.or_else(|| Some(place.to_string())), ..self }
    }

    fn into_refusal(self) -> Refusal {
        Refusal::invalid(Invalid::from_serde(&self.text), self.place.filter(|place| !place.is_empty()))
    }
}

impl Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self { text: text.to_string(), place: None }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl std::error::Error for Fault {}

/// The way to a value: `steps[0].quorums[1].required`.
#[derive(Clone, Copy)]
enum Place<'p> {
    Top,
    Field(&'p Place<'p>, &'p str),
    Entry(&'p Place<'p>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Field(Self::Top, name) => formatter.write_str(name),
            Self::Field(above, name) => write!(formatter, "{above}.{name}"),
            Self::Entry(above, index) => write!(formatter, "{above}[{index}]"),
        }
    }
}

#[derive(Clone, Copy)]
struct Reader<'de, 'p> {
    value: &'de Value,
    place: Place<'p>,
}

impl Reader<'_, '_> {
    fn unexpected(&self, visitor: &dyn serde::de::Expected) -> Fault {
        let found = match self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(flag) => Unexpected::Bool(*flag),
            Value::Number(number) => number
                .as_i64()
                .map(Unexpected::Signed)
                .unwrap_or(Unexpected::Other("a number that is not whole")),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Fault::invalid_type(found, visitor).at(self.place)
    }

    fn read<'de, T: DeserializeSeed<'de>>(self, seed: T, value: &'de Value) -> Result<T::Value, Fault> {
        let place = self.place;
        seed.deserialize(Reader { value, place }).map_err(|fault| fault.at(place))
    }
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => match number.as_i64() {
                Some(number) => visitor.visit_i64(number),
                None => self.deserialize_f64(visitor),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Bool(flag) => visitor.visit_bool(*flag),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.as_i64() {
            Some(number) => visitor.visit_i64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.as_u64() {
            Some(number) => visitor.visit_u64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.as_f64() {
            Some(number) => visitor.visit_f64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Array(entries) => {
                visitor.visit_seq(Entries { entries: entries.iter().enumerate(), reader: self })
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Object(fields) => {
                visitor.visit_map(Fields { fields: fields.iter(), current: None, reader: self })
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Value::String(name) => visitor.visit_enum(Variant { name, content: None, reader: self }),
            Value::Object(fields) if fields.len() == 1 => match fields.iter().next() {
                Some((name, content)) => {
                    visitor.visit_enum(Variant { name, content: Some(content), reader: self })
                }
                None => Err(self.unexpected(&visitor)),
            },
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    // Forms that no type of ours has.
    forward_to_deserialize_any! { i8 i16 i32 u8 u16 f32 char bytes byte_buf unit unit_struct tuple tuple_struct }
}

struct Entries<'de, 'p, I> {
    entries: I,
    reader: Reader<'de, 'p>,
}

impl<'de, I: Iterator<Item = (usize, &'de Value)>> SeqAccess<'de> for Entries<'de, '_, I> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((index, value)) = self.entries.next() else { return Ok(None) };
        let place = Place::Entry(&self.reader.place, index);
        Reader { place, ..self.reader }.read(seed, value).map(Some)
    }
}

struct Fields<'de, 'p> {
    fields: serde_json::map::Iter<'de>,
    current: Option<(&'de str, &'de Value)>,
    reader: Reader<'de, 'p>,
}

impl<'de> MapAccess<'de> for Fields<'de, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.current = self.fields.next().map(|(name, value)| (name.as_str(), value));
        let Some((name, _)) = self.current else { return Ok(None) };
        let name: StrDeserializer<'_, Fault> = name.into_deserializer();
        seed.deserialize(name).map(Some).map_err(|fault| fault.at(self.reader.place))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((name, value)) = self.current else { return Err(Fault::custom("a field is missing")) };
        let place = Place::Field(&self.reader.place, name);
        Reader { place, ..self.reader }.read(seed, value)
    }
}

struct Variant<'de, 'p> {
    name: &'de str,
    content: Option<&'de Value>,
    reader: Reader<'de, 'p>,
}

impl<'de> EnumAccess<'de> for Variant<'de, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        let variant = seed.deserialize(name).map_err(|fault| fault.at(self.reader.place))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.content {
            None => Ok(()),
            Some(_) => Err(Fault::custom(format!("`{}` takes nothing", self.name))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        let Some(content) = self.content else {
            return Err(Fault::custom(format!("`{}` lacks its content", self.name)));
        };
        let place = Place::Field(&self.reader.place, self.name);
        Reader { place, ..self.reader }.read(seed, content)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        Err(self.reader.unexpected(&visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        Err(self.reader.unexpected(&visitor))
    }
}
