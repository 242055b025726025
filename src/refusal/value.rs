//! Values that were not accepted, and where they stood.

use std::fmt;

use super::{InvalidValue, Refusal};
use crate::values::{Invalid, InvalidKind, place_inside};

impl fmt::Display for InvalidValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(formatter, "`{field}`: ")?;
        }
        formatter.write_str(&self.problem)
    }
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        let value = InvalidValue { problem: invalid.problem, field: invalid.place };
        match invalid.kind {
            InvalidKind::InvalidInput | InvalidKind::UnknownName => Self::InvalidInput(value),
            InvalidKind::InvalidPath => Self::InvalidPath(value),
            InvalidKind::InvalidPattern => Self::InvalidPattern(value),
            InvalidKind::InvalidName => Self::InvalidName(value),
            InvalidKind::InvalidId => Self::InvalidId(value),
            InvalidKind::InvalidText => Self::InvalidText(value),
            InvalidKind::InvalidDuration => Self::InvalidDuration(value),
            InvalidKind::InvalidTime => Self::InvalidTime(value),
            InvalidKind::InvalidEmail => Self::InvalidEmail(value),
            InvalidKind::InvalidUrl => Self::InvalidUrl(value),
            InvalidKind::InvalidCondition => Self::InvalidCondition(value),
            InvalidKind::InvalidCursor => Self::InvalidCursor(value),
            InvalidKind::LimitExceeded => Self::LimitExceeded(value),
        }
    }
}

impl Refusal {
    /// The same, of what stands at this place inside something; what has no place in the input gets none.
    pub(crate) fn inside(mut self, place: &str) -> Self {
        match &mut self {
            Self::InvalidInput(value)
            | Self::InvalidPath(value)
            | Self::InvalidPattern(value)
            | Self::InvalidName(value)
            | Self::InvalidId(value)
            | Self::InvalidText(value)
            | Self::InvalidDuration(value)
            | Self::InvalidTime(value)
            | Self::InvalidEmail(value)
            | Self::InvalidUrl(value)
            | Self::InvalidCondition(value)
            | Self::InvalidCursor(value)
            | Self::LimitExceeded(value) => {
                value.field.iter_mut().for_each(|field| *field = place_inside(place, field));
            }
            Self::ReasonRequired { field } => *field = place_inside(place, field),
            Self::ItemRefused { because, .. } => **because = because.as_ref().clone().inside(place),
            _ => {}
        }
        self
    }
}
