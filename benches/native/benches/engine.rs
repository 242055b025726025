//! What the engine takes without JavaScript: a command, a question, a commit that is read, a snapshot.

use std::hint::black_box;

use access_engine::access::AccessQuery;
use access_engine::{Actor, Command, Engine, Project, ProjectId, SubjectId, Timestamp};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::value::RawValue;
use serde_json::{Value, json};

const SIZES: [u32; 2] = [100, 10_000];
const GRANTS_EACH: u32 = 10;

fn now() -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000).expect("it is a point in time")
}

fn by(id: &str) -> Actor {
    Actor::Subject(SubjectId::try_from(id).expect("it is an id"))
}

fn command(command: &Value) -> Command {
    Command::from_json(&command.to_string()).expect("it is a command")
}

fn user(id: &str) -> Value {
    json!({ "type": "user", "id": id, "name": id, "email": format!("{id}@example.com") })
}

fn request(path: &str) -> Command {
    let target = json!({ "environment": "production", "path": path });
    command(&json!({ "requestAccess": { "target": target, "actions": ["read"], "duration": "PT1H" } }))
}

/// Asks for something; what approves it.
fn ask(project: &mut Project, requester: &str, path: &str) -> Command {
    let receipt = project.run(&by(requester), &request(path), now()).expect("it may be asked for");
    let id = receipt.request_id.expect("a request was made");
    let hash = &project.state().requests().get(&id).expect("it is there").content_hash;
    command(&json!({ "reviewRequest": { "requestId": id, "verdict": "approve", "contentHash": hash } }))
}

/// A project with so many live grants, ten a subject.
fn project(grants: u32) -> Project {
    let mut project = Project::new(ProjectId::try_from("bench").expect("it is an id"));
    let ada = by("ada");
    let mut run = |by: &Actor, it: Value| drop(project.run(by, &command(&it), now()).expect("it is allowed"));
    run(&Actor::Host, json!({ "createProject": { "project": "bench", "administrators": [user("ada")] } }));
    let subjects: Vec<String> = (0..grants / GRANTS_EACH).map(|number| format!("u{number}")).collect();
    for some in subjects.chunks(1000) {
        let changes: Vec<Value> = some.iter().map(|id| json!({ "upsertSubject": user(id) })).collect();
        run(&ada, json!({ "syncDirectory": { "changes": changes } }));
    }
    let steps = json!([{ "quorums": [{ "required": 1, "approvers": [{ "subject": "ada" }] }] }]);
    let targets = json!({ "environments": ["production"], "paths": ["/**"] });
    run(
        &ada,
        json!({ "createPolicy": { "name": "All", "targets": targets, "actions": "all", "steps": steps } }),
    );
    for number in 0..GRANTS_EACH {
        for subject in &subjects {
            let approve = ask(&mut project, subject, &format!("/services/x{number}"));
            project.run(&ada, &approve, now()).expect("it may be approved");
        }
    }
    project
}

fn engine(criterion: &mut Criterion) {
    for size in SIZES {
        let mut group = criterion.benchmark_group("engine");
        let project = project(size);
        let name = |what: &str| BenchmarkId::new(what, size);
        let query = json!({ "subject": { "subject": "u1" }, "action": "read",
            "resource": { "environment": "production", "path": "/services/x5" } });
        let query: AccessQuery = serde_json::from_value(query).expect("it is a query");
        group.bench_function(name("is_allowed"), |it| {
            it.iter(|| project.is_allowed(black_box(&query), now()))
        });
        group.bench_function(name("evaluate"), |it| it.iter(|| project.evaluate(black_box(&query), now())));
        let new = request("/new");
        group.bench_function(name("a request"), |it| {
            let copy = || project.clone();
            it.iter_batched_ref(copy, |project| project.run(&by("u1"), &new, now()), BatchSize::SmallInput);
        });
        let mut asked = project.clone();
        let approve = ask(&mut asked, "u1", "/new");
        group.bench_function(name("a review that gives access"), |it| {
            let copy = || asked.clone();
            it.iter_batched_ref(copy, |asked| asked.run(&by("ada"), &approve, now()), BatchSize::SmallInput);
        });
        group.sample_size(10);
        group.bench_function(name("a snapshot"), |it| it.iter(|| project.snapshot()));
        let (id, snapshot) = (project.project(), project.snapshot());
        group.bench_function(name("open from a snapshot"), |it| it.iter(|| Engine::open(id, &snapshot.data)));
        let raw = |stored| RawValue::from_string(stored).expect("it is JSON");
        let record: Vec<_> = project.stored().map(raw).collect();
        group.throughput(Throughput::Elements(record.len() as u64));
        group.bench_function(name("read the record"), |it| {
            it.iter(|| {
                let mut engine = Engine::new(id.clone());
                record.iter().try_for_each(|commit| engine.read(commit).map(drop))
            });
        });
    }
}

criterion_group!(benches, engine);
criterion_main!(benches);
