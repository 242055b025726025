//! Whether a condition holds, read from its text as docs/conditions.md has it.

use serde_json::{Map, Value};

use super::patterns::is_path;

pub(super) fn holds(condition: &Value, read: &Map<String, Value>) -> bool {
    comes_out(condition, read, true)
}

/// Whether a condition comes out so. What is missing makes a comparison come out neither way, so a negation is not the
/// opposite of what it negates: it is pushed inwards.
fn comes_out(condition: &Value, read: &Map<String, Value>, wanted: bool) -> bool {
    let mut parts = condition.as_object().unwrap().iter().map(|(key, value)| match (key.as_str(), value) {
        ("$not", inner) => comes_out(inner, read, !wanted),
        ("$and", Value::Array(all)) => every(all.iter().map(|one| comes_out(one, read, wanted)), wanted),
        ("$or", Value::Array(any)) => every(any.iter().map(|one| comes_out(one, read, wanted)), !wanted),
        (attribute, Value::Object(operators)) => {
            let compared = operators
                .iter()
                .map(|(operator, operand)| compare(operator, operand, attribute, read) == Some(wanted));
            every(compared, wanted)
        }
        (attribute, operand) => compare("$eq", operand, attribute, read) == Some(wanted),
    });
    every(&mut parts, wanted)
}

/// Whether all of them come out, or one does: not all is one that is not.
fn every(mut parts: impl Iterator<Item = bool>, all: bool) -> bool {
    if all { parts.all(|part| part) } else { parts.any(|part| part) }
}

/// What a comparison says; nothing where there is nothing to compare.
fn compare(operator: &str, operand: &Value, attribute: &str, read: &Map<String, Value>) -> Option<bool> {
    let attribute = match attribute {
        "secretPath" => "resource.path",
        "environment" => "resource.environment",
        attribute => attribute,
    };
    let value = read.get(attribute);
    if operator == "$exists" {
        return Some(Value::Bool(value.is_some()) == *operand);
    }
    let values = value?.as_array().cloned().unwrap_or_else(|| vec![value.unwrap().clone()]);
    Some(match operator {
        "$eq" => values.contains(operand),
        "$ne" => !values.contains(operand),
        "$in" => values.iter().any(|value| operand.as_array().unwrap().contains(value)),
        "$nin" => !values.iter().any(|value| operand.as_array().unwrap().contains(value)),
        "$gte" => {
            let mut numbers = values.iter().filter_map(Value::as_i64).peekable();
            numbers.peek()?;
            numbers.any(|number| number >= operand.as_i64().unwrap())
        }
        "$glob" => values.iter().any(|value| is_path(operand.as_str().unwrap(), value.as_str().unwrap())),
        operator => panic!("no story has a condition with {operator}"),
    })
}
