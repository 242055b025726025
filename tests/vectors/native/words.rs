//! Messages are in a caller's words, never in those of Rust and serde.
#![allow(dead_code, reason = "each test reads its part")]

use serde_json::Value;

/// What a caller of the engine has never heard of.
const FOREIGN: [&str; 26] = [
    "bool",
    "boolean",
    "char",
    "deserialize",
    "eof",
    "enum",
    "f64",
    "floating",
    "hex",
    "i64",
    "identifier",
    "integer",
    "iterator",
    "map",
    "newtype",
    "serde",
    "string",
    "struct",
    "tuple",
    "u32",
    "u64",
    "unit",
    "untagged",
    "usize",
    "variant",
    "vec",
];

/// The words of a message that are not a caller's. What stands in backticks is quoted.
pub(crate) fn foreign(message: &str) -> Vec<String> {
    let spoken = message.split('`').step_by(2);
    let words = spoken.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    words
        .filter(|word| FOREIGN.contains(&word.to_ascii_lowercase().as_str()))
        .map(|word| format!("the message speaks of `{word}`: {message}"))
        .collect()
}

/// The same of every message in an answer.
pub(crate) fn foreign_inside(answer: &Value) -> Vec<String> {
    match answer {
        Value::Array(items) => items.iter().flat_map(foreign_inside).collect(),
        Value::Object(fields) => {
            let message = fields.get("message").and_then(Value::as_str).map(foreign).unwrap_or_default();
            message.into_iter().chain(fields.values().flat_map(foreign_inside)).collect()
        }
        _ => Vec::new(),
    }
}
