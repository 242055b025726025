use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, VariantAccess, Visitor};
use serde_json::Value;

use super::fault::Fault;
use super::reader::Reader;
use crate::values::{Invalid, InvalidKind, shown};

/// One of several: its name alone, or in an object with what belongs to it.
pub(super) struct Variant<'de> {
    name: &'de str,
    content: Option<Reader<'de>>,
}

impl<'de> Variant<'de> {
    /// What is given, where it is one of these.
    pub(super) fn read(
        given: Reader<'de>,
        variants: &[&str],
        expected: &impl Expected,
    ) -> Result<Self, Fault> {
        let mut fields = given.0.as_object().into_iter().flatten();
        let variant = match (given.0, fields.next(), fields.next()) {
            (Value::String(name), ..) => Self { name, content: None },
            (_, Some((name, content)), None) => Self { name, content: Some(Reader(content)) },
            _ => return Err(given.instead_of(&one_of(variants, expected))),
        };
        if variants.contains(&variant.name) {
            return Ok(variant);
        }
        let known = one_of(variants, expected);
        let problem = match given.0 {
            // An id may well be known, but not as a name.
            Value::String(_) if is_own(expected) => Invalid::instead_of(&known, given.0).problem,
            _ => format!("`{}` is not known: give {known}", shown(variant.name)),
        };
        Err(Fault::custom(Invalid::new(InvalidKind::UnknownName, problem)))
    }

    fn content<T>(self, read: impl FnOnce(Reader<'de>) -> Result<T, Fault>) -> Result<T, Fault> {
        let alone = || fault(format!("give an object such as `{{ {0}: … }}`, not `{0}` alone", self.name));
        let content = self.content.ok_or_else(alone).and_then(read);
        content.map_err(|fault| fault.inside_field(self.name))
    }
}

fn fault(problem: String) -> Fault {
    Fault::custom(Invalid::new(InvalidKind::InvalidInput, problem))
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: BorrowedStrDeserializer<'de, Fault> = BorrowedStrDeserializer::new(self.name);
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        if self.content.is_none() {
            return Ok(());
        }
        Err(fault(format!("give the text `{}` alone, not an object", self.name)).inside_field(self.name))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.content(|content| seed.deserialize(content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content(|content| content.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.content(|content| content.deserialize_map(visitor))
    }
}

/// What can be chosen from, unless the type says it in words of its own.
fn one_of(variants: &[&str], expected: &impl Expected) -> String {
    if is_own(expected) {
        return (expected as &dyn Expected).to_string();
    }
    let names: Vec<String> = variants.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [first, second] => format!("{first} or {second}"),
        _ => format!("one of {}", names.join(", ")),
    }
}

fn is_own(expected: &impl Expected) -> bool {
    !(expected as &dyn Expected).to_string().starts_with("enum ")
}
