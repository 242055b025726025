use std::cell::OnceCell;

use super::attribute::Attribute;
use super::deed::Deed;
use crate::people::{KnownSubject, Member, Principal};
use crate::values::{AttributeValue, PropertyValue, Scalar, Text};

/// What conditions read: a subject and, where it wants to do something, the deed.
#[derive(Debug)]
pub struct Facts<'a> {
    subject: &'a KnownSubject,
    member: &'a Member<'a>,
    stated: u64,
    deed: Option<Deed<'a>>,
    /// Of its groups those that the condition knows, once it has asked.
    groups: OnceCell<Vec<Scalar<&'a str>>>,
}

/// The value of an attribute, or of an operand.
pub(super) enum Found<'a> {
    /// It is there, and no operator reads it.
    Unreadable,
    /// A single one.
    One(Scalar<&'a str>),
    /// A list.
    List(Vec<Scalar<&'a str>>),
}

impl<'a> Found<'a> {
    fn text(text: &'a str) -> Self {
        Self::One(Scalar::Text(text))
    }
}

impl<'a> From<&'a PropertyValue> for Found<'a> {
    fn from(value: &'a PropertyValue) -> Self {
        match value {
            PropertyValue::One(scalar) => Self::One(scalar.as_deref(Text::as_str)),
            PropertyValue::List(list) => {
                Self::List(list.iter().map(|scalar| scalar.as_deref(Text::as_str)).collect())
            }
        }
    }
}

impl<'a> From<&'a AttributeValue> for Found<'a> {
    fn from(value: &'a AttributeValue) -> Self {
        match value {
            AttributeValue::Unreadable => Self::Unreadable,
            AttributeValue::One(scalar) => Self::One(scalar.as_deref(String::as_str)),
            AttributeValue::List(list) => {
                Self::List(list.iter().map(|scalar| scalar.as_deref(String::as_str)).collect())
            }
        }
    }
}

impl<'a> Facts<'a> {
    /// The facts of a subject, and of what it wants to do, unless it just asks for access. The condition was stated in the
    /// commit `stated`: it does not know who has taken over an id since.
    pub fn new(
        subject: &'a KnownSubject,
        member: &'a Member<'a>,
        stated: u64,
        deed: Option<Deed<'a>>,
    ) -> Self {
        Self { subject, member, stated, deed, groups: OnceCell::new() }
    }

    /// The value of an attribute; none where it is missing.
    pub(super) fn read(&self, attribute: &Attribute) -> Option<Found<'a>> {
        let KnownSubject { id, kind, name, email, properties, .. } = self.subject;
        let resource = self.deed.map(|deed| &deed.resource.resource);
        let is_known = |principal: &Principal| self.member.directory.is_same_since(principal, self.stated);
        match attribute {
            Attribute::SubjectId => Some(id.as_str()).filter(|_| is_known(&id.into())).map(Found::text),
            Attribute::SubjectType => Some(Found::text(kind.word())),
            Attribute::SubjectName => Some(Found::text(name.as_str())),
            Attribute::SubjectEmail => email.as_ref().map(|email| Found::text(email.as_str())),
            Attribute::SubjectGroups => {
                let groups = self.member.groups.iter().copied();
                let known = || groups.filter(|id| is_known(&Principal::from(*id)));
                let texts = || known().map(|id| Scalar::Text(id.as_str())).collect();
                Some(Found::List(self.groups.get_or_init(texts).clone()))
            }
            Attribute::SubjectProperty(name) => properties.as_ref()?.get(name).map(Found::from),
            Attribute::ResourceType => resource.map(|it| Found::text(it.kind.as_str())),
            Attribute::ResourceEnvironment => {
                resource.and_then(|it| it.environment.as_ref()).map(|it| Found::text(it.as_str()))
            }
            Attribute::ResourcePath => resource.map(|it| Found::text(it.path.as_str())),
            Attribute::ResourceProperty(name) => self.deed?.resource.properties.get(name).map(Found::from),
            Attribute::ActionName => self.deed.map(|deed| Found::text(deed.action.name.as_str())),
            Attribute::ActionProperty(name) => self.deed?.action.properties.get(name).map(Found::from),
            Attribute::Context(name) => self.deed?.context.get(name).map(Found::from),
        }
    }
}
