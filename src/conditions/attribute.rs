use super::compiler::invalid;
use crate::values::{Invalid, shown};

/// What a condition can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `subject.id`.
    SubjectId,
    /// `subject.type`: `user` or `service`.
    SubjectType,
    /// `subject.name`.
    SubjectName,
    /// `subject.email`; missing where the subject has none.
    SubjectEmail,
    /// `subject.groups`: the ids of all groups that the subject is in, directly or not, sorted; never missing.
    SubjectGroups,
    /// `subject.properties.NAME`.
    SubjectProperty(String),
    /// `resource.type`.
    ResourceType,
    /// `resource.environment`, or `environment` as Infisical has it; missing where the resource is in none.
    ResourceEnvironment,
    /// `resource.path`, or `secretPath` as Infisical has it.
    ResourcePath,
    /// `resource.properties.NAME`: what the question says of the resource.
    ResourceProperty(String),
    /// `action.name`, or `action`.
    ActionName,
    /// `action.properties.NAME`: what the question says of the action.
    ActionProperty(String),
    /// `context.NAME`: what the question brings along.
    Context(String),
}

/// What a condition is allowed to read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Subject,
    Everything,
}

const OF_SUBJECT: &str = "`subject.id`, `subject.type`, `subject.name`, `subject.email`, `subject.groups` or \
                          `subject.properties.NAME`";
const OF_DEED: &str = "`resource.type`, `resource.environment`, `resource.path`, `resource.properties.NAME`, \
                       `action.name`, `action.properties.NAME` or `context.NAME`";

impl Attribute {
    /// The attribute of that name. A root is found by how a name begins, and what follows `properties.` or `context.` is
    /// one name, dots included: so nothing that a question brings stands for an attribute of another root.
    pub(super) fn named(name: &str, scope: Scope) -> Result<Self, Invalid> {
        if scope == Scope::Subject && !name.starts_with("subject.") {
            let problem =
                format!("`{}` is not of the subject, and who may ask is: use {OF_SUBJECT}", shown(name));
            return Err(invalid(problem));
        }
        Ok(match name {
            "subject.id" => Self::SubjectId,
            "subject.type" => Self::SubjectType,
            "subject.name" => Self::SubjectName,
            "subject.email" => Self::SubjectEmail,
            "subject.groups" => Self::SubjectGroups,
            "resource.type" => Self::ResourceType,
            "resource.environment" | "environment" => Self::ResourceEnvironment,
            "resource.path" | "secretPath" => Self::ResourcePath,
            "action.name" | "action" => Self::ActionName,
            "secretName" | "secretTags" => {
                let problem =
                    format!("a resource has no `{name}`: its name ends its path, compare `resource.path`");
                return Err(invalid(problem));
            }
            _ => Self::by_root(name).ok_or_else(|| {
                invalid(format!("`{}` is not an attribute: use {OF_SUBJECT}, {OF_DEED}", shown(name)))
            })?,
        })
    }

    fn by_root(name: &str) -> Option<Self> {
        let below = |root| name.strip_prefix(root).filter(|rest| !rest.is_empty()).map(str::to_owned);
        let of_subject = below("subject.properties.").map(Self::SubjectProperty);
        let of_resource = || below("resource.properties.").map(Self::ResourceProperty);
        let of_action = || below("action.properties.").map(Self::ActionProperty);
        let of_context = || below("context.").map(Self::Context);
        of_subject.or_else(of_resource).or_else(of_action).or_else(of_context)
    }
}
