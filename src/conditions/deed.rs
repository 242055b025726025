use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::read_part;
use crate::resources::{Resource, ResourcePath};
use crate::values::{Action, Attributes, Environment, Invalid, ResourceType};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// To do what.
    pub action: &'a DescribedAction,
    /// To what.
    pub resource: &'a DescribedResource,
    /// What the question brings along.
    pub context: &'a Attributes,
}

/// An action with what the question says of it (AuthZEN §5.3); without properties its name is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "wasm", tsify(type = "Action | { name: Action; properties?: Attributes }"))]
#[serde(try_from = "Value")]
pub struct DescribedAction {
    /// The action.
    pub name: Action,
    /// What conditions read as `action.properties.NAME`.
    pub properties: Attributes,
}

impl From<Action> for DescribedAction {
    fn from(name: Action) -> Self {
        Self { name, properties: Attributes::default() }
    }
}

impl TryFrom<Value> for DescribedAction {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        match value {
            Value::String(_) => read_part::<Action>(&value).map(Self::from),
            Value::Object(_) => {
                let ActionFields { name, properties } = read_part(&value)?;
                Ok(Self { name, properties })
            }
            other => Err(Invalid::instead_of("a text or an object", &other)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionFields {
    name: Action,
    #[serde(default)]
    properties: Attributes,
}

/// A resource with what the question says of it (AuthZEN §5.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "wasm", tsify(type = "Resource & { properties?: Attributes }"))]
#[serde(from = "ResourceFields")]
pub struct DescribedResource {
    /// The resource.
    #[serde(flatten)]
    pub resource: Resource,
    /// What conditions read as `resource.properties.NAME`.
    pub properties: Attributes,
}

impl From<Resource> for DescribedResource {
    fn from(resource: Resource) -> Self {
        Self { resource, properties: Attributes::default() }
    }
}

impl From<ResourceFields> for DescribedResource {
    fn from(fields: ResourceFields) -> Self {
        let ResourceFields { kind, environment, path, properties } = fields;
        Self { resource: Resource { kind, environment, path }, properties }
    }
}

// A field that is not known is refused; with `flatten` serde would let it pass.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceFields {
    #[serde(rename = "type", default)]
    kind: ResourceType,
    environment: Option<Environment>,
    path: ResourcePath,
    #[serde(default)]
    properties: Attributes,
}
