use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::invalid::{Invalid, InvalidKind, check_safe_name};
use super::list::AtMost;
use super::text::Text;
use crate::limits;

/// The properties of a subject, by name; at most 64.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Properties(BTreeMap<String, PropertyValue>);

impl Properties {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The property of that name.
    pub fn get(&self, name: &str) -> Option<&PropertyValue> {
        self.0.get(name)
    }
}

impl TryFrom<BTreeMap<String, PropertyValue>> for Properties {
    type Error = Invalid;

    fn try_from(properties: BTreeMap<String, PropertyValue>) -> Result<Self, Invalid> {
        if properties.len() <= limits::PROPERTIES {
            return Ok(Self(properties));
        }
        let problem = format!(
            "a subject has {} properties; at most {} are allowed",
            properties.len(),
            limits::PROPERTIES
        );
        Err(Invalid::new(InvalidKind::LimitExceeded, problem))
    }
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(deserializer.deserialize_map(NamedValues)?).map_err(D::Error::custom)
    }
}

/// Reads values by name, none of which a JavaScript object cannot hold safely.
struct NamedValues;

impl<'de> Visitor<'de> for NamedValues {
    type Value = BTreeMap<String, PropertyValue>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some((name, value)) = object.next_entry::<String, _>()? {
            check_safe_name(&name).map_err(A::Error::custom)?;
            values.insert(name, value);
        }
        Ok(values)
    }
}

/// One value, as conditions compare them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Scalar<T = Text> {
    /// True or false.
    Flag(bool),
    /// A whole number within ±(2⁵³−1).
    Number(SafeInteger),
    /// A text; a recorded one has at most 2,000 characters.
    Text(T),
}

impl<T> Scalar<T> {
    /// The same with its text borrowed.
    pub(crate) fn as_deref<'a>(&'a self, text: fn(&'a T) -> &'a str) -> Scalar<&'a str> {
        match self {
            Self::Flag(flag) => Scalar::Flag(*flag),
            Self::Number(number) => Scalar::Number(*number),
            Self::Text(it) => Scalar::Text(text(it)),
        }
    }
}

impl TryFrom<Value> for Scalar {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        Self::read(value, "true, false, a whole number within ±(2⁵³−1) or a text")
    }
}

impl Scalar {
    fn read(value: Value, expected: &str) -> Result<Self, Invalid> {
        let whole = value.as_i64().and_then(|number| SafeInteger::try_from(number).ok());
        match (whole, value) {
            (Some(number), _) => Ok(Self::Number(number)),
            (None, Value::Bool(flag)) => Ok(Self::Flag(flag)),
            (None, Value::String(text)) => Text::try_from(text).map(Self::Text),
            (None, other) => Err(Invalid::instead_of(expected, &other)),
        }
    }
}

/// The value of a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "wasm", tsify(type = "boolean | number | string | (boolean | number | string)[]"))]
#[serde(untagged, try_from = "Value")]
pub enum PropertyValue {
    /// A single one.
    One(Scalar),
    /// At most 64.
    List(AtMost<{ limits::PROPERTIES }, Scalar>),
}

impl TryFrom<Value> for PropertyValue {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        let Value::Array(items) = value else {
            let expected = "true, false, a whole number within ±(2⁵³−1), a text or a list of these";
            return Scalar::read(value, expected).map(Self::One);
        };
        let items = items.into_iter().enumerate().map(|(index, item)| {
            Scalar::try_from(item).map_err(|invalid| invalid.inside(&format!("[{index}]")))
        });
        AtMost::try_from(items.collect::<Result<Vec<_>, _>>()?).map(Self::List)
    }
}

/// A whole number that JSON carries exactly everywhere: within ±(2⁵³−1) (RFC 8785 §3.2.2.3, RFC 7493 §2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "i64")]
pub struct SafeInteger(i64);

impl SafeInteger {
    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for SafeInteger {
    type Error = Invalid;

    fn try_from(number: i64) -> Result<Self, Invalid> {
        const LIMIT: i64 = 9_007_199_254_740_991;
        if (-LIMIT..=LIMIT).contains(&number) {
            return Ok(Self(number));
        }
        Err(Invalid::new(InvalidKind::InvalidInput, format!("`{number}` is not within ±(2⁵³−1)")))
    }
}
