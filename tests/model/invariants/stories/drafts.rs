//! What is asked for, permitted or changed, chosen by the numbers of a happening.

use access_engine::values::{PermissionId, PolicyId, Seconds, Timestamp};
use serde_json::{Value, json};

use super::policies::ENTRIES;
use super::{GROUPS, Happening};

impl Happening {
    /// Who may what without asking; its condition may read what `isAllowed` does not know.
    pub(super) fn permission(&self) -> Value {
        let holders =
            [json!({ "group": GROUPS[usize::from(self.who) % 2] }), json!({ "subject": self.person() })];
        let conditions = [
            json!({ "context.ticket": { "$exists": true } }),
            json!({ "$not": { "context.ticket": { "$exists": true } } }),
            json!({ "$not": { "context.ticket": "T-1" } }),
            json!({ "subject.groups": "ops", "secretPath": { "$glob": "/a/**" } }),
            json!({ "$or": [{ "subject.properties.level": { "$gte": 2 } }, { "context.ticket": { "$in": ["T-1", "T-2"] } }] }),
            json!({ "$not": { "$and": [{ "environment": "production" }, { "subject.type": "user" }] } }),
            json!({ "context.ticket": { "$nin": ["T-3"] }, "action": { "$ne": "write" } }),
        ];
        let mut permission = json!({
            "name": "Standing", "holders": holders,
            "targets": { "environments": ["*"], "paths": ENTRIES[usize::from(self.pick) % ENTRIES.len()] },
            "actions": if self.once_in(2) { json!("all") } else { json!(["read"]) },
        });
        if self.once_in(3) {
            permission["holders"] = json!([holders[usize::from(self.who) % 2]]);
        }
        if let Some(condition) = conditions.get(usize::from(self.choice / 4 % 9)) {
            permission["condition"] = condition.clone();
        }
        permission
    }

    /// One part of a standing permission made another.
    pub(super) fn change(&self, id: &PermissionId) -> Value {
        let part = ["holders", "targets", "actions", "condition"][usize::from(self.choice % 4)];
        let other = self.permission();
        let mut change = json!({ "permissionId": id });
        change[part] = other.get(part).cloned().unwrap_or(Value::Null);
        change
    }

    /// What nobody else says.
    pub(super) fn said(&self, what: &str) -> String {
        format!("{} {what} {} {}", self.person(), self.pick, self.choice)
    }

    pub(super) fn draft(&self, now: Timestamp) -> Value {
        const TARGETS: [&str; 8] = ["/a/b", "/a/**", "/a/*", "/b", "/**", "/*/b", "/a/b/a", "/b/b/a"];
        let environment = if self.once_in(11) { "*" } else { "production" };
        let actions = [json!(["read"]), json!(["write"]), json!(["write", "read"])]
            [usize::from(self.choice % 3)]
        .clone();
        let mut draft = json!({
            "target": { "environment": environment, "path": TARGETS[usize::from(self.pick) % TARGETS.len()] },
            "actions": actions, "justification": self.said("asks"),
        });
        match self.choice % 6 {
            0 => draft["permanent"] = json!(true),
            1 => draft["duration"] = json!("PT90M"),
            2 => draft["duration"] = json!("PT5M"),
            _ => draft["duration"] = json!("PT45M"),
        }
        if self.once_in(13) {
            draft["startsAt"] = json!(now.plus(Seconds::minutes(20)));
        }
        if self.once_in(5) && draft.get("permanent").is_none() {
            draft["until"] = json!(now.plus(Seconds::minutes(40 + u64::from(self.choice % 50))));
            if self.once_in(2) {
                draft.as_object_mut().unwrap().remove("duration");
            }
        }
        draft
    }

    pub(super) fn update(&self, id: &PolicyId) -> Value {
        let mut update = json!({ "policyId": id });
        let by = |group: &str| json!([{ "quorums": [{ "approvers": [{ "group": group }], "required": 1 }] }]);
        match self.choice % 9 {
            8 => update["condition"] = json!({ "subject.groups": GROUPS[usize::from(self.who) % 2] }),
            0 => update["steps"] = by("security"),
            1 => update["steps"] = by("ops"),
            2 => {
                update["targets"] =
                    json!({ "environments": ["*"], "paths": ENTRIES[usize::from(self.who) % 7] })
            }
            3 => {
                update["targets"] =
                    json!({ "environments": ["production"], "paths": ENTRIES[usize::from(self.who) % 7] })
            }
            4 => update["breakGlass"] = json!({ "bypassers": [{ "subject": self.person() }] }),
            5 => update["maxDuration"] = json!("PT1H"),
            6 => update["actions"] = json!(["read"]),
            _ => update["selfApproval"] = json!(self.once_in(2)),
        }
        if self.pick.is_multiple_of(5) {
            update["pendingRequests"] = json!("cancel");
        } else if self.pick.is_multiple_of(2) {
            update["pendingRequests"] = json!("restart");
        }
        if self.who.is_multiple_of(6) {
            update["version"] = json!(1);
        }
        if self.pick.is_multiple_of(7) {
            update["liveGrants"] = json!("revoke");
        }
        update
    }
}
