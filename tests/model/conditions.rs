//! Conditions, read as they were given (`condition.*`).

use std::collections::BTreeMap;

use access_engine::access::AccessQuery;
use access_engine::people::{KnownSubject, Principal, SubjectType};
use access_engine::resources::PathPattern;
use access_engine::values::GroupId;
use serde::Serialize;
use serde_json::{Value, json};

use super::people::People;
use super::resources::{matches, segment_matches, segments};

/// What a condition reads: attributes by their names.
pub(crate) type Attributes = BTreeMap<String, Value>;

/// What a condition that was stated in a commit knows of a subject: no ids that others have taken over since.
pub(crate) fn of_subject(people: &People, subject: &KnownSubject, stated: u64) -> Attributes {
    let kind = match subject.kind {
        SubjectType::User => "user",
        SubjectType::Service => "service",
    };
    let mut attributes = Attributes::new();
    attributes.insert(String::from("subject.name"), json!(subject.name));
    attributes.insert(String::from("subject.type"), json!(kind));
    if let Some(email) = &subject.email {
        attributes.insert(String::from("subject.email"), json!(email));
    }
    let member = Principal::from(&subject.id);
    if people.is_since(&member, stated) {
        attributes.insert(String::from("subject.id"), json!(subject.id));
    }
    let mut groups = groups_around(people, &member);
    groups.retain(|id| people.is_since(&id.into(), stated));
    groups.sort();
    groups.dedup();
    attributes.insert(String::from("subject.groups"), json!(groups));
    if let Value::Object(properties) = json!(subject.properties) {
        for (name, value) in properties {
            attributes.insert(format!("subject.properties.{name}"), value);
        }
    }
    attributes
}

/// The groups that somebody or some group is in, directly or not.
fn groups_around(people: &People, member: &Principal) -> Vec<GroupId> {
    let mut around = Vec::new();
    for group in people.groups.iter().filter(|group| group.members.contains(member)) {
        around.push(group.id.clone());
        around.extend(groups_around(people, &Principal::from(&group.id)));
    }
    around
}

/// What a question says beside its subject.
pub(crate) fn of_query(query: &AccessQuery, attributes: &mut Attributes) {
    let AccessQuery { action, resource: described, context, .. } = query;
    let resource = &described.resource;
    for name in ["action", "action.name"] {
        attributes.insert(name.to_owned(), json!(action.name));
    }
    attributes.insert(String::from("resource.type"), json!(resource.kind));
    for name in ["resource.path", "secretPath"] {
        attributes.insert(name.to_owned(), json!(resource.path));
    }
    if let Some(environment) = &resource.environment {
        for name in ["resource.environment", "environment"] {
            attributes.insert(name.to_owned(), json!(environment));
        }
    }
    let brought = [
        ("action.properties", &action.properties),
        ("resource.properties", &described.properties),
        ("context", context),
    ];
    for (root, values) in brought {
        let values = json!(values);
        for (name, value) in values.as_object().expect("an object") {
            attributes.insert(format!("{root}.{name}"), value.clone());
        }
    }
}

/// Whether a condition holds.
pub(crate) fn holds(condition: &impl Serialize, attributes: &Attributes) -> bool {
    object(&json!(condition), attributes, false)
}

/// Whether all of these hold, or, negated, one does not.
fn all(is_negated: bool, mut parts: impl Iterator<Item = bool>) -> bool {
    if is_negated { parts.any(|part| part) } else { parts.all(|part| part) }
}

