use super::attribute::Attribute;
use super::glob::Glob;
use crate::values::{GroupId, PropertyValue, Scalar};

/// A condition, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// All of these hold.
    All(Vec<Test>),
    /// One of these holds.
    Any(Vec<Test>),
    /// This does not hold.
    Not(Box<Test>),
    /// An attribute is there (`$exists`).
    Exists(Attribute),
    /// An attribute compares so with a value, or with another attribute.
    Compare(Attribute, Operator, Operand<PropertyValue>),
    /// An attribute fits a pattern (`$glob`).
    Fits(Attribute, Operand<Glob>),
}

/// How an attribute is compared. Its value is read as a list; a single one is a list of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// It has this, or is this list (`$eq`).
    Equal,
    /// It has one of these (`$in`).
    OneOf,
    /// It has each of these (`$all`).
    AllOf,
    /// It has a greater whole number (`$gt`).
    Greater,
    /// It has a whole number that is greater or equal (`$gte`).
    AtLeast,
    /// It has a smaller whole number (`$lt`).
    Less,
    /// It has a whole number that is smaller or equal (`$lte`).
    AtMost,
}

/// What an attribute is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand<T> {
    /// What was given.
    Given(T),
    /// The value of another attribute (`$ref`).
    Attribute(Attribute),
}

impl Test {
    /// Whether it asks for a group: its id is compared with the groups of a subject.
    pub(super) fn names_group(&self, id: &GroupId) -> bool {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().any(|test| test.names_group(id)),
            Self::Not(test) => test.names_group(id),
            Self::Compare(Attribute::SubjectGroups, _, Operand::Given(value)) => names(value, id.as_str()),
            Self::Fits(Attribute::SubjectGroups, Operand::Given(glob)) => glob.fits(id.as_str()),
            Self::Compare(..) | Self::Fits(..) | Self::Exists(_) => false,
        }
    }
}

fn names(value: &PropertyValue, id: &str) -> bool {
    let is_id = |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if text.as_str() == id);
    match value {
        PropertyValue::One(scalar) => is_id(scalar),
        PropertyValue::List(scalars) => scalars.iter().any(is_id),
    }
}
