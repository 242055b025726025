use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::invalid::{Invalid, InvalidKind};
use super::property::{SafeInteger, Scalar};
use crate::limits;

/// What a question says: the `properties` of a resource or an action, or its `context` (AuthZEN §5). Any JSON, by name;
/// at most 16 levels deep, and 32,768 bytes of names and texts, each value counting as one more (`limit_exceeded`).
///
/// Kept of it is what conditions read. So two that differ in what they cannot read are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "wasm", tsify(type = "Record<string, unknown>"))]
#[serde(try_from = "Map<String, Value>")]
pub struct Attributes(BTreeMap<String, AttributeValue>);

/// One of the values that a question brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AttributeValue {
    /// There, and nothing that conditions read: `null`, a fraction, an object, a list with one of these in it.
    Unreadable,
    /// A single one.
    One(Scalar<String>),
    /// A list.
    List(Vec<Scalar<String>>),
}

impl Attributes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one of that name.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.0.get(name)
    }
}

impl TryFrom<Map<String, Value>> for Attributes {
    type Error = Invalid;

    fn try_from(fields: Map<String, Value>) -> Result<Self, Invalid> {
        if weight_of_fields(&fields, limits::ATTRIBUTE_LEVELS)? > limits::ATTRIBUTE_BYTES {
            return Err(too_large(format!(
                "bytes of names, texts and values than {}",
                limits::ATTRIBUTE_BYTES
            )));
        }
        Ok(Self(fields.into_iter().map(|(name, value)| (name, AttributeValue::from(value))).collect()))
    }
}

/// The bytes of names and texts, and one for each value; `levels` is how many objects and lists may still be inside.
fn weight_of_fields(fields: &Map<String, Value>, levels: usize) -> Result<usize, Invalid> {
    fields.iter().try_fold(0_usize, |sum, (name, value)| {
        Ok(sum.saturating_add(name.len()).saturating_add(weight(value, levels)?))
    })
}

fn weight(value: &Value, levels: usize) -> Result<usize, Invalid> {
    let below = || {
        let left = levels.checked_sub(1).filter(|left| *left > 0);
        left.ok_or_else(|| too_large(format!("levels than {}", limits::ATTRIBUTE_LEVELS)))
    };
    let inside = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(items) => {
            let below = below()?;
            items.iter().try_fold(0_usize, |sum, item| Ok(sum.saturating_add(weight(item, below)?)))?
        }
        Value::Object(fields) => weight_of_fields(fields, below()?)?,
    };
    Ok(inside.saturating_add(1))
}

fn too_large(what: String) -> Invalid {
    Invalid::new(InvalidKind::LimitExceeded, format!("this has more {what}: give what conditions read"))
}

impl From<Value> for AttributeValue {
    fn from(value: Value) -> Self {
        let read = match value {
            Value::Array(items) => items.into_iter().map(scalar).collect::<Option<_>>().map(Self::List),
            value => scalar(value).map(Self::One),
        };
        read.unwrap_or(Self::Unreadable)
    }
}

fn scalar(value: Value) -> Option<Scalar<String>> {
    match value {
        Value::Bool(flag) => Some(Scalar::Flag(flag)),
        Value::Number(number) => whole(&number).map(Scalar::Number),
        Value::String(text) => Some(Scalar::Text(text)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A number without a fraction, however it is written: JavaScript writes `1.0` as `1`.
#[allow(clippy::cast_possible_truncation, reason = "without a fraction, and checked to be within ±(2⁵³−1)")]
fn whole(number: &Number) -> Option<SafeInteger> {
    let float = || number.as_f64().filter(|float| float.fract() == 0.0).map(|float| float as i64);
    SafeInteger::try_from(number.as_i64().or_else(float)?).ok()
}
