//! People and groups as the directory is told of them.

use serde_json::{Value, json};

/// A person, or the one program. What conditions read of them is in their properties, and what nobody reads.
pub(super) fn subject(id: &str, is_disabled: bool, manager: Option<&str>) -> Value {
    let kind = if id == "bot" { "service" } else { "user" };
    let mut subject = json!({
        "type": kind, "id": id, "name": format!("Name of {id}"), "email": format!("{id}@example.com"),
        "disabled": is_disabled, "properties": { "badge": format!("Badge of {id}") },
    });
    if let Some(manager) = manager {
        subject["manager"] = json!(manager);
    }
    let level = ["bea", "dev", "sam"].iter().position(|known| *known == id);
    if let Some(level) = level {
        subject["properties"]["level"] = json!(level + 1);
    }
    subject
}

pub(super) fn members(ids: &[&str]) -> Vec<Value> {
    ids.iter().map(|id| json!({ "subject": id })).collect()
}

pub(super) fn group(id: &str, members: &[Value]) -> Value {
    json!({ "id": id, "name": format!("Group {id}"), "members": members })
}
