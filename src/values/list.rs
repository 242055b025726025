use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::invalid::{Invalid, InvalidKind};

/// A list that holds at most `MOST` items; a longer one is refused with `limit_exceeded`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", bound(deserialize = "T: Deserialize<'de>", serialize = "T: Serialize"))]
pub struct AtMost<const MOST: usize, T>(Vec<T>);

impl<const MOST: usize, T> TryFrom<Vec<T>> for AtMost<MOST, T> {
    type Error = Invalid;

    fn try_from(items: Vec<T>) -> Result<Self, Invalid> {
        if items.len() <= MOST {
            return Ok(Self(items));
        }
        let problem = format!("a list has {} entries; at most {MOST} are allowed", items.len());
        Err(Invalid::new(InvalidKind::LimitExceeded, problem))
    }
}

impl<const MOST: usize, T> AtMost<MOST, T> {
    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const MOST: usize, T> Deref for AtMost<MOST, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<const MOST: usize, T> Default for AtMost<MOST, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
