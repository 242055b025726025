use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::fault::{Fault, Segment};
use super::reader::Reader;
use super::strict::parse_strictly;
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
    read_argument("", json)
}

/// The same of an argument of that name, with which the places begin.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_argument<T: DeserializeOwned>(name: &str, json: &str) -> Result<T, Refusal> {
    let read = parse(json).and_then(|value| read_part(&value));
    read.map_err(|invalid| invalid.inside(name).into())
}

/// Reads anything from JSON.
///
/// # Errors
/// `invalid_input`, or the code of the value that was not accepted.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    read_part(value).map_err(Refusal::from)
}

/// Reads a field beside flattened ones, where serde knows no names: one that is `null` is left out, as elsewhere.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads what is a part of another value, for whoever says where it stands there.
pub(crate) fn read_part<T: DeserializeOwned>(value: &Value) -> Result<T, Invalid> {
    let read = |value: &Value| T::deserialize(Reader(value));
    read(value).map_err(|fault| refusal_of(value, &fault, &|value| read(value).err()))
}

fn refusal_of(value: &Value, fault: &Fault, refuse: Refuse<'_>) -> Invalid {
    let (text, way) = fault.parts();
    match text.strip_prefix("missing field ") {
        Some(name) => missing(value, way, name.trim_matches('`'), refuse),
        None => invalid(text).inside(&place(way)),
    }
}

/// How a value is refused, if it is.
type Refuse<'a> = &'a dyn Fn(&Value) -> Option<Fault>;

fn missing(value: &Value, way: &[Segment], name: &str, refuse: Refuse<'_>) -> Invalid {
    let whole =
        |problem: String| Invalid::new(InvalidKind::InvalidInput, problem).inside(name).inside(&place(way));
    let is_null = part(&mut value.clone(), way).is_some_and(|object| object.get(name).is_some());
    match expected(value, way, name, refuse) {
        Some(expected) if is_null => whole(format!("give {expected}, not null")),
        Some(expected) => whole(format!("it is missing: give {expected}")),
        None => whole("it is missing".to_owned()),
    }
}

/// What belongs into a field, as is said of what does not fit there.
fn expected(value: &Value, way: &[Segment], name: &str, refuse: Refuse<'_>) -> Option<String> {
    let misfits = [Value::Bool(true), Value::String(String::new())];
    misfits.into_iter().find_map(|misfit| {
        let mut filled = value.clone();
        part(&mut filled, way)?.as_object_mut()?.insert(name.to_owned(), misfit);
        let fault = refuse(&filled)?;
        let (text, at) = fault.parts();
        let said = invalid(text).inside(&place(at));
        let is_there = said.place == Invalid::new(said.kind, "").inside(name).inside(&place(way)).place;
        let (expected, _) = said.problem.strip_prefix("give ")?.rsplit_once(", not ")?;
        is_there.then(|| expected.to_owned())
    })
}

fn part<'a>(value: &'a mut Value, way: &[Segment]) -> Option<&'a mut Value> {
    way.iter().try_fold(value, |value, segment| match segment {
        Segment::Index(index) => value.get_mut(index),
        Segment::Name(name) => value.get_mut(name),
    })
}

/// The same without a type: the JSON as it is. An object with a name twice is not JSON.
///
/// # Errors
/// `invalid_input`; `invalid_text` where a text has half of a surrogate pair.
pub fn parse_json(json: &str) -> Result<Value, Refusal> {
    parse(json).map_err(Refusal::from)
}

fn parse(json: &str) -> Result<Value, Invalid> {
    parse_strictly(json).map_err(|(error, way)| {
        let is_half = error.is_syntax() && error.to_string().contains("hex escape");
        let (kind, problem) = if is_half {
            let problem = "a text has half of a surrogate pair: give whole characters";
            (InvalidKind::InvalidText, problem.to_owned())
        } else {
            (InvalidKind::InvalidInput, format!("this is not JSON: {error}"))
        };
        Invalid::new(kind, problem).inside(&place(&way))
    })
}

/// What serde says of a value, which is a fault of ours or one of its shape.
fn invalid(text: &str) -> Invalid {
    if let Some(invalid) = Invalid::from_serde(text) {
        return invalid;
    }
    match in_words(text) {
        Some(problem) => Invalid::new(InvalidKind::UnknownName, problem),
        None => Invalid::new(InvalidKind::InvalidInput, text),
    }
}

/// The way to a value: `steps[0].quorums[1].required`; empty to the whole.
fn place(way: &[Segment]) -> String {
    let mut place = String::new();
    for segment in way {
        match segment {
            Segment::Index(index) => place.push_str(&format!("[{index}]")),
            Segment::Name(name) if place.is_empty() => place.push_str(name),
            Segment::Name(name) => place.extend([".", name]),
        }
    }
    place
}

/// What serde says of a field that it does not know; all else our reader and our types say.
fn in_words(text: &str) -> Option<String> {
    let (name, known) = text.strip_prefix("unknown field `")?.split_once("`, expected ")?;
    Some(format!("there is no field `{}`: give {}", shown(name), known.trim_start_matches("one of ")))
}
