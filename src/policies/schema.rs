//! The JSON Schema of what a policy is made of, where the wire has another form than the Rust type. What has the same
//! form derives it. A schema says less than the types: sets of patterns, Unicode and bytes are beyond it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::step::Required;
use super::terms::RequestTtl;
use crate::conditions::RequesterCondition;
use crate::limits;
use crate::resources::{ActionList, ActionSet, EnvironmentPattern, PathPattern};
use crate::values::{Action, AtMost, Environment, GroupId, Name, ResourceType, Seconds, SubjectId};

const SLUG: &str = "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}";

const ISO_8601: &str = "^P(?=[0-9T])([0-9]+W)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$";

/// Absolute and canonical: no empty segment, `.` or `..`; no white space, `%` or `\`.
const PATH: &str = r"^(?!.*/[.]{1,2}(/|$))(/|(/[^/\s%\\]+)+)$";

/// Declares the schema of types by name.
macro_rules! schemas {
    ($($name:ident => $schema:expr;)+) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )+};
}

schemas! {
    SubjectId => id("Names a person or a service, as the directory does.");
    GroupId => id("Names a group, as the directory does.");
    Action => slug("What may be done to a resource, such as `read`.", SLUG);
    Environment => slug("The slug of an environment, such as `production`.", SLUG);
    ResourceType => slug("The kind of a resource, such as `secret`.", SLUG);
    EnvironmentPattern => slug("The slug of an environment, or `*` for any that has one.", &format!("([*]|{SLUG})"));
    Name => json_schema!({
        "description": "One line that is not blank.",
        "type": "string", "minLength": 1, "maxLength": limits::NAME_CHARS, "pattern": r"\S"
    });
    PathPattern => json_schema!({
        "description": "A path in which `*` stands for characters of one segment and the segment `**` for any segments.",
        "type": "string", "maxLength": 1_024, "pattern": PATH
    });
    Seconds => length();
    RequestTtl => length();
    RequesterCondition => json_schema!({
        "description": "Who may ask: attributes of the subject with what they must be, `$and`, `$or` and `$not`.",
        "type": "object", "minProperties": 1
    });
    Required => json_schema!({
        "description": "How many approvals: a number, or all that are eligible.",
        "anyOf": [{ "type": "integer", "minimum": 1, "maximum": u32::MAX }, { "const": "all" }]
    });
}

impl JsonSchema for ActionSet {
    fn schema_name() -> Cow<'static, str> {
        "ActionSet".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "const": "all" }, generator.subschema_for::<ActionList>()] })
    }
}

impl JsonSchema for ActionList {
    fn schema_name() -> Cow<'static, str> {
        "ActionList".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<Action>();
        json_schema!({
            "type": "array", "minItems": 1, "maxItems": limits::ACTIONS, "uniqueItems": true, "items": items
        })
    }
}

impl<const MOST: usize, T: JsonSchema> JsonSchema for AtMost<MOST, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("AtMost{MOST}{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "maxItems": MOST, "items": generator.subschema_for::<T>() })
    }
}

fn id(description: &str) -> Schema {
    json_schema!({ "description": description, "type": "string", "minLength": 1, "maxLength": 255 })
}

fn slug(description: &str, pattern: &str) -> Schema {
    json_schema!({ "description": description, "type": "string", "pattern": format!("^{pattern}$") })
}

fn length() -> Schema {
    let units: Map<String, Value> = ["weeks", "days", "hours", "minutes", "seconds"]
        .into_iter()
        .map(|unit| (unit.to_owned(), json!({ "type": "integer", "minimum": 0 })))
        .collect();
    json_schema!({
        "description": "ISO 8601 without years and months, or units that are added up.",
        "anyOf": [
            { "type": "string", "pattern": ISO_8601 },
            { "type": "object", "properties": units, "additionalProperties": false, "minProperties": 1 }
        ]
    })
}
