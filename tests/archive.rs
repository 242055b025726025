//! What leaves the working state with what is archived, and shows in no answer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

use access_engine::commands::Command;
use access_engine::people::Actor;
use access_engine::questions::RequestFilter;
use access_engine::record::Receipt;
use access_engine::values::{PolicyId, ProjectId, Seconds, SubjectId, Timestamp};
use access_engine::{Project, events::AccessEvent};
use serde_json::{Value, json};

fn day(number: u64) -> Timestamp {
    Timestamp::from_millis(0).unwrap().plus(Seconds::days(number))
}

fn id(text: &str) -> SubjectId {
    SubjectId::try_from(text).unwrap()
}

fn run(engine: &mut Project, by: &str, command: &Value, at: Timestamp) -> Receipt {
    let actor = if by == "host" { Actor::Host } else { Actor::Subject(id(by)) };
    engine.run(&actor, &Command::from_json(&command.to_string()).unwrap(), at).unwrap()
}

fn tick(engine: &mut Project, at: Timestamp) -> Vec<AccessEvent> {
    let due = engine.due(at);
    due.map_or_else(Vec::new, |commit| engine.apply(commit).unwrap().events)
}

fn subject(id: &str) -> Value {
    json!({ "type": "user", "id": id, "name": id })
}

fn policy(name: &str) -> Value {
    let approvers = json!([{ "subject": "bob" }, { "subject": "sam" }]);
    let steps = json!([{ "quorums": [{ "approvers": approvers, "required": 1 }] }]);
    let targets = json!({ "paths": [format!("/{name}/**")] });
    json!({ "createPolicy": { "name": name, "targets": targets, "actions": "all", "steps": steps, "requestTtl": "P60D" } })
}

fn ask(path: &str) -> Value {
    json!({ "requestAccess": { "target": { "path": path }, "actions": ["read"], "duration": "PT1H" } })
}

fn remove(id: &str) -> Value {
    json!({ "syncDirectory": { "changes": [{ "removeSubject": id }] } })
}

/// A project with the policies `a` and `b`.
fn project() -> (Project, [PolicyId; 2]) {
    let mut engine = Project::new(ProjectId::try_from("acme").unwrap());
    let project = json!({ "createProject": { "project": "acme", "administrators": [subject("ada")] } });
    run(&mut engine, "host", &project, day(0));
    let people = ["bob", "sam", "dev", "dana", "eve"].map(|id| json!({ "upsertSubject": subject(id) }));
    run(&mut engine, "ada", &json!({ "syncDirectory": { "changes": people } }), day(0));
    let policies = ["a", "b"].map(|name| run(&mut engine, "ada", &policy(name), day(0)).policy_id.unwrap());
    (engine, policies)
}

#[test]
fn versions_of_policies_leave_that_nothing_left_names() {
    let (mut engine, [a, b]) = project();
    let asked = run(&mut engine, "dev", &ask("/a/1"), day(0)).request_id;
    for (policy, name) in [(&a, "A"), (&a, "AA"), (&b, "B")] {
        run(&mut engine, "ada", &json!({ "updatePolicy": { "policyId": policy, "name": name } }), day(1));
        run(&mut engine, "dana", &ask(&format!("/a/{name}")), day(1));
    }
    run(&mut engine, "dev", &json!({ "cancelRequest": { "requestId": asked } }), day(1));
    run(&mut engine, "ada", &json!({ "deletePolicy": { "policyId": b } }), day(1));
    let known = |engine: &Project| {
        let policies = engine.state().policies();
        let versions = |policy| [1, 2, 3].map(|version| policies.version(policy, version).is_some());
        [versions(&a), versions(&b)]
    };
    assert_eq!(known(&engine), [[true, true, true], [true, true, false]]);
    assert_eq!(tick(&mut engine, day(36)).len(), 1);
    assert_eq!(
        known(&engine),
        [[false, true, true], [false, false, false]],
        "dana asks under the second and third"
    );
    assert!(engine.state().policies().name(&b).is_none());
    tick(&mut engine, day(96));
    assert_eq!(known(&engine), [[false, false, true], [false, false, false]]);
}

