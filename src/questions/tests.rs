//! How much work a question or a command is, in steps that are counted and not in seconds: what grows with the people, the
//! requests or the policies there are must grow with them, and no faster.

use serde_json::{Value, json};

use super::{GrantFilter, HistoryFilter, InboxFilter, PageSize, RequestFilter};
use crate::analysis::{Finding, FindingCode};
use crate::commands::{Command, RequestDraft};
use crate::engine::Project;
use crate::people::Actor;
use crate::record::Receipt;
use crate::values::work::steps_of;
use crate::values::{ProjectId, RequestId, Seconds, SubjectId, Timestamp};

/// A project with its administrator `ada` and `dev`, who asks.
struct Company {
    engine: Project,
    now: Timestamp,
}

impl Company {
    fn new() -> Self {
        let engine = Project::new(ProjectId::try_from("acme").unwrap());
        let mut company = Self { engine, now: Timestamp::from_millis(0).unwrap() };
        let people = json!([user(&json!("ada")), user(&json!("dev"))]);
        company
            .run(&Actor::Host, json!({ "createProject": { "project": "acme", "administrators": people } }));
        company
    }

    fn run(&mut self, actor: &Actor, command: Value) -> Receipt {
        let command = Command::from_json(&command.to_string()).unwrap();
        self.engine.run(actor, &command, self.now).unwrap()
    }

    fn sync(&mut self, changes: Vec<Value>) {
        for changes in changes.chunks(5_000) {
            self.run(&by("ada"), json!({ "syncDirectory": { "changes": changes } }));
        }
    }

    /// So many people, in a group.
    fn group(&mut self, id: &str, people: usize) {
        let names: Vec<_> = (0..people).map(|number| person(id, number)).collect();
        self.sync(names.iter().map(|name| json!({ "upsertSubject": user(name) })).collect());
        self.sync(vec![json!({ "upsertGroup": { "id": id, "name": id, "members": subjects(&names) } })]);
    }

    /// A policy for `/app/**` with these steps.
    fn policy(&mut self, steps: Value) {
        let targets = json!({ "environments": ["production"], "paths": ["/app/**"] });
        let terms = json!({ "name": "app", "targets": targets, "actions": "all", "steps": steps });
        self.run(&by("ada"), json!({ "createPolicy": terms }));
    }

    fn request(&mut self, path: &str) -> RequestId {
        self.run(&by("dev"), json!({ "requestAccess": draft(path) })).request_id.unwrap()
    }

    fn explain(&self, viewer: &str, id: &RequestId) -> u64 {
        steps_of(|| self.engine.explain(&by(viewer), id, self.now).unwrap()).1
    }
}

fn by(id: &str) -> Actor {
    Actor::Subject(SubjectId::try_from(id).unwrap())
}

fn user(id: &Value) -> Value {
    json!({ "type": "user", "id": id, "name": id })
}

fn person(group: &str, number: usize) -> Value {
    json!(format!("{group}-{number:05}"))
}

fn subjects(ids: &[Value]) -> Vec<Value> {
    ids.iter().map(|id| json!({ "subject": id })).collect()
}

fn quorum(approvers: Value, required: Value) -> Value {
    json!({ "approvers": approvers, "required": required })
}

fn draft(path: &str) -> Value {
    let target = json!({ "environment": "production", "path": path });
    json!({ "target": target, "actions": ["read"], "duration": "PT1H" })
}

/// What steps grow to where there is twice as much of something: a little more than twice as many, whatever is constant.
fn assert_linear(what: &str, steps: impl Fn(usize) -> Vec<u64>, size: usize) {
    let (once, twice) = (steps(size), steps(2 * size));
    assert!(
        once.iter().zip(&twice).all(|(once, twice)| *twice <= 2 * once + once / 4),
        "{what}: {once:?}, {twice:?}"
    );
}

/// The same where there is ten times as much of what has nothing to do with the question.
fn assert_flat(what: &str, steps: impl Fn(usize) -> Vec<u64>, size: usize) {
    let (few, many) = (steps(size), steps(10 * size));
    assert!(few.iter().zip(&many).all(|(few, many)| *many <= few + few / 4), "{what}: {few:?}, {many:?}");
}

/// What is done of a request whose approvers are one group of so many people.
fn asking_a_group(people: usize, required: &Value) -> Vec<u64> {
    let mut company = Company::new();
    company.group("all", people);
    company.policy(json!([{ "quorums": [quorum(json!([{ "group": "all" }]), required.clone())] }]));
    let draft: RequestDraft = serde_json::from_value(draft("/app/z")).unwrap();
    let now = company.now;
    let preview = steps_of(|| company.engine.preview(&by("dev"), &draft, now).unwrap()).1;
    let (id, request) = steps_of(|| company.request("/app/x"));
    let explain = [company.explain("dev", &id), company.explain("all-00001", &id)];
    let inbox = |viewer: &str| company.engine.inbox(&by(viewer), &InboxFilter::default(), now).unwrap();
    let inbox = steps_of(|| inbox("all-00002")).1;
    let leaver = json!({ "groupId": "all", "members": [{ "subject": "all-00003" }] });
    let leave = steps_of(|| company.sync(vec![json!({ "removeMembers": leaver })])).1;
    let hash = company.engine.state().requests().get(&id).unwrap().content_hash.clone();
    let review = json!({ "requestId": id, "verdict": "approve", "contentHash": hash });
    let review = steps_of(|| company.run(&by("all-00004"), json!({ "reviewRequest": review }))).1;
    let analyze = steps_of(|| company.engine.analyze(&Actor::Host, now).unwrap()).1;
    vec![preview, request, explain[0], explain[1], inbox, leave, review, analyze]
}

