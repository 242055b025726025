//! Mail behind the commands: what hangs or fails delays nobody, and nothing is sent twice.

use std::pin::pin;
use std::task::Poll;

use access_engine::notices::DropReason;
use access_engine::refusal::Refusal;
use access_engine::service::{Deliveries, Service, Settlement};
use access_engine::values::Seconds;
use pollster::block_on;
use serde_json::json;

use super::host::{Mail, MemoryHost, Outbox, ask, ask_for, deliver, open, poll, run, story, subject};

/// Goes on by so many seconds.
fn wait(host: &MemoryHost, seconds: i64) {
    host.now.set(host.now.get() + 1000 * seconds);
}

const SENT: Deliveries = Deliveries { sent: 1, dropped: 0, left: 0 };
const LEFT: Deliveries = Deliveries { sent: 0, dropped: 0, left: 1 };

#[test]
fn mail_that_fails_undoes_nothing_and_is_sent_later_once() {
    for has_outbox in [true, false] {
        let (host, service) = story();
        host.has_outbox.set(has_outbox);
        run(&service, "dev", ask()).unwrap();
        host.mail.set(Mail::Fails);
        assert_eq!(deliver(&service), LEFT);
        assert_eq!(deliver(&service), Deliveries::default());
        wait(&host, 30);
        assert_eq!(deliver(&service), LEFT);
        host.mail.set(Mail::Works);
        wait(&host, 59);
        assert_eq!(deliver(&service), Deliveries::default());
        wait(&host, 1);
        assert_eq!(deliver(&service), SENT);
        assert_eq!(host.recipients(), ["bob"]);
        assert_eq!(deliver(&service), Deliveries::default());
    }
}

#[test]
fn mail_that_always_fails_is_tried_sixteen_times_and_again_when_somebody_wants_it() {
    for has_outbox in [true, false] {
        let (host, service) = story();
        host.has_outbox.set(has_outbox);
        run(&service, "dev", ask()).unwrap();
        host.mail.set(Mail::Fails);
        for attempt in 1..=16 {
            assert_eq!(deliver(&service), LEFT, "attempt {attempt}");
            wait(&host, 6 * 60 * 60);
        }
        host.mail.set(Mail::Works);
        assert_eq!(deliver(&service), Deliveries::default());
        block_on(service.retry()).unwrap();
        assert_eq!(deliver(&service), SENT);
        assert_eq!(deliver(&service), Deliveries::default());
    }
}

#[test]
fn each_wait_for_another_attempt_is_twice_as_long_up_to_six_hours() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    host.mail.set(Mail::Fails);
    for _ in 1..=16 {
        deliver(&service);
        wait(&host, 6 * 60 * 60);
    }
    let settled = host.store.settled.borrow();
    let failures = settled.iter().filter_map(|it| it.failed.as_ref());
    let waits: Vec<_> = failures.map(|it| it.retry_after_seconds.map(Seconds::get)).collect();
    let doubled = (0..10).map(|doublings| Some(30 << doublings));
    let expected: Vec<_> = doubled.chain([Some(6 * 60 * 60); 5]).chain([None]).collect();
    assert_eq!(waits, expected);
}

#[test]
fn a_message_that_is_refused_for_good_is_given_up_until_somebody_wants_it_tried() {
    for has_outbox in [true, false] {
        let (host, service) = story();
        host.has_outbox.set(has_outbox);
        run(&service, "dev", ask()).unwrap();
        host.mail.set(Mail::IsRefused);
        assert_eq!(deliver(&service), LEFT);
        host.mail.set(Mail::Works);
        wait(&host, 24 * 60 * 60);
        assert_eq!(deliver(&service), Deliveries::default());
        block_on(service.retry()).unwrap();
        assert_eq!(deliver(&service), SENT);
    }
}

#[test]
fn a_receiver_may_ask_for_a_later_attempt_up_to_six_hours_and_for_no_earlier_one() {
    for (asked, waits) in [(1, 30), (600, 600), (u64::MAX, 6 * 60 * 60)] {
        let (host, service) = story();
        run(&service, "dev", ask()).unwrap();
        host.mail.set(Mail::IsToComeBackAfter(asked));
        assert_eq!(deliver(&service), LEFT);
        host.mail.set(Mail::Works);
        wait(&host, waits - 1);
        assert_eq!(deliver(&service), Deliveries::default());
        wait(&host, 1);
        assert_eq!(deliver(&service), SENT);
    }
}

#[test]
fn of_several_servers_one_sends_a_message() {
    let (host, service) = story();
    let other = open(&host);
    run(&service, "dev", ask()).unwrap();
    host.mail.set(Mail::Hangs);
    let (mut first, mut second) = (pin!(service.deliver()), pin!(other.deliver()));
    assert!(poll(first.as_mut()).is_pending());
    assert_eq!(poll(second.as_mut()), Poll::Ready(Ok(Deliveries::default())));
    host.mail.set(Mail::Works);
    assert_eq!(poll(first), Poll::Ready(Ok(SENT)));
    assert_eq!(host.attempts.take(), ["bob"]);
    assert_eq!(deliver(&other), Deliveries::default());
}

