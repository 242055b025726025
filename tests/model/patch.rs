//! Changes of policies and permissions (`policy.merge`).

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::state::Code;

/// The terms as a command leaves them that says, beside fields of its own, what is otherwise: part by part, but a
/// condition whole. What comes out may have lost what it needs.
pub(crate) fn changed<T: Serialize + DeserializeOwned>(
    before: &T,
    command: &impl Serialize,
    own: &[&str],
) -> Result<T, Code> {
    fn change(part: &mut Value, by: Value) {
        let (Value::Object(parts), Value::Object(changes)) = (&mut *part, &by) else {
            *part = by;
            return;
        };
        for (name, by) in changes.clone() {
            match by {
                Value::Null => drop(parts.remove(&name)),
                Value::Object(_) if name != "condition" => change(parts.entry(name).or_insert(json!({})), by),
                by => drop(parts.insert(name, by)),
            }
        }
    }
    let mut changes = serde_json::to_value(command).unwrap();
    changes.as_object_mut().unwrap().retain(|name, _| !own.contains(&name.as_str()));
    let mut after = serde_json::to_value(before).unwrap();
    change(&mut after, changes);
    serde_json::from_value(after).map_err(|_| "invalid_input")
}

/// Whether a command states a part, or takes away what it is a part of.
pub(crate) fn states(command: &impl Serialize, path: &[&str]) -> bool {
    let mut part = serde_json::to_value(command).unwrap();
    for name in path {
        match part.get(name) {
            None => return false,
            Some(Value::Null) => return true,
            Some(inner) => part = inner.clone(),
        }
    }
    true
}
