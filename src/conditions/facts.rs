use std::collections::BTreeMap;

use super::condition::{Attribute, Comparison, Condition, Test};
use crate::people::{Directory, KnownSubject, Principal};
use crate::resources::{Resource, ResourcePath, path_matches, segment_matches};
use crate::values::{Action, PropertyValue, Text};

/// What conditions read: a subject and, where it wants to do something, the deed.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Where the groups of the subject stand.
    pub directory: &'a Directory,
    /// Who asks or acts.
    pub subject: &'a KnownSubject,
    /// In which commit the condition was stated: it does not know who has taken over an id since.
    pub stated: u64,
    /// What it wants to do; absent where it asks for access.
    pub deed: Option<Deed<'a>>,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// To do what.
    pub action: &'a Action,
    /// To what.
    pub resource: &'a Resource,
    /// What the question brings along.
    pub context: &'a BTreeMap<String, PropertyValue>,
}

/// Whether a condition holds.
pub fn holds(condition: &Condition, facts: &Facts<'_>) -> bool {
    comes_out(condition.test(), facts, true)
}

/// Whether a test comes out as wanted. A negation is pushed down to the comparisons, where a missing value is neither.
fn comes_out(test: &Test, facts: &Facts<'_>, wanted: bool) -> bool {
    let each = |test: &Test| comes_out(test, facts, wanted);
    match (test, wanted) {
        (Test::All(tests), true) | (Test::Any(tests), false) => tests.iter().all(each),
        (Test::Any(tests), true) | (Test::All(tests), false) => tests.iter().any(each),
        (Test::Not(test), _) => comes_out(test, facts, !wanted),
        (Test::Compare(attribute, comparison), _) => {
            compared(facts.read(attribute), comparison) == Some(wanted)
        }
    }
}

/// How a comparison comes out; not at all where there is nothing to compare.
fn compared(values: Option<Vec<Scalar<'_>>>, comparison: &Comparison) -> Option<bool> {
    match comparison {
        Comparison::Exists => Some(values.is_some()),
        Comparison::OneOf(operands) => {
            let values = values?;
            Some(operands.iter().any(|operand| equals(&values, operand)))
        }
        Comparison::AllOf(operands) => {
            let values = values?;
            Some(operands.iter().all(|operand| equals(&values, operand)))
        }
        Comparison::Within(_) | Comparison::Segment(_) | Comparison::Path(_) => {
            one_fits(&values?, comparison)
        }
    }
}

/// Whether one of the values of the right kind fits; not at all where none is of that kind.
fn one_fits(values: &[Scalar<'_>], comparison: &Comparison) -> Option<bool> {
    let fits = values.iter().filter_map(|value| match (comparison, *value) {
        (Comparison::Within(range), Scalar::Number(number)) => Some(range.contains(&number)),
        (Comparison::Segment(glob), Scalar::Text(text)) => Some(segment_matches(glob, text)),
        (Comparison::Path(pattern), Scalar::Text(text)) => {
            Some(ResourcePath::try_from(text).is_ok_and(|path| path_matches(pattern, &path)))
        }
        _ => None,
    });
    fits.reduce(|one, other| one || other)
}

/// Whether a list has the operand, or is it.
fn equals(values: &[Scalar<'_>], operand: &PropertyValue) -> bool {
    match operand {
        PropertyValue::List(_) => values == scalars(operand),
        PropertyValue::Flag(_) | PropertyValue::Number(_) | PropertyValue::Text(_) => {
            scalars(operand).iter().all(|operand| values.contains(operand))
        }
    }
}

/// One of the values of an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scalar<'a> {
    Flag(bool),
    Number(i64),
    Text(&'a str),
}

fn scalars(value: &PropertyValue) -> Vec<Scalar<'_>> {
    match value {
        PropertyValue::Flag(flag) => vec![Scalar::Flag(*flag)],
        PropertyValue::Number(number) => vec![Scalar::Number(number.get())],
        PropertyValue::Text(text) => vec![Scalar::Text(text.as_str())],
        PropertyValue::List(texts) => texts.iter().map(Text::as_str).map(Scalar::Text).collect(),
    }
}

impl<'a> Facts<'a> {
    fn read(&self, attribute: &Attribute) -> Option<Vec<Scalar<'a>>> {
        let KnownSubject { id, kind, name, email, properties, .. } = self.subject;
        let resource = self.deed.map(|deed| deed.resource);
        let is_known = |principal: &Principal| self.directory.is_same_since(principal, self.stated);
        let text = match attribute {
            Attribute::SubjectId => Some(id.as_str()).filter(|_| is_known(&id.into())),
            Attribute::SubjectType => Some(kind.word()),
            Attribute::SubjectName => Some(name.as_str()),
            Attribute::SubjectEmail => email.as_ref().map(|email| email.as_str()),
            Attribute::SubjectGroups => {
                let groups = self.directory.groups_around(&id.into()).into_iter();
                let known = groups.filter(|id| is_known(&Principal::from(*id)));
                return Some(known.map(|id| Scalar::Text(id.as_str())).collect());
            }
            Attribute::SubjectProperty(name) => return properties.as_ref()?.get(name).map(scalars),
            Attribute::ResourceType => resource.map(|resource| resource.kind.as_str()),
            Attribute::ResourceEnvironment => {
                resource.and_then(|it| it.environment.as_ref()).map(|it| it.as_str())
            }
            Attribute::ResourcePath => resource.map(|resource| resource.path.as_str()),
            Attribute::Action => self.deed.map(|deed| deed.action.as_str()),
            Attribute::Context(name) => return self.deed?.context.get(name).map(scalars),
        };
        text.map(|text| vec![Scalar::Text(text)])
    }
}
