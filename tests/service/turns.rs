//! Opening, and commands one after the other: races, failing hosts, keys.

use std::rc::Rc;

use access_engine::refusal::Refusal;
use access_engine::service::{CommandOptions, Service};
use access_engine::values::{IdempotencyKey, ProjectId};
use pollster::block_on;
use serde_json::json;

use super::host::{
    Fault, MemoryHost, actor, approve, ask, ask_for, deliver, engine, open, run, run_with, story, subject,
};

#[test]
fn on_an_empty_store_the_project_is_made_and_on_any_other_loaded() {
    let host = MemoryHost::on(&Rc::default());
    let project = || ProjectId::try_from("acme").unwrap();
    let refused = block_on(Service::open(project(), None, host.clone())).map(|_| ());
    assert_eq!(refused, Err(Refusal::NoProject));
    assert_eq!(engine(&open(&host)).version(), 1);
    let others = serde_json::from_value(json!([subject("eve")])).unwrap();
    let again = block_on(Service::open(project(), Some(others), host)).unwrap();
    assert!(engine(&again).state().is_administrator(&actor("ada")));
    assert!(!engine(&again).state().is_administrator(&actor("eve")));
}

#[test]
fn a_lost_race_is_caught_up_and_decided_again() {
    let (host, service) = story();
    let elsewhere = open(&host);
    let request = run(&elsewhere, "dev", ask()).unwrap();
    let version = engine(&service).version();
    let receipt = run(&service, "dev", ask_for("/payments/other")).unwrap();
    assert_eq!(receipt.version, version + 2);
    assert!(engine(&service).state().requests().get(&request.request_id.unwrap()).is_some());
    assert_eq!(engine(&service).version(), host.store.commits.borrow().len() as u64);
}

#[test]
fn a_refusal_is_given_on_the_newest_state() {
    let (host, service) = story();
    let elsewhere = open(&host);
    let request = run(&elsewhere, "dev", ask()).unwrap();
    // This server has not seen the request yet, and still does not say that there is none.
    let receipt = run(&service, "bob", approve(&elsewhere, &request)).unwrap();
    assert!(receipt.grant_id.is_some());
    assert_eq!(run(&elsewhere, "dev", ask()).unwrap_err().code(), "already_granted");
}

#[test]
fn whoever_loses_every_race_is_told_so() {
    let (host, service) = story();
    host.fault.set(Fault::AlwaysLoses);
    let before = host.appends.get();
    assert_eq!(run(&service, "dev", ask()), Err(Refusal::Conflict { attempts: 10 }));
    assert_eq!(host.appends.get() - before, 10);
    host.fault.set(Fault::None);
    assert!(run(&service, "dev", ask()).is_ok());
}

#[test]
fn a_failed_append_changes_nothing() {
    let (host, service) = story();
    let head = engine(&service).head();
    host.fault.set(Fault::Fails);
    assert_eq!(run(&service, "dev", ask()).unwrap_err().code(), "host_failed");
    assert_eq!(engine(&service).head(), head);
    host.fault.set(Fault::None);
    assert!(run(&service, "dev", ask()).is_ok());
}

#[test]
fn an_append_whose_answer_was_lost_is_found_in_the_record() {
    let (host, service) = story();
    host.fault.set(Fault::LosesAnswer);
    let receipt = run(&service, "dev", ask()).unwrap();
    assert_eq!(host.store.commits.borrow().len(), usize::try_from(receipt.version).unwrap());
    assert_eq!(run(&service, "dev", ask()).unwrap_err().code(), "duplicate_request");
    deliver(&service);
    assert_eq!(host.recipients(), ["bob"]);
}

#[test]
fn an_aborted_command_writes_nothing() {
    let (host, service) = story();
    let count = host.store.commits.borrow().len();
    let aborted = CommandOptions { aborted: Some(Box::new(|| true)), ..CommandOptions::default() };
    assert_eq!(run_with(&service, "dev", ask(), aborted), Err(Refusal::Aborted));
    assert_eq!(host.store.commits.borrow().len(), count);
    let going_on = CommandOptions { aborted: Some(Box::new(|| false)), ..CommandOptions::default() };
    assert!(run_with(&service, "dev", ask(), going_on).is_ok());
}

#[test]
fn the_same_key_acts_once_on_every_server() {
    let (host, service) = story();
    let elsewhere = open(&host);
    let key = || CommandOptions {
        idempotency_key: Some(IdempotencyKey::try_from("k-1".to_owned()).unwrap()),
        ..CommandOptions::default()
    };
    let first = run_with(&service, "dev", ask(), key()).unwrap();
    assert_eq!(run_with(&elsewhere, "dev", ask(), key()).unwrap(), first);
    assert_eq!(host.store.commits.borrow().len(), usize::try_from(first.version).unwrap());
}

#[test]
fn what_is_due_is_committed_as_a_tick_of_its_own_before_a_command_is_decided() {
    let (host, service) = story();
    let request = run(&service, "dev", ask()).unwrap();
    run(&service, "bob", approve(&service, &request)).unwrap();
    host.now.set(3_600_000);
    let refused = run(&service, "bob", json!({"withdrawReview": {"requestId": request.request_id}}));
    assert_eq!(refused.unwrap_err().code(), "request_not_pending");
    let last = host.store.commits.borrow().last().unwrap().clone();
    assert_eq!(last["actor"], "clock");
    assert_eq!(last["events"].as_array().unwrap().last().unwrap()["type"], "grantEnded");
    assert_eq!(block_on(service.tick(None)).unwrap(), None);
}
