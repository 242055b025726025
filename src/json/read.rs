use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment, Track};

use super::reader::Reader;
use super::strict::Json;
use crate::limits;
use crate::refusal::Refusal;
use crate::values::{Invalid, InvalidKind, shown};

/// Reads what comes whole from outside, at most 1 MiB of JSON text.
///
/// # Errors
/// `limit_exceeded`, `invalid_input`, or the code of the value that was not accepted.
pub fn read_input<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    read_value(&parse_input(json)?)
}

/// The same without a type.
///
/// # Errors
/// `limit_exceeded`, `invalid_input`.
pub fn parse_input(json: &str) -> Result<Value, Refusal> {
    if json.len() > limits::COMMAND_BYTES {
        let problem =
            format!("the input has {} bytes; at most {} are allowed", json.len(), limits::COMMAND_BYTES);
        return Err(Invalid::new(InvalidKind::LimitExceeded, problem).into());
    }
    parse_json(json)
}

/// Reads anything from JSON text, with typed faults that name the place.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_json<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    read_value(&parse_json(json)?)
}

/// Reads anything from JSON.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    read_part(value).map_err(Refusal::from)
}

/// Reads what is a part of another value, for whoever says where it stands there.
pub(crate) fn read_part<T: DeserializeOwned>(value: &Value) -> Result<T, Invalid> {
    let mut track = Track::new();
    let read = T::deserialize(serde_path_to_error::Deserializer::new(Reader(value), &mut track));
    read.map_err(|error| invalid(&error.to_string()).inside(&place(&track.path())))
}

/// The same without a type: the JSON as it is. An object with a name twice is not JSON.
///
/// # Errors
/// `invalid_input`.
pub fn parse_json(json: &str) -> Result<Value, Refusal> {
    let Json(value) = serde_json::from_str(json).map_err(|error| {
        Refusal::from(Invalid::new(InvalidKind::InvalidInput, format!("this is not JSON: {error}")))
    })?;
    Ok(value)
}

/// What serde says of a value, which is a fault of ours or one of its shape.
fn invalid(text: &str) -> Invalid {
    if let Some(invalid) = Invalid::from_serde(text) {
        return invalid;
    }
    match text.strip_prefix("missing field ") {
        Some(name) => Invalid::new(InvalidKind::InvalidInput, "it is missing").inside(name.trim_matches('`')),
        None => Invalid::new(InvalidKind::InvalidInput, in_words(text)),
    }
}

/// The way to a value: `steps[0].quorums[1].required`; empty to the whole.
fn place(path: &Path) -> String {
    let is_known = |segment: &Segment| !matches!(segment, Segment::Unknown);
    let mut place = String::new();
    for segment in path.iter().take_while(|segment| is_known(segment)) {
        if !matches!(segment, Segment::Seq { .. }) && !place.is_empty() {
            place.push('.');
        }
        place.push_str(&segment.to_string());
    }
    place
}

fn in_words(text: &str) -> String {
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, expected)) =
            text.strip_prefix(prefix).and_then(|rest| rest.rsplit_once(", expected "))
        {
            return format!("give {}, not {}", expected_in_words(expected), found_in_words(found));
        }
    }
    if let Some((name, known)) =
        text.strip_prefix("unknown variant `").and_then(|rest| rest.split_once("`, expected "))
    {
        return format!("`{}` is not known: give {}", shown(name), known.trim_start_matches("one of "));
    }
    if let Some((name, known)) =
        text.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, expected "))
    {
        return format!("there is no field `{}`: give {}", shown(name), known.trim_start_matches("one of "));
    }
    text.to_owned()
}

fn expected_in_words(expected: &str) -> &str {
    match expected {
        "a string" | "string" => "a text",
        "a sequence" => "a list",
        "a map" => "an object",
        "a boolean" => "true or false",
        "i64" => "a whole number",
        "u32" | "u64" => "a whole number that is not negative",
        "string or map" => "a name, or an object with one name",
        _ if expected.starts_with("struct ") || expected.contains(" enum ") => "an object",
        _ if expected.starts_with("enum ") => "a name, or an object with one name",
        _ => expected,
    }
}

fn found_in_words(found: &str) -> String {
    let quoted = |prefix: &str| found.strip_prefix(prefix).map(|value| value.trim_matches('`'));
    match found {
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "unit value" | "null" => "null".to_owned(),
        _ => {
            let number = quoted("integer ").or_else(|| quoted("floating point "));
            if let Some(value) = number.or_else(|| quoted("boolean ")) {
                return format!("`{value}`");
            }
            match found.strip_prefix("string \"") {
                Some(text) => format!("the text `{}`", shown(text.trim_end_matches('"'))),
                None => found.to_owned(),
            }
        }
    }
}
