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
        Self::try_from(named_values(deserializer)?).map_err(D::Error::custom)
    }
}

/// Reads values by name, none of which a JavaScript object cannot hold safely.
pub(crate) fn named_values<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, PropertyValue>, D::Error> {
    deserializer.deserialize_map(NamedValues)
}

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

/// The value of a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(untagged, try_from = "Value")]
pub enum PropertyValue {
    /// True or false.
    Flag(bool),
    /// A whole number within ±(2⁵³−1).
    Number(SafeInteger),
    /// A text of at most 2,000 characters.
    Text(Text),
    /// At most 64 texts.
    List(#[cfg_attr(feature = "wasm", tsify(type = "string[]"))] AtMost<{ limits::PROPERTIES }, Text>),
}

impl TryFrom<Value> for PropertyValue {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        let whole = value.as_i64().and_then(|number| SafeInteger::try_from(number).ok());
        match (whole, value) {
            (Some(number), _) => Ok(Self::Number(number)),
            (None, Value::Bool(flag)) => Ok(Self::Flag(flag)),
            (None, Value::String(text)) => Text::try_from(text).map(Self::Text),
            (None, Value::Array(items)) => {
                let texts = items
                    .into_iter()
                    .enumerate()
                    .map(|(index, item)| text(item).map_err(|invalid| invalid.inside(&format!("[{index}]"))));
                AtMost::try_from(texts.collect::<Result<Vec<_>, _>>()?).map(Self::List)
            }
            (None, other) => Err(Invalid::instead_of(
                "true, false, a whole number within ±(2⁵³−1), a text or a list of texts",
                &other,
            )),
        }
    }
}

fn text(value: Value) -> Result<Text, Invalid> {
    match value {
        Value::String(text) => Text::try_from(text),
        other => Err(Invalid::instead_of("a text", &other)),
    }
}

/// A whole number that JSON carries exactly everywhere: within ±(2⁵³−1) (RFC 8785 §3.2.2.3, RFC 7493 §2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
