use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::json::{parse_json, read_part, to_canonical};
use crate::values::Invalid;

/// Changes of a value, as a JSON merge patch (RFC 7396): what is left out stays, at every depth; `null` takes an optional
/// part away, or back to its default. A list and a condition are replaced whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MergePatch<T> {
    changes: Map<String, Value>,
    #[serde(skip)]
    of: PhantomData<T>,
}

/// What a merge patch changes.
pub trait Patchable: Serialize + DeserializeOwned {
    /// A value of it as JSON, with every part that has parts: what fits is known by patching this.
    const EXAMPLE: &str;
}

impl<T: Patchable> MergePatch<T> {
    /// Changes in the form of the value, each of which it can have. What says the same is the same patch.
    ///
    /// # Errors
    /// `invalid_input`, or the code of the part that was not accepted, with its place.
    pub fn new(changes: Map<String, Value>) -> Result<Self, Invalid> {
        let mut patch = Self { changes, of: PhantomData };
        let read = to_canonical(&patch.read_onto(T::EXAMPLE)?).unwrap_or_default();
        if let Value::Object(read) = parse_json(&read).unwrap_or_default() {
            restate(&mut patch.changes, &read);
        }
        Ok(patch)
    }

    /// The value with these changes.
    ///
    /// # Errors
    /// `invalid_input` where a part that the value has not got is given in parts only.
    pub(super) fn apply(&self, value: &T) -> Result<T, Invalid> {
        self.read_onto(&to_canonical(value).unwrap_or_default())
    }

    /// Whether they say something of a part, or take away what it is a part of.
    pub(super) fn states(&self, part: &[&str]) -> bool {
        let mut changes = &self.changes;
        for name in part {
            match changes.get(*name) {
                Some(Value::Object(parts)) if *name != CONDITION => changes = parts,
                change => return change.is_some(),
            }
        }
        true
    }

    fn read_onto(&self, value: &str) -> Result<T, Invalid> {
        let mut value = parse_json(value).unwrap_or_default();
        merge(&mut value, &self.changes);
        read_part(&value)
    }
}

impl<'de, T: Patchable> Deserialize<'de> for MergePatch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Map::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The part that is replaced whole although it is an object.
const CONDITION: &str = "condition";

/// RFC 7396, but for a `null`, which stands until the value is read: so it must be for a part that there is.
fn merge(value: &mut Value, changes: &Map<String, Value>) {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    let Some(parts) = value.as_object_mut() else { return };
    for (name, change) in changes {
        match change {
            Value::Object(changes) if name != CONDITION => {
                merge(parts.entry(name.as_str()).or_insert(Value::Null), changes);
            }
            _ => drop(parts.insert(name.clone(), change.clone())),
        }
    }
}

/// Writes changes as the value that they were read into has them: `{ hours: 1 }` as `PT1H`.
fn restate(changes: &mut Map<String, Value>, read: &Map<String, Value>) {
    for (name, change) in changes {
        match (change, read.get(name)) {
            (Value::Null, _) | (_, None) => {}
            (Value::Object(changes), Some(Value::Object(read))) if name != CONDITION => {
                restate(changes, read)
            }
            (change, Some(read)) => change.clone_from(read),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Appendix A of RFC 7396, as far as a patch is an object.
    #[test]
    fn merges_as_the_rfc_says() {
        for (mut value, patch, merged) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            merge(&mut value, patch.as_object().unwrap());
            assert_eq!(without_nulls(value), without_nulls(merged), "{patch}");
        }
    }

    fn without_nulls(value: Value) -> Value {
        let Value::Object(parts) = value else { return value };
        let left = parts.into_iter().filter(|(_, part)| !part.is_null());
        left.map(|(name, part)| (name, without_nulls(part))).collect()
    }

    #[test]
    fn a_condition_is_replaced_whole() {
        let mut value = json!({"condition": {"subject.id": {"$eq": "ann"}}});
        let patch = json!({"condition": {"subject.type": {"$eq": "user"}}});
        merge(&mut value, patch.as_object().unwrap());
        assert_eq!(value, patch);
    }
}
