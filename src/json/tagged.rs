use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error, MapAccess, Visitor};
use serde_json::Map;

use super::read::read_part;
use super::reader::TYPE;

/// What is read by its `type`.
pub(crate) trait Tagged: Sized {
    /// The variant of this `type`, from the other fields.
    fn read<'de, A: MapAccess<'de>>(kind: &str, fields: A) -> Result<Self, A::Error>;
}

/// Reads a [`Tagged`].
pub(crate) struct ByType<T>(pub(crate) PhantomData<T>);

impl<'de, T: Tagged + DeserializeOwned> Visitor<'de> for ByType<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with a `type`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<T, A::Error> {
        let first: Option<Cow<'de, str>> = fields.next_key()?;
        if first.as_deref() == Some(TYPE) {
            let kind: Cow<'de, str> = fields.next_value()?;
            return T::read(&kind, fields);
        }
        let mut object = Map::new();
        if let Some(name) = first {
            object.insert(name.into_owned(), fields.next_value()?);
        }
        while let Some((name, value)) = fields.next_entry()? {
            object.insert(name, value);
        }
        if !object.contains_key(TYPE) {
            return Err(A::Error::missing_field(TYPE));
        }
        read_part(&object.into()).map_err(A::Error::custom)
    }
}

/// Declares an enum whose variants say by their `type` what they are, from one list: what is listed is written, read,
/// and known by what all variants have in common, a trait.
///
/// Read by hand, at once where the `type` comes first, as it does from [`read_value`]. serde's derived code always makes a
/// copy of all fields to find it, and so compiles a second reader of every payload: 50 KB of WASM after brotli for the
/// events alone.
macro_rules! tagged {
    (
        $(#[$attribute:meta])*
        pub enum $enum:ident: $common:ident, $what:literal {
            $($(#[$doc:meta])* $name:ident($payload:ident),)+
        }
    ) => {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, strum::VariantNames)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        $(#[$attribute])*
        pub enum $enum {$(
            $(#[$doc])*
            $name($payload),
        )+}

        impl $enum {
            fn payload(&self) -> &dyn $common {
                match self {$(
                    Self::$name(payload) => payload,
                )+}
            }

            #[allow(dead_code, reason = "not all are changed")]
            fn payload_mut(&mut self) -> &mut dyn $common {
                match self {$(
                    Self::$name(payload) => payload,
                )+}
            }
        }

        impl<'de> serde::Deserialize<'de> for $enum {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map($crate::json::ByType(std::marker::PhantomData))
            }
        }

        impl $crate::json::Tagged for $enum {
            fn read<'de, A: serde::de::MapAccess<'de>>(kind: &str, fields: A) -> Result<Self, A::Error> {
                let fields = serde::de::value::MapAccessDeserializer::new(fields);
                let mut kinds = <Self as strum::VariantNames>::VARIANTS.iter();
                $(
                    if kinds.next() == Some(&kind) {
                        return serde::Deserialize::deserialize(fields).map(Self::$name);
                    }
                )+
                let problem = format!("`{}` is {}", $crate::values::shown(kind), $what);
                let invalid = $crate::values::Invalid::new($crate::values::InvalidKind::UnknownName, problem);
                Err(serde::de::Error::custom(invalid))
            }
        }
    };
}
pub(crate) use tagged;