#[test]
fn a_server_sends_what_another_has_told_of_by_the_newest_state() {
    let (host, service) = story();
    let other = open(&host);
    run(&service, "dev", ask()).unwrap();
    let mut bob = subject("bob");
    bob["disabled"] = json!(true);
    run(&service, "ada", json!({"syncDirectory": {"changes": [{"upsertSubject": bob}]}})).unwrap();
    run(&other, "dev", ask_for("/payments/other")).unwrap_err();
    assert_eq!(deliver(&other).sent, 1, "ada, that nobody can approve");
    assert!(!host.recipients().contains(&"bob".to_owned()));
}

#[test]
fn what_was_sent_and_could_not_be_noted_is_noted_later_and_not_sent_again() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    host.settle_fails.set(true);
    assert_eq!(deliver_failing(&service).code(), "host_failed");
    assert_eq!(host.recipients(), ["bob"]);
    run(&service, "dev", ask_for("/payments/other")).unwrap();
    assert_eq!(deliver_failing(&service).code(), "host_failed");
    assert_eq!(host.recipients(), ["bob"], "nothing is sent that could not be noted");
    host.settle_fails.set(false);
    wait(&host, 60 * 60);
    assert_eq!(deliver(&service), SENT);
    assert_eq!(host.recipients(), ["bob", "bob"]);
}

#[test]
fn a_message_whose_sender_is_gone_is_sent_by_another_server() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    host.mail.set(Mail::Hangs);
    assert!(poll(pin!(service.deliver()).as_mut()).is_pending());
    drop(service);
    host.mail.set(Mail::Works);
    let other = open(&host);
    assert_eq!(deliver(&other), Deliveries::default());
    wait(&host, 179);
    assert_eq!(deliver(&other), Deliveries::default());
    wait(&host, 1);
    assert_eq!(deliver(&other), SENT);
    assert_eq!(host.recipients(), ["bob"]);
}

#[test]
fn messages_go_out_while_more_of_them_are_claimed() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    host.outbox.set(Outbox::AfterClaiming);
    let mut delivery = pin!(service.deliver());
    assert!(poll(delivery.as_mut()).is_pending());
    host.outbox.set(Outbox::BeforeClaiming);
    assert!(poll(delivery.as_mut()).is_pending());
    assert_eq!(host.recipients(), ["bob"]);
    host.outbox.set(Outbox::Nowhere);
    assert_eq!(poll(delivery), Poll::Ready(Ok(SENT)));
}

#[test]
fn a_message_that_was_held_too_long_is_not_sent() {
    let (host, service) = story();
    run(&service, "dev", ask()).unwrap();
    host.outbox.set(Outbox::AfterClaiming);
    let mut delivery = pin!(service.deliver());
    assert!(poll(delivery.as_mut()).is_pending());
    wait(&host, 91);
    host.outbox.set(Outbox::Nowhere);
    assert_eq!(poll(delivery), Poll::Ready(Ok(LEFT)));
    assert!(host.recipients().is_empty());
    wait(&host, 30);
    assert_eq!(deliver(&service), SENT);
}

fn deliver_failing(service: &Service<MemoryHost>) -> Refusal {
    block_on(service.deliver()).unwrap_err()
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
fn a_delivery_waits_also_for_what_another_one_begins_meanwhile() {
    let (host, service) = story();
    run(&service, "dev", ask_for("/payments/one")).unwrap();
    run(&service, "dev", ask_for("/payments/two")).unwrap();
    host.mail.set(Mail::Hangs);
    let (mut first, mut second) = (pin!(service.deliver()), pin!(service.deliver()));
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    host.mail.set(Mail::Works);
    host.outbox.set(Outbox::AfterClaiming);
    assert!(poll(first.as_mut()).is_pending());
    assert_eq!(host.recipients(), ["bob"]);
    assert!(poll(second.as_mut()).is_pending());
    host.outbox.set(Outbox::Nowhere);
    let sent = Poll::Ready(Ok(Deliveries { sent: 2, ..Deliveries::default() }));
    assert_eq!(poll(first), sent);
    assert_eq!(poll(second), sent);
}

#[test]
fn a_recipient_whose_mail_hung_gets_the_next_one_all_the_same() {
    let (host, service) = story();
    run(&service, "dev", ask_for("/payments/one")).unwrap();
    run(&service, "dev", ask_for("/payments/two")).unwrap();
    host.mail.set(Mail::TimesOut);
    assert_eq!(deliver(&service), Deliveries { left: 2, ..Deliveries::default() });
    assert_eq!(host.attempts.take(), ["bob", "bob"]);
    host.mail.set(Mail::Works);
    wait(&host, 30);
    assert_eq!(deliver(&service), Deliveries { sent: 2, ..Deliveries::default() });
}

#[test]
fn what_is_on_its_way_is_waited_for_at_the_end_and_after_a_failure_nothing_is_begun() {
    let (host, service) = story();
    ask_many(&service, 20);
    host.attempts.take();
    host.mail.set(Mail::Fails);
    assert_eq!(block_on(service.settled()), Deliveries { left: 16, ..Deliveries::default() });
    host.mail.set(Mail::Works);
    assert_eq!(block_on(service.settled()), Deliveries { sent: 4, ..Deliveries::default() });
}

#[test]
fn a_delivery_that_is_broken_off_is_left_until_its_claims_are_over() {
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
        host.mail.set(Mail::Works);
        assert_eq!(poll(waiting), Poll::Ready(Ok(LEFT)));
        wait(&host, 180);
        assert_eq!(deliver(&service), Deliveries { sent: 2, ..Deliveries::default() });
    }
}
