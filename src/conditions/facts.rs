use super::attribute::Attribute;
use super::deed::Deed;
use crate::people::{Directory, KnownSubject, Principal};
use crate::values::{AttributeValue, PropertyValue, Scalar, Text};

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
    /// The value of an attribute; none where it is missing.
    pub(super) fn read(&self, attribute: &Attribute) -> Option<Found<'a>> {
        let KnownSubject { id, kind, name, email, properties, .. } = self.subject;
        let resource = self.deed.map(|deed| &deed.resource.resource);
        let is_known = |principal: &Principal| self.directory.is_same_since(principal, self.stated);
        match attribute {
            Attribute::SubjectId => Some(id.as_str()).filter(|_| is_known(&id.into())).map(Found::text),
            Attribute::SubjectType => Some(Found::text(kind.word())),
            Attribute::SubjectName => Some(Found::text(name.as_str())),
            Attribute::SubjectEmail => email.as_ref().map(|email| Found::text(email.as_str())),
            Attribute::SubjectGroups => {
                let groups = self.directory.groups_around(&id.into()).into_iter();
                let known = groups.filter(|id| is_known(&Principal::from(*id)));
                Some(Found::List(known.map(|id| Scalar::Text(id.as_str())).collect()))
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
