//! A snapshot saves reading what came before it, and nothing else changes.

use access_engine::refusal::Refusal;
use access_engine::service::{CommandOptions, Service};
use access_engine::values::{IdempotencyKey, ProjectId};
use pollster::block_on;
use serde_json::{Value, json};

use super::host::{MemoryHost, approve, ask, ask_for, engine, run, run_with, story};

fn opened(host: &MemoryHost) -> Result<Service<MemoryHost>, Refusal> {
    block_on(Service::open(ProjectId::try_from("acme").unwrap(), None, host.clone()))
}

fn keyed() -> CommandOptions {
    let key = IdempotencyKey::try_from("k".to_owned()).unwrap();
    CommandOptions { idempotency_key: Some(key), ..CommandOptions::default() }
}

#[test]
fn an_engine_opens_from_a_snapshot_and_reads_what_came_behind() {
    let (host, service) = story();
    let request = run_with(&service, "dev", ask(), keyed()).unwrap();
    let snapshot = block_on(service.snapshot()).unwrap();
    assert_eq!(snapshot.head, engine(&service).head());
    run(&service, "bob", approve(&service, &request)).unwrap();
    host.read.set(0);
    let again = opened(&host).unwrap();
    assert_eq!(host.read.get(), 3, "the commit of the snapshot twice, and the one behind it");
    assert_eq!(engine(&again).state(), engine(&service).state());
    assert_eq!(engine(&again).snapshot().digest, engine(&service).snapshot().digest);
    assert_eq!(run_with(&again, "dev", ask(), keyed()).unwrap(), request, "its key is remembered");
    assert!(block_on(again.verify(None)).unwrap().intact);
}

#[test]
fn a_snapshot_that_is_not_of_the_record_is_passed_over() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    block_on(service.snapshot()).unwrap();
    let kept = host.store.snapshot.borrow().clone().unwrap();
    let (other, elsewhere) = story();
    run(&elsewhere, "dev", ask_for("/payments/other")).unwrap();
    let changes = [
        ("of another record", kept.clone()),
        ("no JSON", "{".to_owned()),
        ("changed", kept.replace("\"version\":4", "\"version\":3")),
        ("another text", kept.replace("dev@example.com", "eve@example.com")),
        ("of a later form", kept.replace("\"format\":1", "\"format\":2")),
    ];
    for (what, snapshot) in changes {
        let host = if what == "of another record" { &other } else { &host };
        host.store.snapshot.replace(Some(snapshot));
        host.read.set(0);
        let commits = host.store.commits.borrow().len();
        let again = opened(host).unwrap();
        assert!(host.read.get() >= commits, "{what}");
        let service = if what == "of another record" { &elsewhere } else { &service };
        assert_eq!(engine(&again).state(), engine(service).state(), "{what}");
    }
}

#[test]
fn a_snapshot_that_the_record_does_not_make_is_named() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    block_on(service.snapshot()).unwrap();
    assert!(block_on(service.verify(None)).unwrap().intact);
    let kept = host.store.snapshot.take().unwrap();
    let (before, behind) = kept.split_once("\"kept\":").unwrap();
    let changed: Value =
        serde_json::from_str(&behind[..behind.len() - 1].replace("/payments/**", "/**")).unwrap();
    let changed = serde_json_canonicalizer::to_string(&changed).unwrap();
    let digest = access_engine::json::sha256([changed.as_bytes()]);
    let mut written: Value = serde_json::from_str(&format!("{before}\"kept\":{changed}}}")).unwrap();
    written["digest"] = json!(digest);
    host.store.snapshot.replace(Some(written.to_string()));
    let found = block_on(service.verify(None)).unwrap();
    assert_eq!((found.intact, found.first_bad_version), (false, Some(4)), "{found:?}");
    host.store.snapshot.replace(Some(kept));
    assert!(block_on(service.verify(None)).unwrap().intact);
}

#[test]
fn what_is_erased_is_in_no_snapshot() {
    let (host, service) = story();
    run(&service, "ada", json!({"syncDirectory": {"changes": [{"removeSubject": "dev"}]}})).unwrap();
    block_on(service.snapshot()).unwrap();
    assert!(host.store.snapshot.borrow().as_ref().unwrap().contains("dev@example.com"));
    let again = opened(&host).unwrap();
    run(&again, "ada", json!({"erase": {"subject": "dev"}})).unwrap();
    assert_eq!(*host.store.snapshot.borrow(), None);
    block_on(again.snapshot()).unwrap();
    assert!(!host.store.snapshot.borrow().as_ref().unwrap().contains("dev@example.com"));
    assert_eq!(engine(&opened(&host).unwrap()).state(), engine(&again).state());
}

#[test]
fn a_snapshot_knows_what_a_store_must_still_be_told_to_erase() {
    let (host, service) = story();
    run(&service, "ada", json!({"syncDirectory": {"changes": [{"removeSubject": "dev"}]}})).unwrap();
    host.erase_fails.set(true);
    assert!(run(&service, "ada", json!({"erase": {"subject": "dev"}})).is_err());
    block_on(service.snapshot()).unwrap();
    host.erase_fails.set(false);
    assert!(host.store.commits.borrow().iter().any(|commit| commit.to_string().contains("dev@example.com")));
    assert!(opened(&host).is_ok());
    assert!(!host.store.commits.borrow().iter().any(|commit| commit.to_string().contains("dev@example.com")));
}

#[test]
fn what_another_server_erases_while_a_snapshot_is_saved_is_in_none() {
    let (host, service) = story();
    run(&service, "ada", json!({"syncDirectory": {"changes": [{"removeSubject": "dev"}]}})).unwrap();
    let another = opened(&host).unwrap();
    let erase = move || drop(run(&another, "ada", json!({"erase": {"subject": "dev"}})).unwrap());
    host.meanwhile.replace(Some(Box::new(erase)));
    let snapshot = block_on(service.snapshot()).unwrap();
    assert!(!snapshot.data.contains("dev@example.com"));
    assert_eq!(*host.store.snapshot.borrow(), Some(snapshot.data));
}

#[test]
fn a_snapshot_that_was_saved_late_loses_what_was_erased_when_its_server_reads_on() {
    let (host, service) = story();
    let late = engine(&service).snapshot().data;
    assert!(late.contains("dev@example.com"));
    run(&opened(&host).unwrap(), "ada", json!({"syncDirectory": {"changes": [{"removeSubject": "dev"}]}}))
        .unwrap();
    run(&opened(&host).unwrap(), "ada", json!({"erase": {"subject": "dev"}})).unwrap();
    host.store.snapshot.replace(Some(late));
    block_on(service.refresh()).unwrap();
    assert_eq!(*host.store.snapshot.borrow(), None);
}
