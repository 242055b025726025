//! The asynchronous shell over an in-memory host that fails, races and forgets on demand.
#![cfg(not(target_arch = "wasm32"))]

use std::cell::{Cell, Ref, RefCell};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use access_engine::Engine;
use access_engine::commands::Command;
use access_engine::events::{AccessEvent, SubjectErased};
use access_engine::json::{sha256, unhex};
use access_engine::notices::{DropReason, Message, Notice};
use access_engine::people::{Actor, Chance};
use access_engine::record::{Commit, Head, Receipt};
use access_engine::refusal::Refusal;
use access_engine::requests::content_hash;
use access_engine::service::{AppendError, CommandOptions, Deliveries, Host, HostError, Service, Settlement};
use access_engine::values::{IdempotencyKey, ProjectId, SubjectId, Timestamp};
use pollster::block_on;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What several servers share: one record, one outbox.
#[derive(Default)]
struct Store {
    commits: RefCell<Vec<Value>>,
    settled: RefCell<Vec<Settlement>>,
}

/// How the next `append` goes wrong.
#[derive(Clone, Copy, Default, PartialEq)]
enum Fault {
    #[default]
    None,
    /// Fails and writes nothing.
    Fails,
    /// Writes, and then does not say so.
    LosesAnswer,
    /// Says that somebody was faster, although nobody was.
    AlwaysLoses,
}

/// How sending goes wrong.
#[derive(Clone, Copy, Default, PartialEq)]
enum Mail {
    #[default]
    Works,
    Fails,
    /// Does not answer in time.
    TimesOut,
    /// Does not answer, for now.
    Hangs,
}

/// Where the outbox waits when it is asked.
#[derive(Clone, Copy, Default, PartialEq)]
enum Outbox {
    #[default]
    Nowhere,
    BeforeReading,
    AfterReading,
}

#[derive(Clone)]
struct MemoryHost {
    store: Rc<Store>,
    now: Rc<Cell<i64>>,
    fault: Rc<Cell<Fault>>,
    has_outbox: Rc<Cell<bool>>,
    can_erase: Rc<Cell<bool>>,
    erase_fails: Rc<Cell<bool>>,
    outbox: Rc<Cell<Outbox>>,
    mail: Rc<Cell<Mail>>,
    /// For whom it works however it goes wrong.
    reachable: Rc<RefCell<Vec<&'static str>>>,
    /// To whom something was to be sent.
    attempts: Rc<RefCell<Vec<String>>>,
    sent: Rc<RefCell<Vec<Message>>>,
    appends: Rc<Cell<u32>>,
}

impl MemoryHost {
    fn on(store: &Rc<Store>) -> Self {
        Self {
            store: store.clone(),
            now: Rc::default(),
            fault: Rc::default(),
            has_outbox: Rc::new(Cell::new(true)),
            can_erase: Rc::new(Cell::new(true)),
            erase_fails: Rc::default(),
            outbox: Rc::default(),
            mail: Rc::default(),
            reachable: Rc::default(),
            attempts: Rc::default(),
            sent: Rc::default(),
            appends: Rc::default(),
        }
    }

    async fn wait_while(&self, place: Outbox) {
        poll_fn(|_| if self.outbox.get() == place { Poll::Pending } else { Poll::Ready(()) }).await;
    }

    fn recipients(&self) -> Vec<String> {
        self.sent.borrow().iter().map(|message| message.recipient.id.to_string()).collect()
    }
}

impl Host for MemoryHost {
    async fn load(&self, after: u64) -> Result<Vec<Box<RawValue>>, HostError> {
        let commits = self.store.commits.borrow();
        let later = commits.iter().skip(usize::try_from(after).unwrap());
        Ok(later.map(|commit| to_raw_value(commit).unwrap()).collect())
    }

