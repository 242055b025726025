//! How a length of time is stated, and written so that it can be stated again: for serde's `with`.

use std::fmt::Write as _;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::{Map, Value};

use super::invalid::{Invalid, InvalidKind, shown};
use super::seconds::Seconds;
use crate::limits;

const FORMS: &str = "ISO 8601 without years and months such as `PT1H`, or units such as `{ hours: 1 }`";

/// The units of a date and of a time of day: the name, the designator of ISO 8601, the seconds.
const DAYS: [(&str, char, u64); 2] = [("weeks", 'W', 604_800), ("days", 'D', 86_400)];
const HOURS: [(&str, char, u64); 3] = [("hours", 'H', 3_600), ("minutes", 'M', 60), ("seconds", 'S', 1)];

/// Reads a length of 60 seconds to so many.
pub(crate) fn parse(stated: &Value, longest: u64) -> Result<Seconds, Invalid> {
    let invalid = |problem| Err(Invalid::new(InvalidKind::InvalidDuration, problem));
    let seconds = match stated {
        Value::String(text) => match parse_iso8601(text) {
            Some(seconds) => seconds,
            None => return invalid(format!("`{}` is not a duration: give {FORMS}", shown(text))),
        },
        Value::Object(units) => add_units(units)?,
        Value::Number(number) => {
            return invalid(format!("`{number}` may be seconds or milliseconds: give {FORMS}"));
        }
        _ => return Err(Invalid::instead_of("a duration such as `PT1H` or `{ hours: 1 }`", stated)),
    };
    let (length, shortest) = (Seconds::new(seconds), Seconds::new(limits::MIN_SECONDS));
    if seconds < shortest.get() || seconds > longest {
        return invalid(format!("{length} is out of range: give {shortest} to {}", Seconds::new(longest)));
    }
    Ok(length)
}

/// ISO 8601 with the largest units that say it exactly, weeks aside: `P1DT2H`.
pub(crate) fn to_iso8601(length: Seconds) -> String {
    let mut rest = length.get();
    let mut text = "P".to_owned();
    for (_, designator, size) in DAYS.iter().skip(1).chain(&HOURS) {
        let count = rest.checked_div(*size).unwrap_or(0);
        rest = rest.checked_rem(*size).unwrap_or(0);
        if count > 0 {
            let begins_time = *designator != 'D' && !text.contains('T');
            let _ = write!(text, "{}{count}{designator}", if begins_time { "T" } else { "" });
        }
    }
    text
}

/// ISO 8601 §5.5.2.2 with designators, without years, months and fractions.
fn parse_iso8601(text: &str) -> Option<u64> {
    let body = text.strip_prefix('P')?;
    let (date, time) = match body.split_once('T') {
        Some((_, "")) => return None,
        Some(halves) => halves,
        None => (body, ""),
    };
    if body.is_empty() {
        return None;
    }
    parse_units(date, &DAYS)?.checked_add(parse_units(time, &HOURS)?)
}

fn parse_units(text: &str, units: &[(&str, char, u64)]) -> Option<u64> {
    let mut rest = text;
    let mut total = 0_u64;
    for (_, designator, size) in units {
        if let Some((digits, tail)) = rest.split_once(*designator) {
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            total = total.checked_add(digits.parse::<u64>().ok()?.checked_mul(*size)?)?;
            rest = tail;
        }
    }
    rest.is_empty().then_some(total)
}

/// The sum of units by name.
fn add_units(stated: &Map<String, Value>) -> Result<u64, Invalid> {
    stated.iter().try_fold(0_u64, |total, (name, count)| {
        let invalid = |problem| Invalid::new(InvalidKind::InvalidDuration, problem).inside(name);
        let unit = DAYS.iter().chain(&HOURS).find(|(unit, ..)| unit == name);
        let (_, _, size) = unit.ok_or_else(|| {
            invalid(format!("`{}` is none of `weeks`, `days`, `hours`, `minutes` and `seconds`", shown(name)))
        })?;
        let count = count.as_u64().ok_or_else(|| {
            invalid(Invalid::instead_of("a whole number that is not negative", count).problem)
        })?;
        Ok(total.saturating_add(count.saturating_mul(*size)))
    })
}

pub(crate) fn serialize<S: Serializer>(length: &Seconds, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&to_iso8601(*length))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Seconds, D::Error> {
    parse(&Value::deserialize(deserializer)?, limits::MAX_SECONDS).map_err(D::Error::custom)
}

/// The same of one that may be absent.
pub(crate) mod optional {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(
        length: &Option<Seconds>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match length {
            Some(length) => super::serialize(length, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Seconds>, D::Error> {
        let stated = Option::<Value>::deserialize(deserializer)?;
        stated.map(|stated| parse(&stated, limits::MAX_SECONDS)).transpose().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn durations_are_iso_8601_without_years_and_months_or_units() {
        for (stated, seconds, written) in [
            (json!("PT60S"), 60, "PT1M"),
            (json!("PT1H"), 3_600, "PT1H"),
            (json!("P1DT2H3M4S"), 93_784, "P1DT2H3M4S"),
            (json!("P2W"), 1_209_600, "P14D"),
            (json!("P3650D"), 315_360_000, "P3650D"),
            (json!({"hours": 1, "minutes": 30}), 5_400, "PT1H30M"),
            (json!({"weeks": 1, "days": 1, "seconds": 1}), 691_201, "P8DT1S"),
            (json!({"hours": 0, "seconds": 60}), 60, "PT1M"),
        ] {
            let length = parse(&stated, limits::MAX_SECONDS).unwrap();
            assert_eq!((length.get(), to_iso8601(length).as_str()), (seconds, written), "{stated}");
        }
    }

    #[test]
    fn what_has_no_unit_or_no_fixed_length_is_refused() {
        for stated in [
            json!(3_600),
            json!(60.5),
            json!("PT59S"),
            json!("P3651D"),
            json!("P1Y"),
            json!("P1M"),
            json!("PT"),
            json!("P"),
            json!("PT1.5H"),
            json!("PT1M1H"),
            json!("1h"),
            json!("3600"),
            json!("PTH"),
            json!("PT+1H"),
            json!("P18446744073709551615D"),
            json!({}),
            json!({"months": 1}),
            json!({"Hours": 1}),
            json!({"hours": 1.5}),
            json!({"hours": -1}),
            json!({"hours": "1"}),
            json!({"days": 18_446_744_073_709_551_615_u64}),
        ] {
            let invalid = parse(&stated, limits::MAX_SECONDS).unwrap_err();
            assert_eq!(invalid.kind, InvalidKind::InvalidDuration, "{stated}");
        }
        for stated in [json!(null), json!(true), json!(["PT1H"])] {
            let invalid = parse(&stated, limits::MAX_SECONDS).unwrap_err();
            assert_eq!(invalid.kind, InvalidKind::InvalidInput, "{stated}");
        }
    }
}
