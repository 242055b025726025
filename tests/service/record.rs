//! The record as it is stored: what does not fit is neither opened nor verified.

use access_engine::people::Actor;
use access_engine::questions::HistoryFilter;
use access_engine::record::{Commit, Head};
use access_engine::refusal::Refusal;
use access_engine::service::Service;
use access_engine::values::{ProjectId, Timestamp};
use pollster::block_on;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::host::{MemoryHost, ask, ask_for, engine, open, run, story, story_at};

#[test]
fn a_record_that_does_not_fit_is_not_read() {
    let (host, _) = story();
    host.store.commits.borrow_mut()[1]["previousHash"] = json!("00".repeat(32));
    let project = ProjectId::try_from("acme").unwrap();
    let refused = block_on(Service::open(project, None, host.clone())).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), "corrupt_record");
}

#[test]
fn what_does_not_fit_is_neither_opened_nor_verified() {
    type Change = fn(&mut Value);

    let (host, service) = story();
    let whole = host.store.commits.borrow().clone();
    let last = whole.len() - 1;
    // Hashed anew, so that only what is said fits no more.
    let hashed = |mut commit: Value| {
        let read: Commit = serde_json::from_value(commit.clone()).unwrap();
        commit["hash"] = json!(access_engine::record::commit_hash(&read));
        commit
    };
    let changes: [(&str, Change); 6] = [
        ("an event", |commit| commit["events"][0]["at"] = json!(1)),
        ("a hash that is none", |commit| commit["hash"] = json!("zz")),
        ("a hash in capitals", |commit| {
            commit["hash"] = json!(commit["hash"].as_str().unwrap().to_uppercase());
        }),
        ("no hash", |commit| drop(commit.as_object_mut().unwrap().remove("hash"))),
        ("another project", |commit| commit["project"] = json!("other")),
        ("a field that nobody knows", |commit| commit["extra"] = json!(1)),
    ];
    let mut tampered: Vec<(&str, Value)> = changes
        .into_iter()
        .map(|(what, change)| {
            let mut commit = whole[last].clone();
            change(&mut commit);
            (what, commit)
        })
        .collect();
    for (what, field, value) in
        [("an earlier time", "at", json!(-1)), ("another project, hashed", "project", json!("other"))]
    {
        let mut commit = whole[last].clone();
        commit[field] = value;
        tampered.push((what, hashed(commit)));
    }
    for (what, commit) in tampered {
        host.store.commits.borrow_mut()[last] = commit;
        let project = ProjectId::try_from("acme").unwrap();
        let refused = block_on(Service::open(project, None, host.clone())).map(|_| ()).expect_err(what);
        let version = u64::try_from(last + 1).unwrap();
        assert!(
            matches!(&refused, Refusal::CorruptRecord { version: named, .. } if *named == version),
            "{what}"
        );
        assert_eq!(block_on(service.verify(None)).unwrap().first_bad_version, Some(version), "{what}");
    }
    host.store.commits.replace(whole);
    assert!(block_on(service.verify(None)).unwrap().intact);
    assert!(block_on(Service::open(ProjectId::try_from("acme").unwrap(), None, host)).is_ok());
}

#[test]
fn what_only_a_newer_edition_can_have_written_is_not_read() {
    type Change = fn(&mut Value);

    let (host, service) = story();
    let whole = host.store.commits.borrow().clone();
    let changes: [(&str, usize, Change); 4] = [
        ("another format", 0, |commit| commit["events"][0]["format"] = json!(2)),
        ("an event", 1, |commit| commit["events"][0]["type"] = json!("moonRisen")),
        ("a field", 1, |commit| commit["events"][0]["extra"] = json!(1)),
        ("a word", 1, |commit| commit["actor"] = json!("moon")),
    ];
    for (what, index, change) in changes {
        let mut commit = whole[index].clone();
        change(&mut commit);
        rehash(&mut commit);
        host.store.commits.borrow_mut()[index] = commit;
        let project = ProjectId::try_from("acme").unwrap();
        let refused = block_on(Service::open(project, None, host.clone())).map(|_| ()).expect_err(what);
        assert!(matches!(refused, Refusal::NewerRecord { .. }), "{what}: {refused}");
        let bad = u64::try_from(index + 1).ok();
        assert_eq!(block_on(service.verify(None)).unwrap().first_bad_version, bad, "{what}");
        host.store.commits.replace(whole.clone());
    }
}

