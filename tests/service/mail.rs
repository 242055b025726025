//! Mail behind the commands: what hangs or fails delays nobody, and nothing is sent twice.

use std::pin::pin;
use std::task::Poll;

use access_engine::notices::DropReason;
use access_engine::service::{Deliveries, Service, Settlement};
use pollster::block_on;
use serde_json::json;

use super::host::{Mail, MemoryHost, Outbox, ask, ask_for, deliver, poll, run, story, subject};

#[test]
fn mail_that_fails_undoes_nothing_and_is_sent_later_once() {
    for has_outbox in [true, false] {
        let (host, service) = story();
        host.has_outbox.set(has_outbox);
        host.mail.set(Mail::Fails);
        run(&service, "dev", ask()).unwrap();
        assert_eq!(deliver(&service), Deliveries { left: 1, ..Deliveries::default() });
        assert_eq!(deliver(&service), Deliveries { left: 1, ..Deliveries::default() });
        host.mail.set(Mail::Works);
        assert_eq!(deliver(&service), Deliveries { sent: 1, ..Deliveries::default() });
        assert_eq!(host.recipients(), ["bob"]);
        assert_eq!(deliver(&service), Deliveries::default());
    }
}

#[test]
fn a_notice_to_somebody_disabled_since_is_dropped_and_recorded() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    let mut bob = subject("bob");
    bob["disabled"] = json!(true);
    run(&service, "ada", json!({"syncDirectory": {"changes": [{"upsertSubject": bob}]}})).unwrap();
    assert_eq!(deliver(&service).dropped, 1);
    assert!(!host.recipients().contains(&"bob".to_owned()));
    let settled = host.store.settled.borrow();
    let is_noted = |it: &Settlement| it.dropped == Some(DropReason::RecipientDisabled);
    assert!(settled.iter().any(|it| it.recipient_id.as_str() == "bob" && is_noted(it)));
}

/// A request that this many people are asked to review.
fn ask_many(service: &Service<MemoryHost>, count: usize) {
    let ids: Vec<_> = (0..count).map(|number| format!("approver-{number:02}")).collect();
    let changes: Vec<_> = ids.iter().map(|id| json!({"upsertSubject": subject(id)})).collect();
    run(service, "ada", json!({"syncDirectory": {"changes": changes}})).unwrap();
    let approvers: Vec<_> = ids.iter().map(|id| json!({"subject": id})).collect();
    let policy = json!({"createPolicy": {"name": "Many", "actions": "all",
        "targets": {"environments": ["production"], "paths": ["/many"]},
        "steps": [{"quorums": [{"approvers": approvers, "required": 1}]}]}});
    run(service, "ada", policy).unwrap();
    deliver(service);
    run(service, "dev", ask_for("/many")).unwrap();
}

#[test]
fn a_command_answers_while_its_mail_hangs() {
    let (host, service) = story();
    host.mail.set(Mail::Hangs);
    run(&service, "dev", ask()).unwrap();
    let mut delivery = pin!(service.deliver());
    assert!(poll(delivery.as_mut()).is_pending());
    assert!(run(&service, "dev", ask_for("/payments/other")).is_ok());
    assert_eq!(run(&service, "dev", ask()).unwrap_err().code(), "duplicate_request");
    assert!(poll(delivery).is_pending());
}

#[test]
fn nobody_waits_for_another_whose_mail_hangs() {
    let (host, service) = story();
    ask_many(&service, 3);
    host.mail.set(Mail::Hangs);
    host.reachable.borrow_mut().extend(["approver-01", "approver-02"]);
    host.sent.take();
    let mut delivery = pin!(service.deliver());
    assert!(poll(delivery.as_mut()).is_pending());
    assert_eq!(host.recipients(), ["approver-01", "approver-02"]);
}

