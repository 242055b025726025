//! Reads our types from JSON, strictly, and knows where it is.
//!
//! serde's derived code is compiled anew for each kind of reader and for each form that the reader offers, and that is
//! most of what a WASM weighs. So there is one kind of reader, and it offers one form. A struct is an object, never an
//! array; but the derived code is handed its fields in the order of their declaration, as if it were an array, because
//! that is a third of the code that takes them by name, in any order.

use std::{fmt, slice};

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor, value::StrDeserializer,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::{Map, Value};

use super::{Invalid, InvalidKind, Refusal, limits};

/// Reads what comes whole from outside, at most 1 MiB of JSON text.
///
/// # Errors
/// `limit_exceeded`, `invalid_input`, or the code of the value that was not accepted.
pub fn read_input<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, Refusal> {
    if json.len() > limits::COMMAND_BYTES {
        let problem =
            format!("the input has {} bytes; at most {} are allowed", json.len(), limits::COMMAND_BYTES);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    read_json(json)
}

/// Reads anything from JSON text, with typed faults that name the place.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_json<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, Refusal> {
    let value = parse(json).map_err(Fault::into_refusal)?;
    T::deserialize(Reader { value: Some(&value), place: &Place::Top }).map_err(Fault::into_refusal)
}

/// Compiled once, and not for every type that is read.
#[inline(never)]
fn parse(json: &str) -> Result<Value, Fault> {
    serde_json::from_str(json).map_err(Fault::custom)
}

/// An object that says by its `type` what it is, with its other fields.
///
/// serde would read it by way of a second kind of reader.
pub(super) struct Tagged {
    /// What it is.
    pub(super) kind: String,
    /// All but the `type`.
    pub(super) fields: TaggedFields,
}

/// The fields of an object beside its `type`.
pub(super) struct TaggedFields {
    all: Map<String, Value>,
    /// Those that have been read. None is removed, for which a B-tree needs much code.
    taken: Vec<&'static str>,
}

impl<'de> Deserialize<'de> for Tagged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut kind, mut all) = (None, Map::new());
        for (name, value) in Map::deserialize(deserializer)? {
            if name == "type" {
                kind = Some(value);
            } else {
                all.insert(name, value);
            }
        }
        match kind {
            Some(Value::String(kind)) => Ok(Self { kind, fields: TaggedFields { all, taken: Vec::new() } }),
            Some(_) => Err(D::Error::custom("`type` is not a text")),
            None => Err(D::Error::missing_field("type")),
        }
    }
}

impl TaggedFields {
    /// Reads one of the fields.
    pub(super) fn take<T: for<'de> Deserialize<'de>, E: Error>(
        &mut self,
        name: &'static str,
    ) -> Result<T, E> {
        let value = self.all.get(name);
        self.taken.push(name);
        match T::deserialize(Reader { value, place: &Place::Top }) {
            Err(_) if value.is_none() => Err(E::missing_field(name)),
            read => read.map_err(E::custom),
        }
    }

    /// Makes sure that all fields have been taken.
    pub(super) fn end<E: Error>(self) -> Result<(), E> {
        let mut left = self.all.keys().filter(|name| !self.taken.contains(&name.as_str()));
        left.next().map_or(Ok(()), |name| Err(E::custom(format!("unknown field `{name}`"))))
    }

    /// Reads all of them as one struct.
    pub(super) fn read<T: for<'de> Deserialize<'de>, E: Error>(self) -> Result<T, E> {
        let value = Value::Object(self.all);
        T::deserialize(Reader { value: Some(&value), place: &Place::Top }).map_err(E::custom)
    }
}

/// Why a value was not accepted, and where it stood. Boxed, because it is in every result.
#[derive(Debug)]
struct Fault(Box<Problem>);

#[derive(Debug)]
struct Problem {
    text: String,
    place: Option<String>,
}

impl Fault {
    fn new(text: String) -> Self {
        Self(Box::new(Problem { text, place: None }))
    }

    fn at(mut self, place: &Place<'_>) -> Self {
        self.0.place.get_or_insert_with(|| place.to_string());
        self
    }

    #[inline(never)]
    fn into_refusal(self) -> Refusal {
        let Problem { text, place } = *self.0;
        Refusal::invalid(Invalid::from_serde(&text), place.filter(|place| !place.is_empty()))
    }
}

impl Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self::new(text.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("invalid type: {}, expected {expected}", in_words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("invalid value: {}, expected {expected}", in_words(found)))
    }
}

/// As serde says it, but for the numbers that are not whole: to print those takes 15 KB of WASM.
fn in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(flag) => format!("boolean `{flag}`"),
        Unexpected::Unsigned(number) => format!("integer `{number}`"),
        Unexpected::Signed(number) => format!("integer `{number}`"),
        Unexpected::Str(text) => format!("string {text:?}"),
        Unexpected::Unit => "unit value".to_owned(),
        Unexpected::Seq => "sequence".to_owned(),
        Unexpected::Map => "map".to_owned(),
        Unexpected::Other(words) => words.to_owned(),
        _ => "something else".to_owned(),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.text)
    }
}

impl std::error::Error for Fault {}

/// The way to a value: `steps[0].quorums[1].required`.
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

/// Reads one value, or the absence of one: of a field that an object lacks.
#[derive(Clone, Copy)]
struct Reader<'de, 'p> {
    value: Option<&'de Value>,
    place: &'p Place<'p>,
}

