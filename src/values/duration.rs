use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::invalid::{Invalid, InvalidKind, shown};
use super::time::{NumberOrText, Timestamp};
use crate::limits;

/// A length of time in whole seconds; what policies and requests carry is 60 to 315,360,000 (ten years).
///
/// On the way in ISO 8601 text without years and months is read too (`PT1H30M`, `P7D`, `P2W`); on the way out it
/// is always the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "NumberOrText")]
pub struct Seconds(#[cfg_attr(feature = "wasm", tsify(type = "number"))] u64);

impl Seconds {
    /// That many seconds, unchecked: for the engine's own constants.
    pub const fn new(seconds: u64) -> Self {
        Self(seconds)
    }

    /// From one point in time to a later one; none if it is not later.
    pub(crate) fn between(from: Timestamp, to: Timestamp) -> Self {
        Self(u64::try_from(to.millis().saturating_sub(from.millis()) / 1000).unwrap_or(0))
    }

    /// From one point in time up to a later one, begun seconds included; none if it is not later.
    pub(crate) fn up_to(from: Timestamp, to: Timestamp) -> Self {
        let millis = to.millis().saturating_sub(from.millis());
        Self(u64::try_from(millis).unwrap_or(0).div_ceil(1000))
    }

    /// That many minutes.
    pub const fn minutes(minutes: u64) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// That many hours.
    pub const fn hours(hours: u64) -> Self {
        Self::minutes(hours.saturating_mul(60))
    }

    /// That many days of 24 hours.
    pub const fn days(days: u64) -> Self {
        Self::hours(days.saturating_mul(24))
    }

    /// The number of seconds.
    pub const fn get(self) -> u64 {
        self.0
    }

    pub(super) fn as_millis(self) -> i64 {
        i64::try_from(self.0.saturating_mul(1000)).unwrap_or(i64::MAX)
    }
}

impl TryFrom<NumberOrText> for Seconds {
    type Error = Invalid;

    fn try_from(input: NumberOrText) -> Result<Self, Invalid> {
        let (seconds, given) = match input {
            NumberOrText::Number(number) => (u64::try_from(number).ok(), number.to_string()),
            NumberOrText::Text(text) => (parse_iso8601(&text), text),
        };
        seconds
            .filter(|seconds| (limits::MIN_SECONDS..=limits::MAX_SECONDS).contains(seconds))
            .map(Self)
            .ok_or_else(|| {
                let problem = format!(
                    "`{}` is not 60 to 315360000 whole seconds, nor ISO 8601 such as `PT1H` without years and months",
                    shown(&given)
                );
                Invalid::new(InvalidKind::InvalidDuration, problem)
            })
    }
}

impl fmt::Display for Seconds {
    /// The largest units that say it exactly: `1 day 2 hours`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut parts = Vec::new();
        for (unit, size) in [("day", 86_400_u64), ("hour", 3_600), ("minute", 60), ("second", 1)] {
            let count = rest.checked_div(size).unwrap_or(0);
            rest = rest.checked_rem(size).unwrap_or(0);
            if count > 0 {
                parts.push(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }));
            }
        }
        formatter.write_str(&if parts.is_empty() { "0 seconds".to_owned() } else { parts.join(" ") })
    }
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
    let date = parse_units(date, &[('W', 604_800), ('D', 86_400)])?;
    let time = parse_units(time, &[('H', 3_600), ('M', 60), ('S', 1)])?;
    date.checked_add(time)
}

fn parse_units(text: &str, units: &[(char, u64)]) -> Option<u64> {
    let mut rest = text;
    let mut total = 0_u64;
    for (designator, size) in units {
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

/// For how long access is asked for or given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessDuration {
    /// This long, from approval or from the start asked for, whichever is later.
    Temporary(Seconds),
    /// Until it is revoked or released. Longer than every temporary one.
    Permanent,
}

impl AccessDuration {
    const PERMANENT: &str = "permanent";

    /// Whether this is no longer than the other.
    pub fn fits_within(self, longest: Self) -> bool {
        match (self, longest) {
            (_, Self::Permanent) => true,
            (Self::Permanent, Self::Temporary(_)) => false,
            (Self::Temporary(asked), Self::Temporary(longest)) => asked <= longest,
        }
    }
}

impl fmt::Display for AccessDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Temporary(seconds) => seconds.fmt(formatter),
            Self::Permanent => formatter.write_str(Self::PERMANENT),
        }
    }
}

impl Serialize for AccessDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Temporary(seconds) => seconds.serialize(serializer),
            Self::Permanent => serializer.serialize_str(Self::PERMANENT),
        }
    }
}

impl<'de> Deserialize<'de> for AccessDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Text(text) if text == Self::PERMANENT => Ok(Self::Permanent),
            input => Seconds::try_from(input).map(Self::Temporary).map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(json: &str) -> Option<u64> {
        serde_json::from_str::<Seconds>(json).ok().map(Seconds::get)
    }

    #[test]
    fn durations_are_whole_seconds_or_iso_8601_without_years_and_months() {
        let accepted =
            [("60", 60), (r#""PT1H""#, 3_600), (r#""P1DT2H3M4S""#, 93_784), (r#""P2W""#, 1_209_600)];
        for (json, expected) in accepted {
            assert_eq!(seconds(json), Some(expected), "{json}");
        }
        let refused = [
            "59",
            "315360001",
            "60.5",
            "-60",
            r#""P1Y""#,
            r#""P1M""#,
            r#""PT""#,
            r#""P""#,
            r#""PT1.5H""#,
            r#""PT1M1H""#,
            r#""1h""#,
            r#""PTH""#,
            r#""PT+1H""#,
            "null",
            "true",
        ];
        for json in refused {
            assert_eq!(seconds(json), None, "{json}");
        }
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        assert_eq!(Seconds::new(93_784).to_string(), "1 day 2 hours 3 minutes 4 seconds");
        assert_eq!(AccessDuration::Permanent.to_string(), "permanent");
    }
}
