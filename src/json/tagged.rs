/// Declares an enum whose variants say by their `type` what they are, from one list: what is listed is written, read,
/// and known by what all variants have in common, a trait.
///
/// Read by hand: serde's derived code finds the type in a copy of all fields, and so compiles a second reader of every
/// payload, 50 KB of WASM after brotli for the events alone, and slower.
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

            fn read(kind: &str, payload: &serde_json::Value) -> Result<Self, $crate::refusal::Refusal> {
                let mut kinds = <Self as strum::VariantNames>::VARIANTS.iter();
                $(
                    if kinds.next() == Some(&kind) {
                        return $crate::json::read_value(payload).map(Self::$name);
                    }
                )+
                let problem = format!("`{}` is {}", $crate::values::shown(kind), $what);
                Err($crate::values::Invalid::new($crate::values::InvalidKind::InvalidInput, problem).into())
            }
        }

        impl<'de> serde::Deserialize<'de> for $enum {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error;

                let mut payload = serde_json::Map::deserialize(deserializer)?;
                let kind = payload.remove("type").ok_or_else(|| D::Error::missing_field("type"))?;
                let read = Self::read(kind.as_str().unwrap_or_default(), &payload.into());
                read.map_err(D::Error::custom)
            }
        }
    };
}
pub(crate) use tagged;