#[test]
fn sixteen_are_sent_to_at_once_and_each_gets_one_after_the_other() {
    let (host, service) = story();
    ask_many(&service, 20);
    run(&service, "dev", ask_for("/payments/one")).unwrap();
    run(&service, "dev", ask_for("/payments/two")).unwrap();
    host.attempts.take();
    host.sent.take();
    host.mail.set(Mail::Hangs);
    let mut delivery = pin!(service.deliver());
    assert!(poll(delivery.as_mut()).is_pending());
    let mut at_once = host.attempts.borrow().clone();
    assert_eq!(at_once.len(), 16);
    at_once.sort();
    at_once.dedup();
    assert_eq!(at_once.len(), 16);
    host.mail.set(Mail::Works);
    assert_eq!(poll(delivery), Poll::Ready(Ok(Deliveries { sent: 22, ..Deliveries::default() })));
    assert_eq!(host.attempts.borrow().len(), 22);
    assert_eq!(host.recipients().iter().filter(|id| *id == "bob").count(), 2);
}

#[test]
fn what_is_on_its_way_is_not_sent_twice() {
    for has_outbox in [true, false] {
        let (host, service) = story();
        host.has_outbox.set(has_outbox);
        run(&service, "dev", ask()).unwrap();
        host.mail.set(Mail::Hangs);
        let (mut first, mut second) = (pin!(service.deliver()), pin!(service.deliver()));
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        host.mail.set(Mail::Works);
        let sent = Poll::Ready(Ok(Deliveries { sent: 1, ..Deliveries::default() }));
        assert_eq!(poll(first), sent);
        assert_eq!(poll(second), sent);
        assert_eq!(host.attempts.borrow().len(), 1);
    }
}

#[test]
fn what_arrives_while_the_outbox_is_asked_is_not_sent_twice() {
    for is_told_before in [true, false] {
        let (host, service) = story();
        let tell = || drop(run(&service, "dev", ask()).unwrap());
        host.outbox.set(Outbox::BeforeReading);
        if is_told_before {
            tell();
        }
        let mut asking = pin!(service.deliver());
        assert!(poll(asking.as_mut()).is_pending());
        if !is_told_before {
            tell();
        }
        host.outbox.set(Outbox::AfterReading);
        assert!(poll(asking.as_mut()).is_pending());
        assert_eq!(block_on(service.settled()).sent, 1);
        host.outbox.set(Outbox::Nowhere);
        assert_eq!(poll(asking), Poll::Ready(Ok(Deliveries { sent: 1, ..Deliveries::default() })));
        assert_eq!(*host.attempts.borrow(), ["bob"]);
    }
}

#[test]
fn a_recipient_whose_mail_hung_is_left_alone_until_the_next_delivery() {
    let (host, service) = story();
    run(&service, "dev", ask_for("/payments/one")).unwrap();
    run(&service, "dev", ask_for("/payments/two")).unwrap();
    host.mail.set(Mail::TimesOut);
    assert_eq!(deliver(&service), Deliveries { left: 2, ..Deliveries::default() });
    assert_eq!(host.attempts.take(), ["bob"]);
    host.mail.set(Mail::Works);
    assert_eq!(deliver(&service), Deliveries { sent: 2, ..Deliveries::default() });
}

#[test]
fn a_delivery_that_is_broken_off_is_left_for_the_next() {
    for has_outbox in [true, false] {
        let (host, service) = story();
        host.has_outbox.set(has_outbox);
        run(&service, "dev", ask_for("/payments/one")).unwrap();
        run(&service, "dev", ask_for("/payments/two")).unwrap();
        host.mail.set(Mail::Hangs);
        let mut waiting = pin!(service.deliver());
        {
            let mut broken_off = pin!(service.deliver());
            assert!(poll(broken_off.as_mut()).is_pending());
            assert!(poll(waiting.as_mut()).is_pending());
        }
        assert_eq!(poll(waiting), Poll::Ready(Ok(Deliveries { left: 2, ..Deliveries::default() })));
        host.mail.set(Mail::Works);
        assert_eq!(deliver(&service), Deliveries { sent: 2, ..Deliveries::default() });
    }
}
