//! Conditions, read as they were given (`condition.*`).

use std::collections::BTreeMap;

use access_engine::access::AccessQuery;
use access_engine::people::{KnownSubject, Principal, SubjectType};
use access_engine::values::GroupId;
use serde::Serialize;
use serde_json::{Value, json};

use super::people::People;
use super::resources::{matches, segment_matches, segments};

/// What a condition reads: attributes by their names, each as a list of values.
pub(crate) type Attributes = BTreeMap<String, Vec<Value>>;

fn values(value: &impl Serialize) -> Vec<Value> {
    match json!(value) {
        Value::Array(values) => values,
        value => vec![value],
    }
}

/// What a condition that was stated in a commit knows of a subject: no ids that others have taken over since.
pub(crate) fn of_subject(people: &People, subject: &KnownSubject, stated: u64) -> Attributes {
    let kind = match subject.kind {
        SubjectType::User => "user",
        SubjectType::Service => "service",
    };
    let mut attributes = Attributes::new();
    attributes.insert(String::from("subject.name"), values(&subject.name));
    attributes.insert(String::from("subject.type"), values(&kind));
    if let Some(email) = &subject.email {
        attributes.insert(String::from("subject.email"), values(email));
    }
    let member = Principal::from(&subject.id);
    if people.is_since(&member, stated) {
        attributes.insert(String::from("subject.id"), values(&subject.id));
    }
    let mut groups = groups_around(people, &member);
    groups.retain(|id| people.is_since(&id.into(), stated));
    groups.sort();
    groups.dedup();
    attributes.insert(String::from("subject.groups"), values(&groups));
    if let Value::Object(properties) = json!(subject.properties) {
        for (name, value) in properties {
            attributes.insert(format!("subject.properties.{name}"), values(&value));
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
    let resource = &query.resource;
    attributes.insert(String::from("action"), values(&query.action));
    attributes.insert(String::from("resource.type"), values(&resource.kind));
    for name in ["resource.path", "secretPath"] {
        attributes.insert(name.to_owned(), values(&resource.path));
    }
    if let Some(environment) = &resource.environment {
        for name in ["resource.environment", "environment"] {
            attributes.insert(name.to_owned(), values(environment));
        }
    }
    for (name, value) in query.context.iter() {
        attributes.insert(format!("context.{name}"), values(value));
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
        name => attribute(attributes.get(name), value, is_negated),
    };
    all(is_negated, keys.map(part))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn attribute(there: Option<&Vec<Value>>, compared: &Value, is_negated: bool) -> bool {
    match compared.as_object() {
        Some(operators) => all(
            is_negated,
            operators.iter().map(|(name, operand)| operator(there, name, operand, is_negated)),
        ),
        None => operator(there, "$eq", compared, is_negated),
    }
}

/// Whether a comparison holds, or, negated, does not; false both ways where there is nothing to compare.
fn operator(there: Option<&Vec<Value>>, name: &str, operand: &Value, is_negated: bool) -> bool {
    match name {
        "$exists" => return (there.is_some() == (operand == &json!(true))) != is_negated,
        "$ne" => return operator(there, "$eq", operand, !is_negated),
        "$nin" => return operator(there, "$in", operand, !is_negated),
        _ => {}
    }
    let Some(there) = there else { return false };
    let mut numbers = there.iter().filter_map(Value::as_i64).peekable();
    let mut texts = there.iter().filter_map(Value::as_str).peekable();
    let bound = operand.as_i64();
    let is_so = match name {
        "$eq" => match operand.as_array() {
            Some(all) => there == all,
            None => there.contains(operand),
        },
        "$in" => list(operand).iter().any(|one| there.contains(one)),
        "$all" => list(operand).iter().all(|one| there.contains(one)),
        "$glob" if texts.peek().is_none() => return false,
        "$glob" => texts.any(|text| fits(operand.as_str().expect("a text"), text)),
        _ if numbers.peek().is_none() => return false,
        "$gt" => numbers.any(|number| Some(number) > bound),
        "$gte" => numbers.any(|number| Some(number) >= bound),
        "$lt" => numbers.any(|number| Some(number) < bound),
        "$lte" => numbers.any(|number| Some(number) <= bound),
        other => panic!("`{other}` is not an operator"),
    };
    is_so != is_negated
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