fn object(condition: &Value, attributes: &Attributes, is_negated: bool) -> bool {
    let keys = condition.as_object().expect("a condition is an object").iter();
    let part = |(name, value): (&String, &Value)| match name.as_str() {
        "$not" => object(value, attributes, !is_negated),
        "$and" => all(is_negated, list(value).iter().map(|part| object(part, attributes, is_negated))),
        "$or" => all(!is_negated, list(value).iter().map(|part| object(part, attributes, is_negated))),
        name => attribute(name, value, attributes, is_negated),
    };
    all(is_negated, keys.map(part))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn attribute(name: &str, compared: &Value, attributes: &Attributes, is_negated: bool) -> bool {
    let there = attributes.get(name);
    match compared.as_object().filter(|operators| !operators.contains_key("$ref")) {
        Some(operators) => all(
            is_negated,
            operators.iter().map(|(name, operand)| operator(there, name, operand, attributes, is_negated)),
        ),
        None => operator(there, "$eq", compared, attributes, is_negated),
    }
}

/// Whether a comparison holds, or, negated, does not; false both ways where there is nothing to compare.
fn operator(
    there: Option<&Value>,
    name: &str,
    operand: &Value,
    attributes: &Attributes,
    is_negated: bool,
) -> bool {
    match name {
        "$exists" => return (there.is_some() == (operand == &json!(true))) != is_negated,
        "$ne" => return operator(there, "$eq", operand, attributes, !is_negated),
        "$nin" => return operator(there, "$in", operand, attributes, !is_negated),
        _ => {}
    }
    let operand = match operand.get("$ref") {
        Some(other) => attributes.get(other.as_str().expect("a name")),
        None => Some(operand),
    };
    let (Some(there), Some(operand)) = (there, operand) else { return false };
    is_so(there, name, operand).is_some_and(|is_so| is_so != is_negated)
}

/// Whether values compare so; nothing where one of them cannot be read.
fn is_so(there: &Value, name: &str, operand: &Value) -> Option<bool> {
    let (values, operands) = (scalars(there)?, scalars(operand)?);
    let has = |one: &&Value| values.contains(one);
    Some(match name {
        "$eq" if operand.is_array() => values == operands,
        "$eq" | "$in" => operands.iter().any(has),
        "$all" if operands.is_empty() => return None,
        "$all" => operands.iter().all(has),
        "$glob" => {
            let glob = only(&operands)?.as_str().filter(|text| is_pattern(text))?;
            each(&values, Value::as_str)?.into_iter().any(|text| fits(glob, text))
        }
        _ => {
            let bound = only(&operands)?.as_i64()?;
            let mut numbers = each(&values, Value::as_i64)?.into_iter();
            match name {
                "$gt" => numbers.any(|number| number > bound),
                "$gte" => numbers.any(|number| number >= bound),
                "$lt" => numbers.any(|number| number < bound),
                "$lte" => numbers.any(|number| number <= bound),
                other => panic!("`{other}` is not an operator"),
            }
        }
    })
}

/// The texts, flags and whole numbers that a value is, or that it is a list of.
fn scalars(value: &Value) -> Option<Vec<&Value>> {
    let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let is_scalar = |value: &&Value| value.is_string() || value.is_boolean() || value.as_i64().is_some();
    all.iter().map(|value| Some(value).filter(is_scalar)).collect()
}

fn only<'a>(values: &[&'a Value]) -> Option<&'a Value> {
    if let [only] = values { Some(only) } else { None }
}

/// All values as what an operator takes; there is at least one.
fn each<'a, T>(values: &[&'a Value], taken: fn(&'a Value) -> Option<T>) -> Option<Vec<T>> {
    let all: Vec<T> = values.iter().map(|value| taken(value)).collect::<Option<_>>()?;
    Some(all).filter(|all| !all.is_empty())
}

/// Whether a text could be written as a pattern.
fn is_pattern(text: &str) -> bool {
    let is_known = !text.contains(['?', '[', ']', '{', '}', '(', ')', '!', '\\']);
    let is_segment = !text.is_empty() && !text.contains('/') && !text.contains("**");
    is_known && (PathPattern::try_from(text).is_ok() || is_segment)
}

/// Whether a text fits: a pattern with a leading `/` is one of paths, any other knows `*` in a text without `/`.
fn fits(glob: &str, text: &str) -> bool {
    if glob.starts_with('/') {
        return text.starts_with('/') && matches(&segments(glob), &segments(text));
    }
    !text.contains('/') && segment_matches(glob.as_bytes(), text.as_bytes())
}

/// Whether a condition names a group: as an operand of a comparison of `subject.groups`, or by a `$glob` that it fits.
pub(crate) fn names_group(condition: &impl Serialize, id: &GroupId) -> bool {
    fn is_in(part: &Value, is_compared: bool, id: &str) -> bool {
        match part {
            Value::String(text) => is_compared && text == id,
            Value::Array(parts) => parts.iter().any(|part| is_in(part, is_compared, id)),
            Value::Object(parts) => parts.iter().any(|(name, part)| match part {
                Value::String(glob) if is_compared && name == "$glob" => fits(glob, id),
                part => is_in(part, is_compared || name == "subject.groups", id),
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    is_in(&json!(condition), false, id.as_str())
}
