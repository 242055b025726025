use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::invalid::{Invalid, InvalidKind, shown};
use super::seconds::Seconds;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, within ±8.64e15 as in ECMAScript.
///
/// On the way in RFC 3339 text is read too; on the way out it is always the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "NumberOrText")]
pub struct Timestamp(#[cfg_attr(feature = "wasm", tsify(type = "number"))] i64);

impl Timestamp {
    const LIMIT: i64 = 8_640_000_000_000_000;

    /// The time this many milliseconds after the epoch.
    ///
    /// # Errors
    /// `invalid_time` outside ±8.64e15.
    pub fn from_millis(millis: i64) -> Result<Self, Invalid> {
        if (-Self::LIMIT..=Self::LIMIT).contains(&millis) {
            return Ok(Self(millis));
        }
        let problem =
            format!("`{millis}` is not a point in time: give milliseconds since 1970 within ±8.64e15");
        Err(Invalid::new(InvalidKind::InvalidTime, problem))
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The time that much later, at most the last one there is.
    #[must_use]
    pub fn plus(self, length: Seconds) -> Self {
        Self(self.0.saturating_add(length.as_millis()).min(Self::LIMIT))
    }

    /// The time that much earlier, at least the first one there is.
    #[must_use]
    pub fn minus(self, length: Seconds) -> Self {
        Self(self.0.saturating_sub(length.as_millis()).max(-Self::LIMIT))
    }

    /// The first midnight in UTC that is not earlier.
    #[must_use]
    pub(crate) fn next_midnight(self) -> Self {
        const DAY: i64 = 86_400_000;
        Self(self.0.saturating_add(DAY - 1).div_euclid(DAY).saturating_mul(DAY))
    }

    /// RFC 3339 in UTC, to the second; years beyond those of RFC 3339 show as milliseconds.
    pub fn to_rfc3339(self) -> String {
        DateTime::from_timestamp_millis(self.0)
            .map_or_else(|| self.0.to_string(), |time| time.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl TryFrom<NumberOrText> for Timestamp {
    type Error = Invalid;

    fn try_from(input: NumberOrText) -> Result<Self, Invalid> {
        match input {
            NumberOrText::Number(millis) => Self::from_millis(millis),
            NumberOrText::Text(text) => match DateTime::parse_from_rfc3339(&text) {
                Ok(time) => Self::from_millis(time.timestamp_millis()),
                Err(_) => Err(Invalid::new(InvalidKind::InvalidTime, no_time(&text))),
            },
        }
    }
}

/// Why a text is no point in time.
fn no_time(text: &str) -> String {
    let shown = shown(text);
    if DateTime::parse_from_rfc3339(&format!("{text}Z")).is_ok() {
        return format!("`{shown}` lacks its offset from UTC: add one, such as `Z` or `+02:00`");
    }
    format!("`{shown}` is not a point in time: give RFC 3339 text with its offset, or milliseconds")
}

#[derive(Deserialize)]
#[serde(try_from = "Value")]
enum NumberOrText {
    Number(i64),
    Text(String),
}

impl TryFrom<Value> for NumberOrText {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        match (value.as_i64(), value) {
            (Some(number), _) => Ok(Self::Number(number)),
            (None, Value::String(text)) => Ok(Self::Text(text)),
            (None, other) => Err(Invalid::instead_of("a whole number or a text", &other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_midnight_is_its_own_next() {
        let next = |millis| Timestamp(millis).next_midnight().millis();
        assert_eq!([0, 1, 86_400_000, -1].map(next), [0, 86_400_000, 86_400_000, 0]);
        assert_eq!(next(Timestamp::LIMIT), Timestamp::LIMIT);
    }

    #[test]
    fn times_are_finite_integers_or_rfc_3339() {
        let time = |json| serde_json::from_str::<Timestamp>(json).ok().map(Timestamp::millis);
        assert_eq!(time("8640000000000000"), Some(8_640_000_000_000_000));
        assert_eq!(time(r#""2026-11-23T00:00:00Z""#), Some(1_795_392_000_000));
        for json in ["8640000000000001", "1.5", "1e400", r#""yesterday""#, "null"] {
            assert_eq!(time(json), None, "{json}");
        }
    }
}
