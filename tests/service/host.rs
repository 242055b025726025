//! A host in memory that fails, races and forgets on demand, and a project on it.

use std::cell::{Cell, Ref, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use access_engine::Engine;
use access_engine::commands::Command;
use access_engine::engine::Snapshot;
use access_engine::events::SubjectErased;
use access_engine::json::{sha256, unhex};
use access_engine::notices::Message;
use access_engine::people::{Actor, Chance};
use access_engine::record::{Commit, Head, Receipt, SealedCommit};
use access_engine::refusal::Refusal;
use access_engine::service::{
    AppendError, Claim, Claimed, CommandOptions, Deliveries, Host, HostError, SendError, Service, Settlement,
};
use access_engine::values::{NoticeId, ProjectId, Seconds, SubjectId, Timestamp};
use pollster::block_on;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

/// What several servers share: one record, one outbox.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) commits: RefCell<Vec<Value>>,
    pub(crate) claimed: RefCell<Vec<(Claimed, Timestamp)>>,
    pub(crate) settled: RefCell<Vec<Settlement>>,
    retried: Cell<Option<Timestamp>>,
    pub(crate) snapshot: RefCell<Option<String>>,
}

impl Store {
    /// What is due by all that was claimed and settled so far.
    fn claim(&self, claim: &Claim) -> Vec<Claimed> {
        let commits = self.commits.borrow().clone();
        let notices =
            commits.into_iter().flat_map(|it| serde_json::from_value::<Commit>(it).unwrap().notices);
        let mut given: Vec<Claimed> = Vec::new();
        for notice in notices {
            for recipient_id in notice.to {
                let (notice_id, recipient_id) = (notice.id.clone(), recipient_id);
                let is_taken = given.iter().any(|it| it.recipient_id == recipient_id);
                let is_busy = self.claimed.borrow().iter().any(|(it, until)| {
                    it.recipient_id == recipient_id && *until > claim.at && self.settlement(it).is_none()
                });
                let attempts = self.attempts(&notice_id, &recipient_id);
                let is_due = attempts.last().is_none_or(|last| self.is_due(last, claim.at));
                if given.len() < claim.limit as usize && is_due && !is_taken && !is_busy {
                    let attempt = attempts.last().map_or(0, |last| last.attempt) + 1;
                    given.push(Claimed { notice_id, recipient_id, attempt });
                }
            }
        }
        let until = claim.at.plus(claim.lease_seconds);
        self.claimed.borrow_mut().extend(given.iter().map(|it| (it.clone(), until)));
        given
    }

    fn attempts(&self, notice: &NoticeId, recipient: &SubjectId) -> Vec<Claimed> {
        let claimed = self.claimed.borrow();
        let of_it = claimed.iter().filter(|(it, _)| it.notice_id == *notice && it.recipient_id == *recipient);
        of_it.map(|(it, _)| it.clone()).collect()
    }

    fn settlement(&self, claimed: &Claimed) -> Option<Settlement> {
        let Claimed { notice_id, recipient_id, attempt } = claimed;
        let is_of_it = |it: &&Settlement| {
            (&it.notice_id, &it.recipient_id, it.attempt) == (notice_id, recipient_id, *attempt)
        };
        self.settled.borrow().iter().find(is_of_it).cloned()
    }

    fn is_due(&self, last: &Claimed, at: Timestamp) -> bool {
        let Some(settlement) = self.settlement(last) else { return true };
        let Some(failed) = settlement.failed else { return false };
        let is_retried = self.retried.get().is_some_and(|retried| retried >= settlement.at);
        is_retried || failed.retry_after_seconds.is_some_and(|after| settlement.at.plus(after) <= at)
    }
}

type Deed = Box<dyn FnOnce()>;

/// How the next `append` goes wrong.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Fault {
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
pub(crate) enum Mail {
    #[default]
    Works,
    Fails,
    /// Does not answer in time.
    TimesOut,
    /// Is asked to come back later.
    IsToComeBackAfter(u64),
    /// Is refused for good.
    IsRefused,
    /// Does not answer, for now.
    Hangs,
}

/// Where the outbox waits when something is claimed.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Outbox {
    #[default]
    Nowhere,
    BeforeClaiming,
    AfterClaiming,
}

