//! Values on their way across. What comes in crosses as JSON text, because serde-wasm-bindgen would take unknown fields
//! and inherited properties in silence; what goes out is carried by serde-wasm-bindgen.

use js_sys::{JSON, JsString, Number, Object};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::json::read_argument;
use crate::refusal::{Refusal, Refused};
use crate::values::{Invalid, InvalidKind, Timestamp};

/// What [`MergePatch`](crate::commands::MergePatch) is to TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const MERGE_PATCH: &str = "
/** Changes of a value (RFC 7396): what is left out stays, at every depth; `null` takes an optional part away. */
export type MergePatch<T> = { [K in keyof T]?: MergePart<NonNullable<T[K]>> | (undefined extends T[K] ? null : never) };
/** What a part is changed to: texts, numbers, lists and conditions are replaced whole, of all else only what is given. */
export type MergePart<T> = T extends string | number | boolean | readonly unknown[] | Condition | RequesterCondition | DurationUnits ? T : MergePatch<T>;
";

/// What stands in a [`Condition`](crate::conditions::Condition) in place of a value.
#[wasm_bindgen(typescript_custom_section)]
const ATTRIBUTE_REFERENCE: &str = "
/** Another attribute as an operand: `{ $ref: \"subject.id\" }`. */
export interface AttributeReference {
    /** Which attribute: one that may be read where the condition stands. */
    $ref: string;
}
";

/// What [`Stateless`](crate::questions::Stateless) is to TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const STATELESS: &str = "
/** The state of what has none. */
export type Stateless = never;
";

/// What [`Snapshot`](crate::engine::Snapshot) is to TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const SNAPSHOT: &str = "
/** The working state after a commit, to be kept beside the record. */
export interface Snapshot {
    /** The version of that commit. */
    version: number;
    /** Its hash. */
    hash: string;
    /** SHA-256 over the state, in lower-case hex. */
    digest: string;
    /** The state: JSON in UTF-8. Like a commit it has texts that can be erased. */
    data: Uint8Array;
}
";

/// How a [length of time](crate::values::duration) is stated in TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const DURATION: &str = "
/**
 * A length of time in whole seconds: ISO 8601 without years and months such as `PT1H30M`, or units such as
 * `{ hours: 1, minutes: 30 }`. A `Temporal.Duration` fits; a bare number has no unit and is refused.
 */
export type Duration = string | DurationUnits;

/** A length of time in units: whole numbers, which are added up. */
export interface DurationUnits {
  /** Of seven days. */
  weeks?: number;
  /** Of 24 hours. */
  days?: number;
  /** Of 60 minutes. */
  hours?: number;
  /** Of 60 seconds. */
  minutes?: number;
  /** Whole ones. */
  seconds?: number;
}
";

/// Reads the argument of that name from JSON text; what is refused is thrown.
pub(super) fn read<T: DeserializeOwned>(name: &str, json: &str) -> Result<T, JsValue> {
    read_argument(name, json).map_err(thrown)
}

/// A value as a new JavaScript object that nobody else holds.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}

/// A JavaScript value as JSON text; none where it has no such form. What its getters throw is thrown.
pub(super) fn to_json(value: &JsValue) -> Result<Option<String>, JsValue> {
    JSON::stringify(value).map(|text: JsString| JsValue::from(text).as_string())
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
    // As JavaScript writes it.
    let written = String::from(Object::to_js_string(&Number::from(millis)));
    let problem =
        format!("`{written}` is not a point in time: give whole milliseconds since 1970 within ±8.64e15");
    Err(Invalid::new(InvalidKind::InvalidTime, problem))
}