    async fn append(&self, commit: &Commit, expected: &Head) -> Result<(), AppendError> {
        self.appends.set(self.appends.get() + 1);
        let mut commits = self.store.commits.borrow_mut();
        let is_expected = commits.last().map_or(expected.version == 0, |last| is_at(last, expected));
        if self.fault.get() == Fault::AlwaysLoses || !is_expected {
            return Err(AppendError::Conflict);
        }
        if self.fault.get() == Fault::Fails {
            return Err(AppendError::Failed(HostError::Failed("the disk is full".to_owned())));
        }
        commits.push(serde_json::from_str(&commit.to_stored()).unwrap());
        if self.fault.take() == Fault::LosesAnswer {
            return Err(AppendError::Failed(HostError::Timeout));
        }
        Ok(())
    }

    async fn send(&self, message: &Message) -> Result<(), HostError> {
        let id = message.recipient.id.as_str();
        self.attempts.borrow_mut().push(id.to_owned());
        let is_reachable = self.reachable.borrow().contains(&id);
        let mail = || if is_reachable { Mail::Works } else { self.mail.get() };
        poll_fn(|_| if mail() == Mail::Hangs { Poll::Pending } else { Poll::Ready(()) }).await;
        match mail() {
            Mail::Fails => return Err(HostError::Failed("no connection".to_owned())),
            Mail::TimesOut => return Err(HostError::Timeout),
            Mail::Works | Mail::Hangs => self.sent.borrow_mut().push(message.clone()),
        }
        Ok(())
    }

    async fn undelivered(&self) -> Result<Option<Vec<Notice>>, HostError> {
        if !self.has_outbox.get() {
            return Ok(None);
        }
        self.wait_while(Outbox::BeforeReading).await;
        let commits = self.store.commits.borrow().clone();
        let written =
            commits.into_iter().flat_map(|commit| serde_json::from_value::<Commit>(commit).unwrap().notices);
        let settled = self.store.settled.borrow().clone();
        let undelivered = written.filter_map(|mut notice| {
            let is_settled =
                |id: &SubjectId| settled.iter().any(|it| it.notice_id == notice.id && it.recipient_id == *id);
            notice.to.retain(|id| !is_settled(id));
            (!notice.to.is_empty()).then_some(notice)
        });
        let undelivered = undelivered.collect();
        self.wait_while(Outbox::AfterReading).await;
        Ok(Some(undelivered))
    }

    async fn settle(&self, settlement: &Settlement) -> Result<(), HostError> {
        self.store.settled.borrow_mut().push(settlement.clone());
        Ok(())
    }

    fn can_erase(&self) -> bool {
        self.can_erase.get()
    }

    async fn erase(&self, erasure: &SubjectErased) -> Result<(), HostError> {
        if self.erase_fails.get() {
            return Err(HostError::Failed("the disk is full".to_owned()));
        }
        let SubjectErased { subject_id, up_to } = erasure;
        let mut commits = self.store.commits.borrow_mut();
        let goes = |text: &Value| text["of"][subject_id.as_str()].as_u64().is_some_and(|own| own <= *up_to);
        for texts in commits.iter_mut().filter_map(|commit| commit.get_mut("texts")?.as_object_mut()) {
            texts.retain(|_, text| !goes(text));
        }
        Ok(())
    }

    fn chance(&self) -> Result<Chance, HostError> {
        let drawn = sha256([&self.appends.get().to_be_bytes()]);
        Ok(Chance::new(unhex(&drawn).unwrap()))
    }

    fn now(&self) -> Result<Timestamp, HostError> {
        Timestamp::from_millis(self.now.get()).map_err(|invalid| HostError::Failed(invalid.problem))
    }
}

fn is_at(commit: &Value, head: &Head) -> bool {
    commit["version"] == head.version && commit["hash"] == head.hash
}

fn subject(id: &str) -> Value {
    json!({"type": "user", "id": id, "name": id, "email": format!("{id}@example.com")})
}