#[derive(Clone)]
pub(crate) struct MemoryHost {
    pub(crate) store: Rc<Store>,
    pub(crate) now: Rc<Cell<i64>>,
    pub(crate) fault: Rc<Cell<Fault>>,
    pub(crate) has_outbox: Rc<Cell<bool>>,
    pub(crate) can_erase: Rc<Cell<bool>>,
    pub(crate) erase_fails: Rc<Cell<bool>>,
    pub(crate) outbox: Rc<Cell<Outbox>>,
    pub(crate) settle_fails: Rc<Cell<bool>>,
    pub(crate) mail: Rc<Cell<Mail>>,
    /// For whom it works however it goes wrong.
    pub(crate) reachable: Rc<RefCell<Vec<&'static str>>>,
    /// To whom something was to be sent.
    pub(crate) attempts: Rc<RefCell<Vec<String>>>,
    pub(crate) sent: Rc<RefCell<Vec<Message>>>,
    pub(crate) appends: Rc<Cell<u32>>,
    /// How many commits were read.
    pub(crate) read: Rc<Cell<usize>>,
    /// What others do while a snapshot is on its way.
    pub(crate) meanwhile: Rc<RefCell<Option<Deed>>>,
}

impl MemoryHost {
    pub(crate) fn on(store: &Rc<Store>) -> Self {
        Self {
            store: store.clone(),
            now: Rc::default(),
            fault: Rc::default(),
            has_outbox: Rc::new(Cell::new(true)),
            can_erase: Rc::new(Cell::new(true)),
            erase_fails: Rc::default(),
            outbox: Rc::default(),
            settle_fails: Rc::default(),
            mail: Rc::default(),
            reachable: Rc::default(),
            attempts: Rc::default(),
            sent: Rc::default(),
            appends: Rc::default(),
            read: Rc::default(),
            meanwhile: Rc::default(),
        }
    }

    async fn wait_while(&self, place: Outbox) {
        poll_fn(|_| if self.outbox.get() == place { Poll::Pending } else { Poll::Ready(()) }).await;
    }

    pub(crate) fn recipients(&self) -> Vec<String> {
        self.sent.borrow().iter().map(|message| message.recipient.id.to_string()).collect()
    }
}

impl Host for MemoryHost {
    async fn load(&self, after: u64, limit: u32) -> Result<Vec<Box<RawValue>>, HostError> {
        let commits = self.store.commits.borrow();
        let later = commits.iter().skip(usize::try_from(after).unwrap()).take(limit as usize);
        let page: Vec<_> = later.map(|commit| to_raw_value(commit).unwrap()).collect();
        self.read.set(self.read.get() + page.len());
        Ok(page)
    }

