use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::seconds::Seconds;

/// For how long access is asked for or given. Records and answers have it as seconds, or `"permanent"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessDuration {
    /// This long, from approval or from the start asked for, whichever is later.
    Temporary(Seconds),
    /// Until it is revoked or released. Longer than every temporary one.
    Permanent,
}

const PERMANENT: &str = "permanent";

impl AccessDuration {
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
            Self::Permanent => formatter.write_str(PERMANENT),
        }
    }
}

impl Serialize for AccessDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Temporary(seconds) => seconds.serialize(serializer),
            Self::Permanent => serializer.serialize_str(PERMANENT),
        }
    }
}

impl<'de> Deserialize<'de> for AccessDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) if text == PERMANENT => Ok(Self::Permanent),
            value => Seconds::deserialize(value).map(Self::Temporary).map_err(serde::de::Error::custom),
        }
    }
}
