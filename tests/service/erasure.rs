//! What is erased is gone from the store, and the record still verifies.

use access_engine::commands::Command;
use access_engine::refusal::Refusal;
use access_engine::requests::content_hash;
use access_engine::service::{CommandOptions, Service};
use access_engine::values::{IdempotencyKey, ProjectId, Timestamp};
use pollster::block_on;
use serde_json::{Value, json};

use super::host::{MemoryHost, actor, ask, ask_for, engine, run, run_with, story, subject};

/// `dev` has asked, saying why and through what, and is gone; `bob` has rejected, saying why.
fn gone() -> (MemoryHost, Service<MemoryHost>) {
    let (host, service) = story();
    let mut ask = ask();
    ask["requestAccess"]["justification"] = json!("Grandmother is ill");
    let client = serde_json::from_value(json!({"name": "pocket-agent"})).unwrap();
    let key = IdempotencyKey::try_from("k".to_owned()).unwrap();
    let options = CommandOptions { client: Some(client), idempotency_key: Some(key), ..Default::default() };
    let asked = run_with(&service, "dev", ask, options).unwrap();
    let request_id = asked.request_id.unwrap();
    let hash = engine(&service).state().requests().get(&request_id).unwrap().content_hash.clone();
    let reject = json!({"reviewRequest": {"requestId": request_id, "verdict": "reject", "contentHash": hash,
        "comment": "Ask grandfather"}});
    run(&service, "bob", reject).unwrap();
    run(&service, "ada", json!({"syncDirectory": {"changes": [{"removeSubject": "dev"}]}})).unwrap();
    (host, service)
}

const PERSONAL: [&str; 4] = ["dev@example.com", "Grandmother", "grandfather", "pocket-agent"];

fn stored(host: &MemoryHost) -> String {
    host.store.commits.borrow().iter().map(Value::to_string).collect()
}

fn opened(host: &MemoryHost) -> Result<Service<MemoryHost>, Refusal> {
    block_on(Service::open(ProjectId::try_from("acme").unwrap(), None, host.clone()))
}

#[test]
fn what_is_erased_stands_nowhere_and_the_record_still_verifies() {
    let (host, service) = gone();
    let before = engine(&service).head();
    let other = opened(&host).unwrap();
    assert!(PERSONAL.iter().all(|text| stored(&host).contains(text)));
    run(&service, "ada", json!({"erase": {"subject": "dev"}})).unwrap();
    assert!(!PERSONAL.iter().any(|text| stored(&host).contains(text)), "{}", stored(&host));
    assert!(stored(&host).contains("bob@example.com"));
    assert!(block_on(service.verify(Some(before.clone()))).unwrap().intact);
    block_on(other.refresh()).unwrap();
    let anew = opened(&host).unwrap();
    for service in [&service, &other, &anew] {
        assert_eq!(engine(service).state(), engine(&anew).state());
        let said = format!("{:?}", engine(service));
        assert!(!PERSONAL.iter().any(|text| said.contains(text)), "an engine remembers");
        let request = engine(service).state().requests().newest_first().next().unwrap().clone();
        assert_eq!(request.content.justification.as_ref().unwrap().as_str(), "[erased]");
        assert_eq!(content_hash(&request.content), request.content_hash, "the hash takes the commitments");
    }
}

#[test]
fn what_is_archived_is_erased_from_the_store_too() {
    let (host, service) = gone();
    host.now.set(50 * 86_400_000);
    block_on(service.tick(None)).unwrap();
    assert_eq!(engine(&service).state().requests().newest_first().count(), 0);
    run(&service, "ada", json!({"erase": {"subject": "dev"}})).unwrap();
    assert!(!PERSONAL.iter().any(|text| stored(&host).contains(text)), "{}", stored(&host));
    assert!(block_on(service.verify(None)).unwrap().intact);
    for service in [&service, &opened(&host).unwrap()] {
        let said = format!("{:?}", engine(service));
        assert!(!PERSONAL.iter().any(|text| said.contains(text)), "an engine remembers");
    }
}

#[test]
fn what_a_store_could_not_erase_is_erased_when_it_is_asked_again_or_opened() {
    let (host, service) = gone();
    host.can_erase.set(false);
    let erase = json!({"erase": {"subject": "dev"}});
    let refused = run(&service, "ada", erase.clone()).unwrap_err();
    assert_eq!(refused.code(), "erase_unsupported");
    let commits = host.store.commits.borrow().len();
    host.can_erase.set(true);
    host.erase_fails.set(true);
    assert_eq!(run(&service, "ada", erase.clone()).unwrap_err().code(), "host_failed");
    assert_eq!(host.store.commits.borrow().len(), commits + 1);
    assert!(stored(&host).contains("Grandmother"));
    assert!(opened(&host).is_ok());
    assert!(stored(&host).contains("Grandmother"));
    host.erase_fails.set(false);
    run(&service, "ada", erase).unwrap();
    assert!(!stored(&host).contains("Grandmother"));
    assert_eq!(host.store.commits.borrow().len(), commits + 1);
}

