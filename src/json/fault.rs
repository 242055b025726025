use std::error::Error;
use std::fmt;

use serde::de;

/// Why a value is not read. It is small, since it stands in every result of reading.
#[derive(Debug)]
pub(super) struct Fault(Box<Said>);

#[derive(Debug)]
struct Said {
    text: String,
    way: Vec<Segment>,
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
    /// What serde says, and the way to what it says it of.
    pub(super) fn parts(&self) -> (&str, &[Segment]) {
        (&self.0.text, &self.0.way)
    }

    /// The fault of what this is a part of.
    #[cold]
    pub(super) fn inside(mut self, segment: Segment) -> Self {
        self.0.way.insert(0, segment);
        self
    }

    /// The same of an object, by the name of the field.
    #[cold]
    pub(super) fn inside_field(self, name: &str) -> Self {
        self.inside(Segment::Name(name.to_owned()))
    }
}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(Box::new(Said { text: text.to_string(), way: Vec::new() }))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.text)
    }
}

impl Error for Fault {}
