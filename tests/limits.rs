//! Limits that no command of a vector could reach: they are about how much there is, not about how much is said.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

use access_engine::analysis::{FindingCode, analyze};
use access_engine::commands::{Command, decide};
use access_engine::events::{AccessEvent, SubjectUpserted, apply};
use access_engine::limits;
use access_engine::notices::notices;
use access_engine::people::{Actor, Subject};
use access_engine::state::State;
use access_engine::values::{SubjectId, Timestamp};
use serde_json::{Value, json};

fn now() -> Timestamp {
    Timestamp::from_millis(0).unwrap()
}

fn ada() -> Actor {
    Actor::Subject(SubjectId::try_from("ada").unwrap())
}

fn add(state: &mut State, event: Value) {
    apply(state, &serde_json::from_value(event).unwrap());
}

/// A project with Ada as its administrator.
fn project() -> State {
    let mut state = State::default();
    let administrators = json!([{ "type": "user", "id": "ada", "name": "Ada" }]);
    let make = json!({ "createProject": { "project": "acme", "administrators": administrators } });
    let make = Command::from_json(&make.to_string()).unwrap();
    let events = decide(&state, &Actor::Host, &make, &now().into()).unwrap();
    events.iter().for_each(|event| apply(&mut state, event));
    state
}

fn add_subject(state: &mut State, subject: Value) {
    let subject: Subject = serde_json::from_value(subject).unwrap();
    apply(state, &AccessEvent::SubjectUpserted(SubjectUpserted { subject: subject.into() }));
}

fn refusal(state: &State, command: &Value) -> Option<&'static str> {
    let command = Command::from_json(&command.to_string()).unwrap();
    decide(state, &ada(), &command, &now().into()).err().map(|refusal| refusal.code())
}

fn terms(path: &str) -> Value {
    let approvers = json!([{ "subject": "ada" }]);
    let steps = json!([{ "quorums": [{ "approvers": approvers, "required": 1 }] }]);
    json!({ "name": path, "targets": { "paths": [path] }, "actions": "all", "steps": steps })
}

fn policy(number: usize) -> Value {
    let stated = json!({ "steps": 2, "bypassers": 2, "condition": 2 });
    let (id, terms) = (format!("pol_{number}_0"), terms(&format!("/{number}")));
    let policy = json!({ "id": id, "version": 1, "terms": terms, "stated": stated });
    json!({ "type": "policyCreated", "policy": policy })
}

#[test]
fn a_project_has_at_most_10_000_live_policies() {
    let mut state = project();
    (1..limits::LIVE_POLICIES).for_each(|number| add(&mut state, policy(number)));
    let create = json!({ "createPolicy": terms("/one-more") });
    assert_eq!(refusal(&state, &create), None);
    add(&mut state, policy(limits::LIVE_POLICIES));
    assert_eq!(refusal(&state, &create), Some("limit_exceeded"));
    add(&mut state, json!({ "type": "policyDeleted", "policyId": "pol_7_0" }));
    assert_eq!(refusal(&state, &create), None);
}

#[test]
fn a_project_has_at_most_10_000_standing_permissions() {
    let mut state = project();
    let holders = json!([{ "subject": "ada" }]);
    let terms = json!({ "name": "P", "holders": holders, "targets": { "paths": ["/"] }, "actions": "all" });
    let add_one = |state: &mut State, number: usize| {
        let permission =
            json!({ "id": format!("prm_{number}_0"), "version": 1, "terms": terms, "conditionStated": 2 });
        add(state, json!({ "type": "permissionCreated", "permission": permission }));
    };
    (1..limits::LIVE_PERMISSIONS).for_each(|number| add_one(&mut state, number));
    let create = json!({ "createPermission": terms });
    assert_eq!(refusal(&state, &create), None);
    add_one(&mut state, limits::LIVE_PERMISSIONS);
    assert_eq!(refusal(&state, &create), Some("limit_exceeded"));
    add(&mut state, json!({ "type": "permissionDeleted", "permissionId": "prm_7_0", "name": "P" }));
    assert_eq!(refusal(&state, &create), None);
}

#[test]
fn a_project_has_at_most_100_000_groups() {
    let mut state = project();
    let group = |number: usize| json!({ "id": format!("g{number}"), "name": "G", "members": [] });
    for number in 1..limits::GROUPS {
        add(&mut state, json!({ "type": "groupUpserted", "group": group(number) }));
    }
    let upsert = |number| json!({ "syncDirectory": { "changes": [{ "upsertGroup": group(number) }] } });
    let more = limits::GROUPS.saturating_add(1);
    assert_eq!(refusal(&state, &upsert(more)), None);
    add(&mut state, json!({ "type": "groupUpserted", "group": group(limits::GROUPS) }));
    assert_eq!(refusal(&state, &upsert(more)), Some("limit_exceeded"));
    let renamed = json!({ "id": "g1", "name": "Renamed", "members": [] });
    assert_eq!(
        refusal(&state, &json!({ "syncDirectory": { "changes": [{ "upsertGroup": renamed }] } })),
        None
    );
}