    async fn append(&self, commit: &SealedCommit, expected: &Head) -> Result<(), AppendError> {
        self.appends.set(self.appends.get() + 1);
        let mut commits = self.store.commits.borrow_mut();
        let is_expected = commits.last().map_or(expected.version == 0, |last| is_at(last, expected));
        if self.fault.get() == Fault::AlwaysLoses || !is_expected {
            return Err(AppendError::Conflict);
        }
        if self.fault.get() == Fault::Fails {
            return Err(AppendError::Failed(HostError::Failed("the disk is full".to_owned())));
        }
        commits.push(serde_json::from_str(&commit.stored).unwrap());
        if self.fault.take() == Fault::LosesAnswer {
            return Err(AppendError::Failed(HostError::Timeout));
        }
        Ok(())
    }

    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let id = message.recipient.id.as_str();
        self.attempts.borrow_mut().push(id.to_owned());
        let is_reachable = self.reachable.borrow().contains(&id);
        let mail = || if is_reachable { Mail::Works } else { self.mail.get() };
        poll_fn(|_| if mail() == Mail::Hangs { Poll::Pending } else { Poll::Ready(()) }).await;
        match mail() {
            Mail::Fails => return Err(HostError::Failed("no connection".to_owned()).into()),
            Mail::TimesOut => return Err(HostError::Timeout.into()),
            Mail::IsToComeBackAfter(seconds) => {
                let busy = HostError::Failed("too many at once".to_owned());
                return Err(SendError::Failed(busy, Some(Seconds::new(seconds))));
            }
            Mail::IsRefused => return Err(SendError::Refused("there is nobody of that name".to_owned())),
            Mail::Works | Mail::Hangs => self.sent.borrow_mut().push(message.clone()),
        }
        Ok(())
    }

    fn has_outbox(&self) -> bool {
        self.has_outbox.get()
    }

    async fn claim(&self, claim: &Claim) -> Result<Vec<Claimed>, HostError> {
        self.wait_while(Outbox::BeforeClaiming).await;
        let claimed = self.store.claim(claim);
        self.wait_while(Outbox::AfterClaiming).await;
        Ok(claimed)
    }

    async fn settle(&self, settlement: &Settlement) -> Result<(), HostError> {
        if self.settle_fails.get() {
            return Err(HostError::Failed("no connection".to_owned()));
        }
        self.store.settled.borrow_mut().push(settlement.clone());
        Ok(())
    }

    async fn retry(&self, at: Timestamp) -> Result<(), HostError> {
        self.store.retried.set(Some(at));
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
        self.store.snapshot.take();
        Ok(())
    }

    async fn snapshot(&self) -> Result<Option<String>, HostError> {
        Ok(self.store.snapshot.borrow().clone())
    }

    async fn save_snapshot(&self, snapshot: &Snapshot) -> Result<(), HostError> {
        if let Some(act) = self.meanwhile.take() {
            act();
        }
        self.store.snapshot.replace(Some(snapshot.data.clone()));
        Ok(())
    }

    fn chance(&self) -> Result<Chance, HostError> {
        let drawn = sha256([&self.appends.get().to_be_bytes()]);
        Ok(Chance::new(unhex(&drawn).unwrap()))
    }

    fn timeout(&self) -> Seconds {
        Seconds::new(30)
    }

    fn now(&self) -> Result<Timestamp, HostError> {
        Timestamp::from_millis(self.now.get()).map_err(|invalid| HostError::Failed(invalid.problem))
    }
}

pub(crate) fn is_at(commit: &Value, head: &Head) -> bool {
    commit["version"] == head.version && commit["hash"] == head.hash
}

pub(crate) fn subject(id: &str) -> Value {
    json!({"type": "user", "id": id, "name": id, "email": format!("{id}@example.com")})
}

pub(crate) fn open(host: &MemoryHost) -> Service<MemoryHost> {
    let administrators = serde_json::from_value(json!([subject("ada")])).unwrap();
    let project = ProjectId::try_from("acme").unwrap();
    block_on(Service::open(project, Some(administrators), host.clone())).unwrap()
}

pub(crate) fn engine(service: &Service<MemoryHost>) -> Ref<'_, Engine> {
    service.engine().unwrap()
}

pub(crate) fn actor(id: &str) -> Actor {
    Actor::Subject(SubjectId::try_from(id).unwrap())
}

pub(crate) fn run(service: &Service<MemoryHost>, id: &str, command: Value) -> Result<Receipt, Refusal> {
    run_with(service, id, command, CommandOptions::default())
}

pub(crate) fn run_with(
    service: &Service<MemoryHost>,
    id: &str,
    command: Value,
    options: CommandOptions,
) -> Result<Receipt, Refusal> {
    let command = Command::from_json(&command.to_string())?;
    block_on(service.execute(&actor(id), &command, options))
}

pub(crate) fn ask() -> Value {
    ask_for("/payments")
}

pub(crate) fn ask_for(path: &str) -> Value {
    json!({"requestAccess": {"target": {"environment": "production", "path": path}, "actions": ["read"],
        "duration": "PT1H"}})
}

/// A project where `bob` approves what `dev` asks for.
pub(crate) fn story() -> (MemoryHost, Service<MemoryHost>) {
    story_at(0)
}

pub(crate) fn story_at(now: i64) -> (MemoryHost, Service<MemoryHost>) {
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

pub(crate) fn deliver(service: &Service<MemoryHost>) -> Deliveries {
    block_on(service.deliver()).unwrap()
}

/// Goes on with a delivery as far as it comes.
pub(crate) fn poll<T>(delivery: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    delivery.poll(&mut Context::from_waker(Waker::noop()))
}

pub(crate) fn approve(service: &Service<MemoryHost>, request: &Receipt) -> Value {
    let id = request.request_id.clone().unwrap();
    let hash = engine(service).state().requests().get(&id).unwrap().content_hash.clone();
    json!({"reviewRequest": {"requestId": id, "verdict": "approve", "contentHash": hash}})
}
