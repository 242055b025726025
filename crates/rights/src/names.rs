#![allow(clippy::disallowed_types, reason = "nobody goes through it, so its order is nobody's")]

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// A text as a number: equal texts have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name(u32);

impl Name {
    /// Of all texts that have none.
    pub const UNKNOWN: Self = Self(u32::MAX);

    /// The number, counted from 0.
    pub fn number(self) -> u32 {
        self.0
    }

    /// What has that number.
    pub fn numbered(number: u32) -> Self {
        Self(number)
    }
}

/// The numbers of texts, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<Box<str>, u32, FixedState>);

impl Names {
    /// The number of a text, the next one where it has none.
    pub fn learn(&mut self, text: &str) -> Name {
        let known = self.get(text);
        if known != Name::UNKNOWN {
            return known;
        }
        // 2³² texts would not fit into memory.
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(text.into(), number);
        Name(number)
    }

    /// The number of a text.
    pub fn get(&self, text: &str) -> Name {
        self.0.get(text).map_or(Name::UNKNOWN, |number| Name(*number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_the_number_that_it_has_got() {
        let mut names = Names::default();
        let (one, other) = (names.learn("one"), names.learn("other"));
        assert_eq!((one.number(), other.number()), (0, 1));
        assert_eq!((names.learn("one"), names.get("other")), (one, other));
        assert_eq!(names.get("another"), Name::UNKNOWN);
    }
}