#[test]
fn whoever_was_removed_leaves_but_for_the_id_when_nothing_left_names_him() {
    let (mut engine, [a, _]) = project();
    for (path, at) in [("/a/1", day(0)), ("/a/2", day(10))] {
        let asked = run(&mut engine, "dev", &ask(path), at).request_id;
        run(&mut engine, "dev", &json!({ "cancelRequest": { "requestId": asked } }), at);
    }
    run(&mut engine, "dana", &ask("/a/3"), day(1));
    ["dana", "eve", "sam"].iter().for_each(|id| drop(run(&mut engine, "ada", &remove(id), day(10))));
    let known = |engine: &Project| {
        let directory = engine.state().directory();
        ["dana", "eve", "sam"].map(|name| directory.subject(&id(name)).is_some())
    };
    tick(&mut engine, day(35));
    assert_eq!(known(&engine), [true, false, true], "of dana a request is left, and the policies name sam");
    tick(&mut engine, day(46));
    assert_eq!(known(&engine), [false, false, true]);
    let ids = engine.state().directory();
    assert!(["dana", "eve", "sam"].iter().all(|name| ids.has_known(&id(name))), "an id is known for ever");
    assert!(!ids.has_known(&id("zoe")));
    assert!(engine.state().policies().live(&a).is_some());
}

/// The archive of requests, paged to its end: their ids, and the cursors on the way.
fn archive(engine: &Project, by: &str, filter: &Value, at: Timestamp) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut cursors) = (Vec::new(), Vec::new());
    let mut filter = filter.clone();
    loop {
        let read: RequestFilter = serde_json::from_value(filter.clone()).unwrap();
        let page = engine.archived_requests(&Actor::Subject(id(by)), &read, at).unwrap();
        ids.extend(page.items.iter().map(|request| request.id.to_string()));
        let Some(next) = page.next else { return (ids, cursors) };
        filter["after"] = json!(next);
        cursors.push(filter["after"].to_string());
    }
}

#[test]
fn the_archive_goes_on_where_nothing_was_archived_for_long_and_names_nobody_elses() {
    let (mut engine, _) = project();
    let mut asked = Vec::new();
    for (by, path) in [("dev", "/a/1"), ("eve", "/a/2"), ("dana", "/a/3")] {
        let request = run(&mut engine, by, &ask(path), day(0)).request_id.unwrap();
        run(&mut engine, by, &json!({ "cancelRequest": { "requestId": request } }), day(0));
        asked.push(request.to_string());
    }
    for number in 0..2_100 {
        let mut renamed = subject("sam");
        renamed["name"] = json!(format!("Sam {number}"));
        let change = json!({ "syncDirectory": { "changes": [{ "upsertSubject": renamed }] } });
        run(&mut engine, "ada", &change, day(0));
    }
    let last = run(&mut engine, "dev", &ask("/a/4"), day(0)).request_id.unwrap();
    run(&mut engine, "dev", &json!({ "cancelRequest": { "requestId": last } }), day(0));
    tick(&mut engine, day(60));
    let all = [asked.as_slice(), &[last.to_string()]].concat();
    let (newest_first, _) = archive(&engine, "ada", &json!({}), day(60));
    assert!(newest_first.iter().eq(all.iter().rev()), "{newest_first:?}");
    assert_eq!(archive(&engine, "ada", &json!({ "order": "oldest_first" }), day(60)).0, all);
    let (own, cursors) = archive(&engine, "dev", &json!({ "limit": 1 }), day(60));
    assert!(own.iter().eq([&all[3], &all[0]]), "{own:?}");
    assert!(cursors.iter().all(|cursor| !cursor.contains("req_")), "{cursors:?}");
}