#[test]
fn a_group_of_approvers_is_looked_through_and_not_each_with_each() {
    assert_linear("one of a group", |people| asking_a_group(people, &json!(1)), 500);
    assert_linear("all of a group", |people| asking_a_group(people, &json!("all")), 500);
}

#[test]
fn of_a_crowd_the_first_are_listed_and_all_are_counted() {
    for (people, listed) in [(3, 3), (100, 100), (103, 100)] {
        let mut company = Company::new();
        company.group("all", people);
        let group = json!([{ "group": "all" }]);
        company.policy(json!([{ "quorums": [quorum(group, json!(1))] }]));
        let draft: RequestDraft = serde_json::from_value(draft("/app/z")).unwrap();
        let preview = company.engine.preview(&by("dev"), &draft, company.now).unwrap();
        let shown = &preview.steps[0].quorums[0];
        let count = u32::try_from(people).unwrap();
        assert_eq!((shown.approvers.len(), shown.approver_count), (listed, count));
        let id = company.request("/app/x");
        let explained = company.engine.explain(&by("dev"), &id, company.now).unwrap();
        let step = &explained.steps[0];
        assert_eq!((step.can_approve.len(), step.can_approve_count), (listed, count));
        let quorum = &step.quorums[0];
        assert_eq!((quorum.approvers.len(), quorum.approver_count), (listed, count));
    }
}

/// What is asked for is under one policy, and so many others are elsewhere.
#[test]
fn policies_that_are_elsewhere_are_not_looked_at() {
    let steps = |others: usize| {
        let mut company = Company::new();
        company.policy(json!([{ "quorums": [quorum(json!([{ "subject": "ada" }]), json!(1))] }]));
        for number in 0..others {
            let targets = json!({ "environments": ["production"], "paths": [format!("/other/{number}/**")] });
            let steps = json!([{ "quorums": [quorum(json!([{ "subject": "ada" }]), json!(1))] }]);
            let terms =
                json!({ "name": number.to_string(), "targets": targets, "actions": "all", "steps": steps });
            company.run(&by("ada"), json!({ "createPolicy": terms }));
        }
        let draft: RequestDraft = serde_json::from_value(draft("/app/z")).unwrap();
        let preview = || company.engine.preview(&by("dev"), &draft, company.now).unwrap();
        let preview = steps_of(preview).1;
        let (id, request) = steps_of(|| company.request("/app/x"));
        vec![preview, request, company.explain("dev", &id)]
    };
    assert_flat("policies elsewhere", steps, 20);
}

#[test]
fn grants_of_one_holder_that_end_together_are_not_held_against_each_other() {
    let steps = |grants: usize| {
        let mut company = Company::new();
        company.policy(json!([{ "quorums": [quorum(json!([{ "subject": "ada" }]), json!(1))] }]));
        for number in 0..grants {
            let id = company.request(&format!("/app/{number}"));
            let hash = company.engine.state().requests().get(&id).unwrap().content_hash.clone();
            let review = json!({ "requestId": id, "verdict": "approve", "contentHash": hash });
            company.run(&by("ada"), json!({ "reviewRequest": review }));
        }
        let later = company.now.plus(Seconds::hours(2));
        vec![steps_of(|| company.engine.due(later).unwrap()).1]
    };
    assert_linear("grants that end together", steps, 40);
}

#[test]
fn two_groups_that_overlap_are_matched_as_three_classes() {
    let steps = |people: usize| {
        let mut company = Company::new();
        let names: Vec<_> = (0..2 * people).map(|number| person("p", number)).collect();
        company.sync(names.iter().map(|name| json!({ "upsertSubject": user(name) })).collect());
        let (low, high) = (subjects(&names[..people + people / 2]), subjects(&names[people / 2..]));
        company.sync(vec![
            json!({ "upsertGroup": { "id": "low", "name": "low", "members": low } }),
            json!({ "upsertGroup": { "id": "high", "name": "high", "members": high } }),
        ]);
        let both = ["low", "high"].map(|group| quorum(json!([{ "group": group }]), json!(people)));
        company.policy(json!([{ "quorums": both }]));
        let (id, request) = steps_of(|| company.request("/app/x"));
        vec![request, company.explain("p-00001", &id)]
    };
    assert_linear("two groups", steps, 200);
}