fn open(host: &MemoryHost) -> Service<MemoryHost> {
    let administrators = serde_json::from_value(json!([subject("ada")])).unwrap();
    let project = ProjectId::try_from("acme").unwrap();
    block_on(Service::open(project, Some(administrators), host.clone())).unwrap()
}

fn engine(service: &Service<MemoryHost>) -> Ref<'_, Engine> {
    service.engine().unwrap()
}

fn actor(id: &str) -> Actor {
    Actor::Subject(SubjectId::try_from(id).unwrap())
}

fn run(service: &Service<MemoryHost>, id: &str, command: Value) -> Result<Receipt, Refusal> {
    run_with(service, id, command, CommandOptions::default())
}

fn run_with(
    service: &Service<MemoryHost>,
    id: &str,
    command: Value,
    options: CommandOptions,
) -> Result<Receipt, Refusal> {
    let command = Command::from_json(&command.to_string())?;
    block_on(service.execute(&actor(id), &command, options))
}

fn ask() -> Value {
    ask_for("/payments")
}

fn ask_for(path: &str) -> Value {
    json!({"requestAccess": {"target": {"environment": "production", "path": path}, "actions": ["read"],
        "duration": "PT1H"}})
}

/// A project where `bob` approves what `dev` asks for.
fn story() -> (MemoryHost, Service<MemoryHost>) {
    story_at(0)
}

fn story_at(now: i64) -> (MemoryHost, Service<MemoryHost>) {
    let host = MemoryHost::on(&Rc::default());
    host.now.set(now);
    let service = open(&host);
    let people = json!({"syncDirectory": {"changes": [
        {"upsertSubject": subject("dev")}, {"upsertSubject": subject("bob")}]}});
    run(&service, "ada", people).unwrap();
    let policy = json!({"createPolicy": {"name": "Payments", "actions": "all",
        "targets": {"environments": ["production"], "paths": ["/payments/**"]},
        "steps": [{"quorums": [{"approvers": [{"subject": "bob"}], "required": 1}]}]}});
    run(&service, "ada", policy).unwrap();
    deliver(&service);
    host.sent.take();
    host.attempts.take();
    (host, service)
}

fn deliver(service: &Service<MemoryHost>) -> Deliveries {
    block_on(service.deliver()).unwrap()
}

/// Goes on with a delivery as far as it comes.
fn poll<T>(delivery: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    delivery.poll(&mut Context::from_waker(Waker::noop()))
}

fn approve(service: &Service<MemoryHost>, request: &Receipt) -> Value {
    let id = request.request_id.clone().unwrap();
    let hash = engine(service).state().requests().get(&id).unwrap().content_hash.clone();
    json!({"reviewRequest": {"requestId": id, "verdict": "approve", "contentHash": hash}})
}

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
    assert_eq!(engine(&service).log().len(), host.store.commits.borrow().len());
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

#[test]
fn what_is_due_is_committed_as_a_tick_of_its_own_before_a_command_is_decided() {
    let (host, service) = story();
    let request = run(&service, "dev", ask()).unwrap();
    run(&service, "bob", approve(&service, &request)).unwrap();
    host.now.set(3_600_000);
    let refused = run(&service, "bob", json!({"withdrawReview": {"requestId": request.request_id}}));
    assert_eq!(refused.unwrap_err().code(), "request_not_pending");
    let last = engine(&service).log().last().unwrap().clone();
    assert_eq!(last.actor, Actor::Clock);
    assert!(matches!(last.events.last(), Some(AccessEvent::GrantEnded(_))));
    assert_eq!(block_on(service.tick(None)).unwrap(), None);
}

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
    assert!(engine(&service).stored().eq(host.store.commits.borrow().iter().map(Value::to_string)));
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

    let kept: Vec<Value> =
        engine(&service).stored().map(|commit| serde_json::from_str(&commit).unwrap()).collect();
    assert_eq!(kept, *host.store.commits.borrow());
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