#[test]
fn what_is_said_of_whoever_had_an_id_before_is_erased_with_them() {
    let (host, service) = story();
    let glass =
        json!({"updatePolicy": {"policyId": "pol_3_0", "breakGlass": {"bypassers": [{"subject": "dev"}]}}});
    run(&service, "ada", glass).unwrap();
    let mut draft = ask()["requestAccess"].clone();
    let broken = json!({"breakGlass": {"draft": draft.take(), "justification": "All is on fire."}});
    let request_id = run(&service, "dev", broken).unwrap().request_id.unwrap();
    let takes_over =
        json!({"syncDirectory": {"changes": [{"removeSubject": "dev"}, {"upsertSubject": subject("dev")}]}});
    run(&service, "ada", takes_over.clone()).unwrap();
    let acknowledges =
        json!({"acknowledgeBreakGlass": {"requestId": request_id, "comment": "Grandmother is ill."}});
    let key = IdempotencyKey::try_from("k".to_owned()).unwrap();
    let options = CommandOptions { idempotency_key: Some(key), ..Default::default() };
    run_with(&service, "bob", acknowledges, options).unwrap();
    run(&service, "ada", takes_over).unwrap();

    let told = engine(&service).version() - 1;
    let hash = |host: &MemoryHost| {
        let commit = host.store.commits.borrow()[usize::try_from(told).unwrap() - 1].clone();
        let hash = commit["idempotency"]["commandHash"].as_str().unwrap().to_owned();
        commit["texts"].get(hash).is_some()
    };
    assert!(hash(&host) && stored(&host).contains("Grandmother"));
    run(&service, "ada", json!({"erase": {"subject": "dev"}})).unwrap();
    assert!(!hash(&host) && !stored(&host).contains("Grandmother"), "{}", stored(&host));
    assert!(block_on(service.verify(None)).unwrap().intact);
    assert_eq!(engine(&opened(&host).unwrap()).state(), engine(&service).state());
}

#[test]
fn a_store_is_told_at_open_what_still_stands_in_it() {
    let (host, service) = gone();
    host.erase_fails.set(true);
    assert!(run(&service, "ada", json!({"erase": {"subject": "dev"}})).is_err());
    host.erase_fails.set(false);
    assert!(opened(&host).is_ok());
    assert!(!stored(&host).contains("Grandmother"));
}

#[test]
fn a_text_that_nobody_erased_may_not_be_missing_nor_another() {
    type Change = fn(&mut serde_json::Map<String, Value>);

    let (host, service) = gone();
    let whole = host.store.commits.borrow().clone();
    let changes: [(&str, Change); 7] = [
        ("missing", |texts| texts.retain(|_, text| text["text"] != "dev")),
        ("another text", |texts| texts.values_mut().for_each(|text| text["text"] = json!("eve"))),
        ("another salt", |texts| texts.values_mut().for_each(|text| text["salt"] = json!("00".repeat(16)))),
        ("of somebody else", |texts| texts.values_mut().for_each(|text| text["of"] = json!({"eve": 2}))),
        ("of another version", |texts| texts.values_mut().for_each(|text| text["of"]["ada"] = json!(1))),
        ("no salt", |texts| texts.values_mut().for_each(|text| text["salt"] = json!("zz"))),
        ("one too many", |texts| {
            let one = texts.values().next().unwrap().clone();
            texts.insert("ab".repeat(32), one);
        }),
    ];
    for (what, change) in changes {
        change(host.store.commits.borrow_mut()[1]["texts"].as_object_mut().unwrap());
        let refused = opened(&host).map(drop).expect_err(what);
        assert!(matches!(refused, Refusal::CorruptRecord { version: 2, .. }), "{what}: {refused}");
        assert_eq!(block_on(service.verify(None)).unwrap().first_bad_version, Some(2), "{what}");
        host.store.commits.replace(whole.clone());
    }
    assert!(opened(&host).is_ok());
}

#[test]
fn a_key_of_whoever_is_erased_is_forgotten() {
    let (host, service) = gone();
    let keyed = |service: &Service<MemoryHost>| {
        let key = IdempotencyKey::try_from("k".to_owned()).unwrap();
        let other = Command::from_json(&ask_for("/payments/other").to_string()).unwrap();
        engine(service).repeated(&actor("dev"), &other, Some(&key), Timestamp::from_millis(0).unwrap())
    };
    assert_eq!(keyed(&service), Err(Refusal::IdempotencyMismatch));
    run(&service, "ada", json!({"erase": {"subject": "dev"}})).unwrap();
    assert_eq!(keyed(&service), Ok(None));
    assert_eq!(keyed(&opened(&host).unwrap()), Ok(None));
}