#[test]
fn a_project_has_at_most_1_000_000_subjects_disabled_ones_included() {
    let mut state = project();
    let subject = |number: usize| json!({ "type": "user", "id": format!("s{number}"), "name": "S" });
    let add_one = |state: &mut State, number| add_subject(state, subject(number));
    // Ada is one of them.
    (2..limits::SUBJECTS).for_each(|number| add_one(&mut state, number));
    let upsert = |number| json!({ "syncDirectory": { "changes": [{ "upsertSubject": subject(number) }] } });
    let more = limits::SUBJECTS.saturating_add(1);
    assert_eq!(refusal(&state, &upsert(more)), None);
    add_one(&mut state, limits::SUBJECTS);
    add(&mut state, json!({ "type": "subjectRemoved", "subjectId": "s7" }));
    assert_eq!(refusal(&state, &upsert(more)), Some("limit_exceeded"));
    assert_eq!(refusal(&state, &upsert(7)), None);
}

/// Every path begins with a wildcard, so that any two could overlap: 1,000 of policies, 32 of each permission.
#[test]
fn an_analysis_says_with_which_permission_it_stopped_comparing_paths() {
    let mut state = project();
    for number in 1..=1_000 {
        let mut created = policy(number);
        created["policy"]["terms"]["targets"]["paths"] = json!([format!("/*a/{number}")]);
        created["policy"]["terms"]["actions"] = json!(["write"]);
        add(&mut state, created);
    }
    // Each policy with all that are near the permission, of which none governs what that is for.
    let compared = limits::PATHS_COMPARED.div_ceil(1_000 * 1_000);
    for number in 1..=compared + 2 {
        let paths = [format!("/b{number}*/**")];
        let terms = json!({ "name": "P", "holders": [{ "subject": "ada" }], "targets": { "paths": paths }, "actions": ["read"] });
        let id = format!("prm_{number}_0");
        let permission = json!({ "id": id, "version": 1, "terms": terms, "conditionStated": 2 });
        add(&mut state, json!({ "type": "permissionCreated", "permission": permission }));
    }
    let found = analyze(&state, now());
    let stopped = found.iter().filter(|it| it.code == FindingCode::PermissionsNotCompared);
    let stopped: Vec<_> = stopped.map(|it| it.permission_id.as_ref().unwrap().to_string()).collect();
    assert_eq!(stopped, [format!("prm_{compared}_0")]);
    assert!(found.iter().all(|it| it.code != FindingCode::PermissionOpensGoverned));
}

/// The JSON of the notices of a request that so many people are asked about, whose reason is as long as it may be.
fn notices_of_asking(approvers: usize) -> String {
    let mut state = project();
    let ids: Vec<String> = (1..=approvers).map(|number| format!("approver-{number:05}")).collect();
    for id in ids.iter().map(String::as_str).chain(["dev"]) {
        let email = format!("{id}@example.com");
        add_subject(&mut state, json!({ "type": "user", "id": id, "name": id, "email": email }));
    }
    let members: Vec<_> = ids.iter().map(|id| json!({ "subject": id })).collect();
    let group = json!({ "id": "all", "name": "All", "members": members });
    add(&mut state, json!({ "type": "groupUpserted", "group": group }));
    let mut created = policy(1);
    created["policy"]["terms"]["steps"][0]["quorums"][0]["approvers"] = json!([{ "group": "all" }]);
    add(&mut state, created);
    let ask = json!({ "requestAccess": { "target": { "path": "/1" }, "actions": ["read"], "duration": "PT1H",
        "justification": "!".repeat(limits::TEXT_CHARS) } });
    let command = Command::from_json(&ask.to_string()).unwrap();
    let dev = Actor::Subject(SubjectId::try_from("dev").unwrap());
    let events = decide(&state, &dev, &command, &now().into()).unwrap();
    serde_json::to_string(&notices(&state, &dev, &events)).unwrap()
}

#[test]
fn whoever_is_asked_adds_his_id_to_a_commit_and_nothing_else() {
    let (few, many) = (notices_of_asking(10_000), notices_of_asking(20_000));
    let an_id = r#""approver-00001","#.len();
    assert_eq!(many.len() - few.len(), 10_000 * an_id);
    assert!(!many.contains('!') && !many.contains('@'));
}
