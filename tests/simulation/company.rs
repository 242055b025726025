//! Who there is, and what may be asked for.

use access_engine::commands::Command;
use access_engine::people::Subject;
use access_engine::values::SubjectId;
use serde_json::{Value, json};

use super::chance::Chance;
use super::plan::Pace;

pub(crate) const PROJECT: &str = "acme";
/// Everybody, the first two of whom administer. The last is an account of `dev`.
pub(crate) const PEOPLE: [&str; 11] =
    ["ada", "abe", "bob", "bea", "ben", "boss", "dev", "dan", "dot", "eve", "dev-admin"];
pub(crate) const GROUPS: [&str; 2] = ["security", "ops"];
/// What policies are for; the last is inside the first.
pub(crate) const ROOTS: [&str; 4] = ["/payments/**", "/data/**", "/ops/**", "/payments/cards/**"];

pub(crate) fn subject_id(id: &str) -> SubjectId {
    SubjectId::try_from(id).expect("an id")
}

pub(crate) fn subject(id: &str) -> Value {
    let mut subject = json!({"type": "user", "id": id, "name": id, "email": format!("{id}@example.com")});
    if ["dev", "dan", "eve"].contains(&id) {
        subject["manager"] = json!("boss");
    }
    if id == "dev-admin" {
        subject["person"] = json!("dev");
    }
    subject
}

pub(crate) fn founders() -> Vec<Subject> {
    serde_json::from_value(json!([subject("ada"), subject("abe")])).expect("subjects")
}

/// What makes the project.
pub(crate) fn founding() -> Command {
    let make = json!({"createProject": {"project": PROJECT, "administrators": founders()}});
    Command::from_json(&make.to_string()).expect("a command")
}

pub(crate) fn members(group: &str) -> Value {
    let ids: &[&str] = if group == "ops" { &["ben", "dot"] } else { &["bob", "bea", "eve", "dev-admin"] };
    ids.iter().map(|id| json!({"subject": id})).collect()
}

pub(crate) fn group(id: &str) -> Value {
    json!({"id": id, "name": id, "members": members(id)})
}

/// What is said before anything else.
pub(crate) fn first_commands(chance: &mut Chance, pace: Pace) -> Vec<Value> {
    let people = PEOPLE[2..].iter().map(|id| json!({"upsertSubject": subject(id)}));
    let groups = GROUPS.iter().map(|id| json!({"upsertGroup": group(id)}));
    let changes: Vec<Value> = people.chain(groups).collect();
    let count = if chance.percent(60) { 4 } else { 3 };
    let policies = ROOTS[..count].iter().map(|root| json!({"createPolicy": policy(chance, root, pace)}));
    [json!({"syncDirectory": {"changes": changes}})].into_iter().chain(policies).collect()
}

pub(crate) fn length(pace: Pace, units: i64) -> String {
    format!("PT{}S", pace.seconds(units))
}

pub(crate) fn policy(chance: &mut Chance, root: &str, pace: Pace) -> Value {
    json!({"name": root, "targets": {"environments": ["production"], "paths": [root]}, "actions": "all",
        "steps": steps(chance, pace), "selfApproval": root.contains("ops"), "distinctApprovers": chance.percent(80),
        "requestTtl": length(pace, 4), "maxDuration": length(pace, 8), "breakGlass": glass(chance, pace)})
}

pub(crate) fn glass(chance: &mut Chance, pace: Pace) -> Value {
    let bypassers = chance.any(&[json!([{"group": "ops"}, {"subject": "dev"}]), json!([{"subject": "eve"}])]);
    json!({"bypassers": bypassers, "maxDuration": length(pace, 2)})
}

pub(crate) fn steps(chance: &mut Chance, pace: Pace) -> Value {
    let quorum = |approvers: Value, required: u32| json!({"approvers": approvers, "required": required});
    let security = |required| quorum(json!([{"group": "security"}]), required);
    let manager = quorum(json!(["manager", {"subject": "ben"}]), 1);
    let named = quorum(json!([{"subject": "eve"}, {"subject": "bea"}]), 1);
    let ops = quorum(json!([{"group": "ops"}]), 1);
    let step = |quorums: Value| json!({"quorums": quorums});
    let patient = json!({"quorums": [named], "remindEvery": format!("PT{}S", pace.seconds(1).max(3_600)),
        "escalate": {"after": length(pace, 1), "approvers": [{"group": "ops"}]}});
    match chance.below(6) {
        0 => json!([step(json!([security(1)]))]),
        1 => json!([step(json!([security(2)]))]),
        2 => json!([step(json!([manager])), step(json!([security(2)]))]),
        3 => json!([patient]),
        4 => json!([step(json!([ops])), patient]),
        _ => json!([step(json!([security(1), ops])), step(json!([manager]))]),
    }
}
