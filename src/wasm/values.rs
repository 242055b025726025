//! Values on their way across. Objects cross as JSON text, in both directions.
//!
//! serde-wasm-bindgen would take unknown fields and inherited properties in silence on the way in. On the way out it
//! would assign each entry of a map as a property, which loses the one named `__proto__`; and it is slower: in Node 20
//! a decision takes 6 µs either way, a page of 50 requests 310 µs as text and 490 by serde-wasm-bindgen, one of 200
//! entries of history 550 and 780. It would add 5 KB to the WASM after brotli.

use js_sys::{JSON, Number, Object};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::model::{Invalid, InvalidKind, Refusal, Refused, Timestamp, read_json, write_json};

/// Reads a value from JSON text; what is refused is thrown.
pub(super) fn read<T: DeserializeOwned>(json: &str) -> Result<T, JsValue> {
    read_json(json).map_err(thrown)
}

/// A value as a new JavaScript object that nobody else holds.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    parsed(write_json(value))
}

/// Compiled once, and not for every type that is written.
#[inline(never)]
fn parsed(json: Option<String>) -> Result<JsValue, JsValue> {
    JSON::parse(&json.ok_or_else(|| JsError::new("the answer has no JSON form"))?)
}

/// A refusal as it is thrown: a plain object, of which the package makes an `AccessError`.
pub(super) fn thrown(refusal: Refusal) -> JsValue {
    to_js(&Refused::from(refusal)).unwrap_or_else(|error| error)
}

/// A count or version, as JavaScript has numbers. Exact: nothing here counts beyond 2⁵³.
#[allow(clippy::cast_precision_loss, reason = "versions stay within ±(2⁵³−1)")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}

/// A point in time from milliseconds: a whole number that ECMAScript accepts as one.
#[allow(clippy::cast_possible_truncation, reason = "a whole number within ±8.64e15 fits")]
pub(super) fn timestamp(millis: f64) -> Result<Timestamp, Invalid> {
    if millis.fract() == 0.0 && millis.abs() <= 8.64e15 {
        return Timestamp::from_millis(millis as i64);
    }
    // As JavaScript writes it: Rust's own way of printing fractions weighs 11 KB.
    let written = String::from(Object::to_js_string(&Number::from(millis)));
    let problem =
        format!("`{written}` is no point in time: give whole milliseconds since 1970 within ±8.64e15");
    Err(Invalid::new(InvalidKind::InvalidTime, problem))
}
