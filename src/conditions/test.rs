use std::collections::BTreeSet;

use super::attribute::Attribute;
use super::glob::Glob;
use crate::people::Principal;
use crate::values::{GroupId, PropertyValue, Scalar, SubjectId};

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

    /// The subjects and groups that it names by their ids, patterns aside.
    pub(super) fn principals(&self) -> BTreeSet<Principal> {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().flat_map(Self::principals).collect(),
            Self::Not(test) => test.principals(),
            Self::Compare(Attribute::SubjectId, _, Operand::Given(value)) => {
                texts(value).filter_map(|id| SubjectId::try_from(id).ok()).map(|id| (&id).into()).collect()
            }
            Self::Compare(Attribute::SubjectGroups, _, Operand::Given(value)) => {
                texts(value).filter_map(|id| GroupId::try_from(id).ok()).map(|id| (&id).into()).collect()
            }
            Self::Compare(..) | Self::Fits(..) | Self::Exists(_) => BTreeSet::default(),
        }
    }
}

fn names(value: &PropertyValue, id: &str) -> bool {
    texts(value).any(|text| text == id)
}

fn texts(value: &PropertyValue) -> impl Iterator<Item = &str> {
    let scalars = match value {
        PropertyValue::One(scalar) => std::slice::from_ref(scalar),
        PropertyValue::List(scalars) => scalars,
    };
    scalars.iter().filter_map(|scalar| match scalar {
        Scalar::Text(text) => Some(text.as_str()),
        Scalar::Flag(_) | Scalar::Number(_) => None,
    })
}