#[test]
fn delegations_are_found_by_whose_they_are() {
    let steps = |people: usize| {
        let mut company = Company::new();
        company.group("all", people);
        company.policy(json!([{ "quorums": [quorum(json!([{ "group": "all" }]), json!(1))] }]));
        for (delegator, ahead) in
            (0..people).flat_map(|delegator| (1..=4).map(move |ahead| (delegator, ahead)))
        {
            let delegate = json!({ "subject": person("all", (delegator + ahead) % people) });
            let make = json!({ "delegate": delegate, "duration": "P30D" });
            company.run(&by(person("all", delegator).as_str().unwrap()), json!({ "createDelegation": make }));
        }
        let (id, request) = steps_of(|| company.request("/app/x"));
        vec![request, company.explain("dev", &id), company.explain("all-00001", &id)]
    };
    assert_linear("delegations", steps, 50);
}

/// A project in which so many others have asked, each under a policy of their own, and have been given access.
fn among_others(others: usize) -> Company {
    let mut company = Company::new();
    company.group("asker", others);
    company.policy(json!([{ "quorums": [quorum(json!([{ "subject": "ada" }]), json!(1))] }]));
    let mine = company.request("/app/mine");
    for number in 0..others {
        let asker = person("asker", number);
        let command = json!({ "requestAccess": draft(&format!("/app/{number}")) });
        company.run(&by(asker.as_str().unwrap()), command);
    }
    for id in
        company.engine.state().requests().pending().map(|request| request.id.clone()).collect::<Vec<_>>()
    {
        let hash = company.engine.state().requests().get(&id).unwrap().content_hash.clone();
        let review = json!({ "requestId": id, "verdict": "approve", "contentHash": hash });
        if id != mine {
            company.run(&by("ada"), json!({ "reviewRequest": review }));
        }
    }
    company
}

#[test]
fn a_list_looks_at_what_its_reader_may_see() {
    let steps = |others: usize| {
        let mut company = among_others(others);
        // `dev` is an administrator of the project; whoever is not sees his own.
        company.run(&by("ada"), json!({ "setAdministrators": { "administrators": [{ "subject": "ada" }] } }));
        let (engine, dev, ada, now) = (&company.engine, by("dev"), by("ada"), company.now);
        let limit = PageSize::try_from(10).unwrap();
        let requests = RequestFilter { limit, ..RequestFilter::default() };
        let grants = GrantFilter { limit, ..GrantFilter::default() };
        vec![
            steps_of(|| engine.requests(&ada, &requests, now).unwrap()).1,
            steps_of(|| engine.grants(&ada, &grants, now).unwrap()).1,
            steps_of(|| engine.inbox(&ada, &InboxFilter::default(), now).unwrap()).1,
            steps_of(|| {
                engine.history(&ada, &HistoryFilter { limit, ..HistoryFilter::default() }, now).unwrap()
            })
            .1,
            steps_of(|| engine.history(&dev, &HistoryFilter::default(), now).unwrap()).1,
            steps_of(|| engine.requests(&dev, &RequestFilter::default(), now).unwrap()).1,
            steps_of(|| engine.grants(&dev, &GrantFilter::default(), now).unwrap()).1,
            steps_of(|| engine.inbox(&dev, &InboxFilter::default(), now).unwrap()).1,
        ]
    };
    assert_flat("lists", steps, 20);
}

#[test]
fn what_is_due_is_worked_out_once_for_all_questions() {
    let mut company = among_others(50);
    company.now = company.now.plus(Seconds::hours(2));
    let explain = |company: &Company| {
        let id = company.engine.state().requests().pending().next().unwrap().id.clone();
        company.explain("dev", &id)
    };
    let (first, second) = (explain(&company), explain(&company));
    assert!(second < first / 10, "{first}, {second}");
    let elsewhere = json!({ "upsertSubject": user(&json!("new")) });
    company.sync(vec![elsewhere]);
    assert!(explain(&company) < first / 10, "the command has carried out what was due");
}

/// 2¹⁰ people, of whom no two are named by the same quorums.
#[test]
fn an_analysis_says_where_it_stopped_to_try_each_requester() {
    let mut company = Company::new();
    let names: Vec<_> = (1..1 << 10).map(|number| person("p", number)).collect();
    company.sync(names.iter().map(|name| json!({ "upsertSubject": user(name) })).collect());
    let is_in = |number: usize, bit: usize| number & (1 << bit) != 0;
    let groups = (0..10).map(|bit| {
        let members = (1..1 << 10).filter(|number| is_in(*number, bit)).map(|number| person("p", number));
        let members = subjects(&members.collect::<Vec<_>>());
        json!({ "upsertGroup": { "id": format!("g{bit}"), "name": "g", "members": members } })
    });
    company.sync(groups.collect());
    let quorums = (0..10).map(|bit| quorum(json!([{ "group": format!("g{bit}") }]), json!(1)));
    company.policy(json!([{ "quorums": quorums.collect::<Vec<_>>() }]));
    let found = company.engine.analyze(&Actor::Host, company.now).unwrap();
    let stopped = |found: &[Finding]| found.iter().any(|it| it.code == FindingCode::RequestersNotTried);
    assert!(stopped(&found));
    company.sync((2..10).map(|bit| json!({ "removeGroup": format!("g{bit}") })).collect());
    assert!(!stopped(&company.engine.analyze(&Actor::Host, company.now).unwrap()), "few are named now");
}
