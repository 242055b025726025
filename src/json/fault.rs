use std::error::Error;
use std::fmt;

use serde::de;

/// Why a value is not read.
#[derive(Debug)]
pub(super) struct Fault {
    /// What serde says.
    pub(super) text: String,
    /// The way to what it says it of.
    pub(super) way: Vec<Segment>,
}

/// A step into a value.
#[derive(Debug)]
pub(super) enum Segment {
    /// To an item of a list.
    Index(usize),
    /// To a field of an object.
    Name(String),
}

impl Fault {
    /// The fault of what this is a part of.
    pub(super) fn inside(mut self, segment: Segment) -> Self {
        self.way.insert(0, segment);
        self
    }
}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self { text: text.to_string(), way: Vec::new() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Error for Fault {}