/// Gives a commit the hash of what it says, as RFC 8785 has it.
fn rehash(commit: &mut Value) {
    let mut said = commit.clone();
    let _ = ["hash", "texts"].map(|beside| said.as_object_mut().unwrap().remove(beside));
    let previous = commit["previousHash"].as_str().unwrap();
    let bytes = |index: usize| u8::from_str_radix(&previous[index..index + 2], 16).unwrap();
    let mut hashed: Vec<u8> = (0..previous.len()).step_by(2).map(bytes).collect();
    hashed.extend(serde_json_canonicalizer::to_vec(&said).unwrap());
    let hash = Sha256::digest(&hashed).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    commit["hash"] = json!(hash);
}

#[test]
fn verify_names_the_first_commit_that_does_not_fit_and_a_head_tells_of_what_is_missing() {
    let (host, service) = story();
    let head = engine(&service).head();
    let verify = |head: Option<Head>| block_on(service.verify(head)).unwrap();
    assert!(verify(None).intact);
    assert!(verify(Some(head.clone())).intact);
    let whole = host.store.commits.borrow().clone();

    host.store.commits.borrow_mut()[1]["at"] = json!(1);
    assert_eq!(verify(None).first_bad_version, Some(2));
    host.store.commits.replace(whole.clone());

    assert_eq!(verify(Some(Head { version: 2, hash: "00".repeat(32) })).first_bad_version, Some(2));
    host.store.commits.borrow_mut().pop();
    assert_eq!(verify(None).first_bad_version, Some(3));
    let shorter = open(&host);
    assert!(block_on(shorter.verify(None)).unwrap().intact);
    assert_eq!(block_on(shorter.verify(Some(head))).unwrap().first_bad_version, Some(3));
}

#[test]
fn an_engine_whose_record_was_replaced_is_closed_until_it_is_opened_anew() {
    type Change = fn(&mut Vec<Value>, &[Value]);
    type Call = fn(&Service<MemoryHost>) -> Result<(), Refusal>;

    let asked = |now: i64| {
        let (host, service) = story_at(now);
        run(&service, "dev", ask()).unwrap();
        (host, service)
    };
    let (other, service) = asked(1);
    run(&service, "dev", ask_for("/payments/other")).unwrap();
    let other = other.store.commits.take();
    let changes: [(&str, Change); 4] = [
        ("shorter", |commits, _| commits.truncate(2)),
        ("empty", |commits, _| commits.clear()),
        ("another", |commits, other| *commits = other[..4].to_vec()),
        ("another, and longer", |commits, other| *commits = other.to_vec()),
    ];
    let calls: [(&str, Call); 6] = [
        ("a command", |service| run(service, "dev", ask_for("/payments/other")).map(drop)),
        ("one that is refused", |service| run(service, "dev", ask()).map(drop)),
        ("one that changes nothing", |service| {
            run(service, "ada", json!({"setAdministrators": {"administrators": [{"subject": "ada"}]}}))
                .map(drop)
        }),
        ("a tick with something due", |service| {
            block_on(service.tick(Some(Timestamp::from_millis(10_000_000_000).unwrap()))).map(drop)
        }),
        ("refresh", |service| block_on(service.refresh()).map(drop)),
        ("deliver", |service| {
            block_on(service.refresh()).and_then(|_| block_on(service.deliver())).map(drop)
        }),
    ];
    let replaced = Err(Refusal::RecordReplaced { version: 4 });
    for (change, replace) in changes {
        for (call, run) in calls {
            assert_ne!(run(&asked(0).1), replaced, "{call}, of its own record");
            let (host, service) = asked(0);
            let before = host.store.commits.borrow().clone();
            replace(&mut host.store.commits.borrow_mut(), &other);
            let after = host.store.commits.borrow().clone();
            assert!(!block_on(service.verify(None)).unwrap().intact);
            assert_eq!(run(&service), replaced, "{call}, when the record is {change}");
            assert_eq!(*host.store.commits.borrow(), after, "{call} writes");

            host.store.commits.replace(before);
            for (call, run) in calls {
                assert_eq!(run(&service), replaced, "{call}, afterwards");
            }
            assert_eq!(service.engine().map(drop), replaced);
            assert!(block_on(service.verify(None)).unwrap().intact);
            assert_eq!(engine(&open(&host)).version(), 4);
        }
    }
}

#[test]
fn a_text_that_has_become_another_is_not_told_when_it_is_read_again() {
    let (host, service) = story();
    let history = || {
        let told = engine(&service).told_at(Timestamp::from_millis(0).unwrap());
        block_on(told.history(&service, &Actor::Host, &HistoryFilter::default()))
    };
    assert!(history().is_ok());
    let written = host.store.commits.borrow()[1].to_string();
    let changed = written.replace("dev@example.com", "eve@example.com");
    assert_ne!(changed, written);
    host.store.commits.borrow_mut()[1] = serde_json::from_str(&changed).unwrap();
    assert!(matches!(history(), Err(Refusal::CorruptRecord { version: 2, .. })));
}
