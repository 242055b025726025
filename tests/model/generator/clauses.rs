//! Conditions, and the standing permissions that carry them, mostly sensible.

use access_engine::conditions::RequesterCondition;
use access_engine::people::Principal;
use access_engine::permissions::PermissionTerms;
use access_engine::values::AtMost;
use serde_json::{Value, json};

use super::chance::Chance;
use super::inputs::{GROUPS, STRANGER, SUBJECTS, action_set, distinct, group_id, name, subject_id, targets};

pub(crate) fn requester_condition(chance: &mut Chance) -> RequesterCondition {
    serde_json::from_value(condition(chance, 1, &OF_SUBJECT)).expect("a condition")
}

/// A standing permission, mostly with a condition.
pub(crate) fn permission(chance: &mut Chance) -> PermissionTerms {
    let count = if chance.percent(2) { 0 } else { 1 + chance.below(2) };
    let holder = |chance: &mut Chance| match chance.weighted(&[480, 480, 20, 20]) {
        0 => Principal::Group(group_id(chance.pick(&GROUPS))),
        1 => Principal::Subject(subject_id(chance.pick(&SUBJECTS))),
        2 => Principal::Group(group_id("nil")),
        _ => Principal::Subject(subject_id(STRANGER)),
    };
    let holders = distinct((0..count).map(|_| holder(chance)).collect());
    let all: Vec<Compared> = [&OF_SUBJECT[..], &OF_QUERY[..], &OF_QUERY[..]].concat();
    let condition =
        |chance: &mut Chance| serde_json::from_value(condition(chance, 1, &all)).expect("a condition");
    PermissionTerms {
        name: name(chance.pick(&["Staff", "Robots"])),
        holders: AtMost::try_from(holders).expect("few"),
        targets: targets(chance),
        actions: action_set(chance),
        condition: chance.percent(70).then(|| condition(chance)),
    }
}

const OF_QUERY: [Compared; 14] = [
    ("resource.type", &["secret", "database"]),
    ("resource.environment", &["production", "staging", "s*"]),
    ("environment", &["production", "qa", "*"]),
    ("resource.path", &["/a/b", "/a/**", "/*/b", "*a*"]),
    ("secretPath", &["/b", "/**/b", "/a*"]),
    ("action", &["read", "write", "*t*"]),
    ("context.country", &["nl", "be", "n*"]),
    ("context.country", &["be", "nl", "*e"]),
    ("context.home", &["/a/b", "/**/b", "b"]),
    ("action.name", &["read", "write", "r*"]),
    ("action.properties.country", &["nl", "be", "n*"]),
    ("resource.properties.home", &["/a/b", "/**/b", "b"]),
    ("resource.properties.owner", &["ada", "ops", "h*"]),
    ("resource.properties.owner", &["cyd", "all", "*a*"]),
];

/// An attribute, and what it may be compared with.
type Compared = (&'static str, &'static [&'static str]);

const OF_SUBJECT: [Compared; 7] = [
    ("subject.id", &["ada", "cyd", "hal", "*a*"]),
    ("subject.type", &["user", "service"]),
    ("subject.name", &["Another", "ada", "a*", "*"]),
    ("subject.email", &["ada@example.com", "*@example.com", "c*"]),
    ("subject.groups", &["all", "ops", "sec", "o*"]),
    ("subject.properties.team", &["red", "blue", "r*"]),
    ("subject.properties.home", &["/a/b", "/**/b", "/a/**", "b"]),
];

/// A condition, as it is written.
fn condition(chance: &mut Chance, level: usize, attributes: &[Compared]) -> Value {
    let deeper = |chance: &mut Chance| condition(chance, level + 1, attributes);
    match chance.weighted(if level < 3 { &[60, 15, 13, 12] } else { &[1, 0, 0, 0] }) {
        1 => json!({ "$not": deeper(chance) }),
        2 => json!({ "$or": [deeper(chance), deeper(chance)] }),
        3 => json!({ "$and": [deeper(chance)], "$not": deeper(chance) }),
        _ if chance.percent(18) => {
            let operator = chance.pick(&["$gt", "$gte", "$lt", "$lte", "$eq", "$ne"]);
            let of_query = attributes.iter().any(|(name, _)| name.starts_with("context."));
            let levels = if of_query { &LEVELS[..] } else { &LEVELS[..1] };
            let name = *levels.last().expect("one");
            let bound = if chance.percent(25) {
                json!({ "$ref": chance.pick(levels) })
            } else {
                json!(chance.between(1, 3))
            };
            json!({ name: { operator: bound } })
        }
        _ if chance.percent(20) => {
            let operators = ["$eq", "$ne", "$in", "$nin", "$all", "$glob", "$gte"];
            let (name, other) = (chance.pick(attributes).0, json!({ "$ref": chance.pick(attributes).0 }));
            if chance.percent(20) {
                return json!({ name: other });
            }
            json!({ name: { chance.pick(&operators): other } })
        }
        _ => {
            let (name, operands) = chance.pick(attributes);
            json!({ name: comparison(chance, operands) })
        }
    }
}

/// What has a number for its value.
const LEVELS: [&str; 3] = ["subject.properties.level", "resource.properties.level", "context.level"];

fn comparison(chance: &mut Chance, operands: &[&str]) -> Value {
    let (one, other) = (chance.pick(operands), chance.pick(operands));
    match chance.weighted(&[20, 8, 12, 18, 12, 8, 8, 14]) {
        0 => json!(one),
        1 => json!([one, other]),
        2 => json!({ "$ne": one }),
        3 => json!({ "$in": [one, other] }),
        4 => json!({ "$nin": [one, other] }),
        5 => json!({ "$all": [one, other] }),
        6 => json!({ "$exists": chance.percent(50) }),
        _ => json!({ "$glob": one }),
    }
}
