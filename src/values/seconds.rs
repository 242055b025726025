use std::fmt;

use serde::{Deserialize, Serialize};

use super::time::Timestamp;

/// A number of seconds, as records and answers have lengths of time, under names that say so: `durationSeconds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
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

#[cfg(test)]
mod tests {
    use super::Seconds;

    #[test]
    fn lengths_read_as_people_say_them() {
        assert_eq!(Seconds::new(93_784).to_string(), "1 day 2 hours 3 minutes 4 seconds");
        assert_eq!(Seconds::hours(1).to_string(), "1 hour");
        assert_eq!(Seconds::new(0).to_string(), "0 seconds");
    }
}
