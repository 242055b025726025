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

use super::json::field;
use super::{Invalid, InvalidKind, Json, Refusal, limits};

/// Reads what comes whole from outside, at most 1 MiB of JSON text.
///
/// # Errors
/// `limit_exceeded`, `invalid_input`, or the code of the value that was not accepted.
pub fn read_input<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, Refusal> {
    read_value(&parse_input(json)?)
}

/// The same without a type.
///
/// # Errors
/// `limit_exceeded`, `invalid_input`.
pub fn parse_input(json: &str) -> Result<Json, Refusal> {
    if json.len() > limits::COMMAND_BYTES {
        let problem =
            format!("the input has {} bytes; at most {} are allowed", json.len(), limits::COMMAND_BYTES);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    parse(json)
}

/// Reads anything from JSON text, with typed faults that name the place.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_json<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, Refusal> {
    read_value(&parse(json)?)
}

/// Reads anything from JSON.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_value<T: for<'de> Deserialize<'de>>(value: &Json) -> Result<T, Refusal> {
    T::deserialize(Reader { value: Some(value), place: &Place::Top }).map_err(Fault::into_refusal)
}

fn parse(json: &str) -> Result<Json, Refusal> {
    Json::parse(json).map_err(|problem| Fault::new(problem).into_refusal())
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
    all: Vec<(String, Json)>,
    /// Those that have been read.
    taken: Vec<&'static str>,
}

impl<'de> Deserialize<'de> for Tagged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Json::Object(mut all) = Json::deserialize(deserializer)? else {
            return Err(D::Error::custom("expected an object"));
        };
        let kind = match field(&all, "type") {
            Some(Json::Text(kind)) => kind.clone(),
            Some(_) => return Err(D::Error::custom("`type` is not a text")),
            None => return Err(D::Error::missing_field("type")),
        };
        all.retain(|(name, _)| name != "type");
        Ok(Self { kind, fields: TaggedFields { all, taken: Vec::new() } })
    }
}

impl TaggedFields {
    /// Reads one of the fields.
    pub(super) fn take<T: for<'de> Deserialize<'de>, E: Error>(
        &mut self,
        name: &'static str,
    ) -> Result<T, E> {
        let value = field(&self.all, name);
        self.taken.push(name);
        match T::deserialize(Reader { value, place: &Place::Top }) {
            Err(_) if value.is_none() => Err(E::missing_field(name)),
            read => read.map_err(E::custom),
        }
    }

    /// Makes sure that all fields have been taken.
    pub(super) fn end<E: Error>(self) -> Result<(), E> {
        let mut left = self.all.iter().filter(|(name, _)| !self.taken.contains(&name.as_str()));
        left.next().map_or(Ok(()), |(name, _)| Err(E::custom(format!("unknown field `{name}`"))))
    }

    /// Reads all of them as one struct.
    pub(super) fn read<T: for<'de> Deserialize<'de>, E: Error>(self) -> Result<T, E> {
        let value = Json::Object(self.all);
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
    value: Option<&'de Json>,
    place: &'p Place<'p>,
}

impl<'de> Reader<'de, '_> {
    fn unexpected(&self, expected: &dyn Expected) -> Fault {
        let found = match self.value {
            None => Unexpected::Other("nothing"),
            Some(Json::Null) => Unexpected::Unit,
            Some(Json::Flag(flag)) => Unexpected::Bool(*flag),
            Some(Json::Whole(number)) => Unexpected::Signed(*number),
            Some(Json::OtherNumber) => Unexpected::Other("a number that is not whole"),
            Some(Json::Text(text)) => Unexpected::Str(text),
            Some(Json::List(_)) => Unexpected::Seq,
            Some(Json::Object(_)) => Unexpected::Map,
        };
        Fault::invalid_type(found, expected).at(self.place)
    }

    /// The fields of an object that has none but these.
    fn fields(
        &self,
        names: &'static [&'static str],
        expected: &dyn Expected,
    ) -> Result<&'de [(String, Json)], Fault> {
        let Some(Json::Object(fields)) = self.value else { return Err(self.unexpected(expected)) };
        match fields.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            Some((unknown, _)) => Err(Fault::unknown_field(unknown, names).at(self.place)),
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
            Some(Json::Null) => visitor.visit_unit(),
            Some(Json::Flag(flag)) => visitor.visit_bool(*flag),
            Some(Json::Whole(number)) => visitor.visit_i64(*number),
            // Which number it is nobody asks.
            Some(Json::OtherNumber) => visitor.visit_f64(f64::NAN),
            Some(Json::Text(text)) => visitor.visit_borrowed_str(text),
            Some(Json::List(_)) => self.deserialize_seq(visitor),
            Some(Json::Object(_)) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Json::Flag(flag)) => visitor.visit_bool(*flag),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.and_then(Json::as_i64) {
            Some(number) => visitor.visit_i64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.and_then(Json::as_i64).and_then(|number| u64::try_from(number).ok()) {
            Some(number) => visitor.visit_u64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Json::Text(text)) => visitor.visit_borrowed_str(text),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            None | Some(Json::Null) => visitor.visit_none(),
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
            Some(Json::List(entries)) => {
                visitor.visit_seq(Entries { entries: entries.iter(), index: 0, place: self.place })
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Some(Json::Object(entries)) => {
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
            Some(Json::Text(name)) => {
                visitor.visit_enum(Variant { name, content: Reader { value: None, ..self } })
            }
            Some(Json::Object(fields)) => match &fields[..] {
                [(name, content)] => {
                    visitor.visit_enum(Variant { name, content: Reader { value: Some(content), ..self } })
                }
                _ => Err(self.unexpected(&visitor)),
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
    forward_to_deserialize_any! { i8 i16 i32 u8 u16 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct }
}

/// The entries of a list.
struct Entries<'de, 'p> {
    entries: slice::Iter<'de, Json>,
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
    fields: &'de [(String, Json)],
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
        let value = field(self.fields, name);
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
    pairs: slice::Iter<'de, (String, Json)>,
    current: Option<&'de (String, Json)>,
    place: &'p Place<'p>,
}

impl<'de> MapAccess<'de> for Pairs<'de, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.current = self.pairs.next();
        let Some((name, _)) = self.current else { return Ok(None) };
        let name: StrDeserializer<'_, Fault> = name.as_str().into_deserializer();
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
