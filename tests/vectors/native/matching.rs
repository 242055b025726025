//! Whether an answer has everything that a vector expects.

use serde_json::Value;

/// What is missing or different, with its place; nothing where all is as expected.
///
/// Objects are compared by the expected keys only, lists item by item.
pub(crate) fn differences(expected: &Value, actual: &Value, place: &str) -> Vec<String> {
    if let Some(found) = special(expected, actual, place) {
        return found;
    }
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => expected
            .iter()
            .flat_map(|(key, expected)| match actual.get(key) {
                None if is_absence(expected) => Vec::new(),
                None => vec![format!("{place}.{key} is missing")],
                Some(actual) => differences(expected, actual, &format!("{place}.{key}")),
            })
            .collect(),
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
            let pairs = expected.iter().zip(actual).enumerate();
            pairs
                .flat_map(|(at, (expected, actual))| differences(expected, actual, &format!("{place}[{at}]")))
                .collect()
        }
        _ if expected == actual => Vec::new(),
        _ => vec![format!("{place} is {actual}, not {expected}")],
    }
}

fn is_absence(expected: &Value) -> bool {
    expected.get("$absent") == Some(&Value::Bool(true))
}

fn special(expected: &Value, actual: &Value, place: &str) -> Option<Vec<String>> {
    let fields = expected.as_object()?;
    let (word, argument) = fields.iter().next().filter(|(word, _)| word.starts_with('$'))?;
    let items = || actual.as_array().cloned().unwrap_or_default();
    let has = |wanted: &Value| items().iter().any(|item| differences(wanted, item, "").is_empty());
    let is_met = match word.as_str() {
        "$absent" => false,
        "$present" => true,
        "$length" => {
            actual.as_array().map(Vec::len) == argument.as_u64().and_then(|count| count.try_into().ok())
        }
        "$text" => actual.as_str().zip(argument.as_str()).is_some_and(|(text, part)| text.contains(part)),
        "$noText" => actual.as_str().zip(argument.as_str()).is_some_and(|(text, part)| !text.contains(part)),
        "$has" => argument.as_array().expect("`$has` takes a list").iter().all(has),
        "$hasNot" => {
            actual.is_array() && !argument.as_array().expect("`$hasNot` takes a list").iter().any(has)
        }
        "$not" => actual != argument,
        _ => panic!("`{word}` is no matcher"),
    };
    Some(if is_met { Vec::new() } else { vec![format!("{place} is {actual}, not {expected}")] })
}