impl<'de> Reader<'de, '_> {
    fn unexpected(&self, expected: &dyn Expected) -> Fault {
        let found = match self.value {
            None => Unexpected::Other("nothing"),
            Some(Value::Null) => Unexpected::Unit,
            Some(Value::Bool(flag)) => Unexpected::Bool(*flag),
            Some(Value::Number(number)) => number
                .as_i64()
                .map(Unexpected::Signed)
                .unwrap_or(Unexpected::Other("a number that is not whole")),
            Some(Value::String(text)) => Unexpected::Str(text),
            Some(Value::Array(_)) => Unexpected::Seq,
            Some(Value::Object(_)) => Unexpected::Map,
        };
        Fault::invalid_type(found, expected).at(self.place)
    }

    /// The fields of an object that has none but these.
    fn fields(
        &self,
        names: &'static [&'static str],
        expected: &dyn Expected,
    ) -> Result<&'de Map<String, Value>, Fault> {
        let Some(Value::Object(fields)) = self.value else { return Err(self.unexpected(expected)) };
        match fields.keys().find(|name| !names.contains(&name.as_str())) {
            Some(unknown) => Err(Fault::unknown_field(unknown, names).at(self.place)),
            None => Ok(fields),
        }
    }

    fn read<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self).map_err(|fault| fault.at(self.place))
    }
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            None => Err(self.unexpected(&visitor)),
            Some(Value::Null) => visitor.visit_unit(),
            Some(Value::Bool(flag)) => visitor.visit_bool(*flag),
            Some(Value::Number(number)) => match number.as_i64() {
                Some(number) => visitor.visit_i64(number),
                None => self.deserialize_f64(visitor),
            },
            Some(Value::String(text)) => visitor.visit_borrowed_str(text),
            Some(Value::Array(_)) => self.deserialize_seq(visitor),
            Some(Value::Object(_)) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::Bool(flag)) => visitor.visit_bool(*flag),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.and_then(Value::as_i64) {
            Some(number) => visitor.visit_i64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.and_then(Value::as_u64) {
            Some(number) => visitor.visit_u64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.and_then(Value::as_f64) {
            Some(number) => visitor.visit_f64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::String(text)) => visitor.visit_borrowed_str(text),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            None | Some(Value::Null) => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            None => Err(self.unexpected(&visitor)),
            Some(_) => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::Array(entries)) => {
                visitor.visit_seq(Entries { entries: entries.iter(), index: 0, place: self.place })
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::Object(entries)) => {
                visitor.visit_map(Pairs { pairs: entries.iter(), current: None, place: self.place })
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let fields = self.fields(names, &visitor)?;
        let mut fields = Fields { fields, names: names.iter(), missing: None, place: self.place };
        visitor.visit_seq(&mut fields).map_err(|fault| fields.missed(fault))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Some(Value::String(name)) => {
                visitor.visit_enum(Variant { name, content: Reader { value: None, ..self } })
            }
            Some(Value::Object(fields)) if fields.len() == 1 => match fields.iter().next() {
                Some((name, content)) => {
                    visitor.visit_enum(Variant { name, content: Reader { value: Some(content), ..self } })
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

/// The entries of a list.
struct Entries<'de, 'p> {
    entries: slice::Iter<'de, Value>,
    index: usize,
    place: &'p Place<'p>,
}

impl<'de> SeqAccess<'de> for Entries<'de, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(value) = self.entries.next() else { return Ok(None) };
        let place = &Place::Entry(self.place, self.index);
        self.index = self.index.saturating_add(1);
        Reader { value: Some(value), place }.read(seed).map(Some)
    }
}

/// The fields of an object, in the order in which its type declares them.
struct Fields<'de, 'p> {
    fields: &'de Map<String, Value>,
    names: slice::Iter<'static, &'static str>,
    missing: Option<&'static str>,
    place: &'p Place<'p>,
}

impl Fields<'_, '_> {
    /// The fault, which is that of a missing field if one was missing last: where it has a default, no fault follows.
    fn missed(&self, fault: Fault) -> Fault {
        self.missing.map_or(fault, Fault::missing_field)
    }
}

impl<'de> SeqAccess<'de> for Fields<'de, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let value = self.fields.get(*name);
        self.missing = value.is_none().then_some(name);
        let place = &Place::Field(self.place, name);
        match (Reader { value, place }).read(seed) {
            // Only an `Option` can be read from nothing; for others the derived code takes the default or gives up.
            Err(_) if value.is_none() => Ok(None),
            read => read.map(Some),
        }
    }
}

/// The entries of a map.
struct Pairs<'de, 'p> {
    pairs: serde_json::map::Iter<'de>,
    current: Option<(&'de str, &'de Value)>,
    place: &'p Place<'p>,
}

impl<'de> MapAccess<'de> for Pairs<'de, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.current = self.pairs.next().map(|(name, value)| (name.as_str(), value));
        let Some((name, _)) = self.current else { return Ok(None) };
        let name: StrDeserializer<'_, Fault> = name.into_deserializer();
        seed.deserialize(name).map(Some).map_err(|fault| fault.at(self.place))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((name, value)) = self.current else { return Err(Fault::custom("a value is missing")) };
        Reader { value: Some(value), place: &Place::Field(self.place, name) }.read(seed)
    }
}

/// A variant of an enum, by name, and what it holds; a text alone holds nothing.
struct Variant<'de, 'p> {
    name: &'de str,
    content: Reader<'de, 'p>,
}

impl<'de> EnumAccess<'de> for Variant<'de, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        let variant = seed.deserialize(name).map_err(|fault| fault.at(self.content.place))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.content.value {
            None => Ok(()),
            Some(_) => Err(Fault::new(format!("`{}` takes nothing", self.name))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        if self.content.value.is_none() {
            return Err(Fault::new(format!("`{}` lacks its content", self.name)));
        }
        Reader { place: &Place::Field(self.content.place, self.name), ..self.content }.read(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        Err(self.content.unexpected(&visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        Err(self.content.unexpected(&visitor))
    }
}
