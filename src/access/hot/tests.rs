//! The sheets answer, and answer what the plain rule does, whatever happens between two questions.

use serde_json::{Value, json};

use super::*;
use crate::access::AccessQuery;
use crate::access::evaluate::plain_ground;
use crate::commands::Command;
use crate::engine::Project;
use crate::people::Actor;
use crate::values::ProjectId;

const NOBODY: &str = "nobody";

struct Company {
    engine: Project,
    now: Timestamp,
    /// The sheets that have followed everything.
    hot: Hot,
}

impl Company {
    fn run(&mut self, actor: &str, command: &Value) {
        let actor = SubjectId::try_from(actor).map(Actor::Subject).unwrap();
        let actor = if actor.subject().is_some_and(|id| id.as_str() == NOBODY) { Actor::Host } else { actor };
        let version = self.engine.version();
        let command = Command::from_json(&command.to_string()).unwrap();
        self.engine.run(&actor, &command, self.now).unwrap();
        for commit in self.engine.log().iter().skip(usize::try_from(version).unwrap()) {
            self.hot.follow(self.engine.state(), &commit.events);
        }
        self.check();
    }

    /// Asks everything of everybody, twice: the second answer comes from a sheet that was there.
    fn check(&self) {
        let mut anew = Hot::default();
        anew.restart(self.engine.state());
        for _ in 0..2 {
            self.ask(&self.hot);
            self.ask(&anew);
        }
    }

    fn ask(&self, hot: &Hot) {
        let state = self.engine.state();
        let questions = ["ada", "dev", "bot"].into_iter().flat_map(|subject| {
            ["read", "write"].into_iter().flat_map(move |action| {
                ["/app/x", "/app/secret/x", "/other"].into_iter().map(move |path| {
                    let resource = json!({ "environment": "production", "path": path });
                    json!({ "subject": { "subject": subject }, "action": action, "resource": resource })
                })
            })
        });
        for question in questions {
            let query: AccessQuery = serde_json::from_value(question.clone()).unwrap();
            let subject = state.directory().subject(&query.subject).filter(|subject| !subject.disabled);
            let Some(subject) = subject else { continue };
            let plain = plain_ground(state, subject, query.deed(), self.now);
            assert_eq!(hot.ground(state, subject, query.deed(), self.now), Some(plain), "{question}");
        }
    }
}

fn policy(name: &str, path: &str) -> Value {
    let steps = json!([{ "quorums": [{ "required": 1, "approvers": [{ "subject": "ada" }] }] }]);
    let targets = json!({ "environments": ["production"], "paths": [path] });
    let break_glass = json!({ "bypassers": [{ "subject": "dev" }, { "subject": "bot" }] });
    json!({ "name": name, "targets": targets, "actions": "all", "steps": steps, "breakGlass": break_glass })
}

fn break_glass(path: &str) -> Value {
    let target = json!({ "environment": "production", "path": path });
    let draft = json!({ "target": target, "actions": ["read"], "duration": "PT30M" });
    json!({ "breakGlass": { "draft": draft, "justification": "it is on fire" } })
}

#[test]
fn sheets_follow_whatever_happens() {
    let engine = Project::new(ProjectId::try_from("acme").unwrap());
    let mut project = Company { engine, now: Timestamp::from_millis(0).unwrap(), hot: Hot::default() };
    let user = |id: &str| json!({ "type": "user", "id": id, "name": id });
    let sync = |change: Value| json!({ "syncDirectory": { "changes": [change] } });
    let make = json!({ "project": "acme", "administrators": [user("ada"), user("dev")] });
    project.run(NOBODY, &json!({ "createProject": make }));
    project.run("ada", &sync(json!({ "upsertSubject": user("bot") })));
    let group = json!({ "id": "ops", "name": "Ops", "members": [{ "subject": "dev" }] });
    project.run("ada", &sync(json!({ "upsertGroup": group })));
    let targets = json!({ "environments": ["production"], "paths": ["/other"] });
    let permission =
        json!({ "name": "P", "holders": [{ "group": "ops" }], "targets": targets, "actions": ["read"] });
    project.run("ada", &json!({ "createPermission": permission }));
    let bot = json!({ "groupId": "ops", "members": [{ "subject": "bot" }] });
    project.run("ada", &sync(json!({ "addMembers": bot })));
    project.run("ada", &sync(json!({ "removeMembers": bot })));
    let inner = json!({ "id": "inner", "name": "Inner", "members": [{ "subject": "bot" }] });
    project.run("ada", &sync(json!({ "upsertGroup": inner })));
    let nested = json!({ "groupId": "ops", "members": [{ "group": "inner" }] });
    project.run("ada", &sync(json!({ "addMembers": nested })));
    project.run("ada", &sync(json!({ "removeGroup": "inner" })));
    let id = project.engine.state().permissions().all()[0].id.clone();
    let patch = json!({ "permissionId": id, "actions": ["read", "write"] });
    project.run("ada", &json!({ "updatePermission": patch }));
    project.run("ada", &json!({ "createPolicy": policy("app", "/app/**") }));
    project.run("dev", &break_glass("/app/**"));
    project.run("bot", &break_glass("/app/x"));
    project.run("ada", &json!({ "createPolicy": policy("secret", "/app/secret/**") }));
    let secret = project.engine.state().policies().all_live().last().unwrap().id.clone();
    let elsewhere = json!({ "environments": ["production"], "paths": ["/app/x"] });
    project.run("ada", &json!({ "updatePolicy": { "policyId": secret, "targets": elsewhere } }));
    project.run("ada", &json!({ "deletePolicy": { "policyId": secret } }));
    project.run("ada", &json!({ "deletePermission": { "permissionId": id } }));
    let bots = project.engine.state().grants().open().find(|grant| grant.holder.as_str() == "bot");
    let revoke = json!({ "grantId": bots.unwrap().id, "reason": "over" });
    project.run("ada", &json!({ "revokeGrant": revoke }));
    project.now = Timestamp::from_millis(31 * 60_000).unwrap();
    project.check();
    project.run("ada", &sync(json!({ "removeSubject": "bot" })));
    project.run("ada", &sync(json!({ "upsertSubject": user("bot") })));
}
