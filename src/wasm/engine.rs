//! The class that JavaScript sees: it reads what comes in, asks the engine, and writes the answer.

use std::cell::RefCell;
use std::rc::Rc;

use access_rights::Scratch;
use js_sys::{Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::guard::{caught, guarded};
use super::host::{JsHost, snapshot_to_js};
use super::source::{Answering, Source};
use super::values::{number, read, thrown, timestamp, to_js};
use crate::commands::Command;
use crate::limits;
use crate::notices;
use crate::notices::Message;
use crate::people::{Actor, Subject};
use crate::refusal::Refusal;
use crate::scoped::{ScopedEngine, ScopedSnapshot};
use crate::service::{CommandOptions, Deliveries, Host, HostError, Service};
use crate::values::{Invalid, InvalidKind, ProjectId, SubjectId, Timestamp};

/// How long a callback may take unless the options say otherwise.
const DEFAULT_TIMEOUT_SECONDS: f64 = 30.0;

/// Which project to open; beside its host.
#[derive(Debug, Deserialize, tsify::Tsify)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenOptions {
    /// The project.
    project: ProjectId,
    /// Its first administrators, at least one; read only where there is no such project yet.
    #[tsify(optional)]
    administrators: Option<Vec<Subject>>,
}

#[allow(clippy::cast_possible_truncation, reason = "a float is cut off at the bounds of the integer")]
fn timeout_millis(seconds: &JsValue) -> Result<i32, Refusal> {
    let seconds = if seconds.is_undefined() { Some(DEFAULT_TIMEOUT_SECONDS) } else { seconds.as_f64() };
    match seconds.filter(|seconds| *seconds > 0.0 && seconds.is_finite()) {
        Some(seconds) => Ok((seconds * 1000.0).ceil() as i32),
        None => {
            let invalid = Invalid::new(InvalidKind::InvalidInput, "give a number of seconds above 0");
            Err(invalid.inside("hostTimeoutSeconds").into())
        }
    }
}

/// The engine of one project, as `AccessEngine` wraps it.
///
/// Every argument that is called JSON is JSON text. Times are milliseconds; without one the host's clock is read.
/// What is refused is thrown, or rejects the promise, as a `Refused` with the `cause` a callback has given.
#[wasm_bindgen]
pub struct RawEngine(pub(super) Rc<Shared>);

pub(super) struct Shared {
    source: Source,
    /// Of what was opened from a snapshot it has a clock at most.
    host: Rc<JsHost>,
    pub(super) scratch: Scratch,
}

#[wasm_bindgen]
impl RawEngine {
    /// Opens a project: loads its record, or makes it where there is none. Options are JSON; beside them how many seconds
    /// a callback may take, which need not be whole.
    #[wasm_bindgen(unchecked_return_type = "Promise<RawEngine>")]
    pub fn open(options: &str, callbacks: JsValue, timeout_seconds: JsValue) -> Promise {
        let options: Result<OpenOptions, JsValue> = read("", options);
        guarded(async move {
            let options = options?;
            let host = Rc::new(JsHost::new(callbacks, timeout_millis(&timeout_seconds).map_err(thrown)?));
            let service = Service::open(options.project, options.administrators, Rc::clone(&host)).await;
            let service = service.map_err(|refusal| refused(&host, refusal))?;
            let engine = Self::of(Source::Record(Box::new(service)), host);
            engine.0.send_behind();
            Ok(engine.into())
        })
    }

    /// Opens a snapshot (JSON) of what one subject may see; `now` of the clock is called, if there is one.
    #[wasm_bindgen(js_name = openSnapshot)]
    pub fn open_snapshot(snapshot: &str, clock: JsValue) -> Result<Self, JsValue> {
        let opened = ScopedEngine::open(&read_snapshot(snapshot)?).map_err(thrown)?;
        Ok(Self::of(Source::Snapshot(Box::new(RefCell::new(opened))), Rc::new(JsHost::new(clock, 0))))
    }

    /// Takes a newer snapshot (JSON); whether it is newer.
    pub fn update(&self, snapshot: &str) -> Result<bool, JsValue> {
        let snapshot = read_snapshot(snapshot)?;
        let Some(scoped) = self.0.source.scoped() else {
            let problem = "this engine has a record, and was not opened from a snapshot: `refresh` it";
            return Err(thrown(Invalid::new(InvalidKind::InvalidInput, problem).into()));
        };
        scoped.borrow_mut().update(&snapshot).map_err(thrown)
    }

    /// What a subject (JSON) may see.
    #[wasm_bindgen(js_name = snapshotFor, unchecked_return_type = "ScopedSnapshot")]
    pub fn snapshot_for(&self, subject: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (subject, at) = (read::<SubjectId>("for", subject)?, self.at(at)?);
        let snapshot = self.answering()?.whole().map_err(thrown)?.snapshot_for(&subject, at);
        to_js(&snapshot)
    }

    /// Carries out a command. Actor, command, client and key are JSON; `aborted` is asked right before the append.
    #[wasm_bindgen(unchecked_return_type = "Promise<Receipt>")]
    pub fn execute(
        &self,
        actor: &str,
        command: &str,
        client: Option<String>,
        idempotency_key: Option<String>,
        now: Option<f64>,
        aborted: Function,
    ) -> Promise {
        let read_all = || {
            let actor: Actor = read("actor", actor)?;
            let command = Command::from_json(command).map_err(thrown)?;
            let options = CommandOptions {
                now: time(now, "now")?,
                client: client.map(|client| read("client", &client)).transpose()?,
                idempotency_key: idempotency_key.map(|key| read("idempotencyKey", &key)).transpose()?,
                // What throws here counts as aborted.
                aborted: Some(Box::new(move || {
                    !aborted.call0(&JsValue::UNDEFINED).is_ok_and(|it| it.is_falsy())
                })),
            };
            Ok((actor, command, options))
        };
        let input: Result<_, JsValue> = read_all();
        self.run(async move |shared| {
            let (actor, command, options) = input?;
            shared.answer(shared.service()?.execute(&actor, &command, options).await)
        })
    }

    /// Commits what is due, if anything is.
    #[wasm_bindgen(unchecked_return_type = "Promise<Receipt | null>")]
    pub fn tick(&self, now: Option<f64>) -> Promise {
        let now = time(now, "now");
        self.run(async move |shared| shared.answer(shared.service()?.tick(now?).await))
    }

    /// Catches up with what others have appended; the version after.
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn refresh(&self) -> Promise {
        self.run(async |shared| shared.answer(shared.service()?.refresh().await))
    }

    /// Sends what is due; what has failed, too, where it is to be tried again.
    #[wasm_bindgen(unchecked_return_type = "Promise<Deliveries>")]
    pub fn deliver(&self, retries_failed: bool) -> Promise {
        self.run(async move |shared| {
            let service = shared.service()?;
            let deliver = async || {
                if retries_failed {
                    service.retry().await?;
                }
                service.deliver().await
            };
            shared.answer(deliver().await)
        })
    }

    /// Waits for what is under way, messages included.
    #[wasm_bindgen(unchecked_return_type = "Promise<Deliveries>")]
    pub fn settled(&self) -> Promise {
        self.run(async |shared| {
            let service = shared.source.service().ok();
            shared.answer(Ok(match service {
                Some(service) => service.settled().await,
                None => Deliveries::default(),
            }))
        })
    }

    /// Makes a snapshot of the newest state, and has the host keep it.
    #[wasm_bindgen(unchecked_return_type = "Promise<Snapshot>")]
    pub fn snapshot(&self) -> Promise {
        self.run(async |shared| {
            let snapshot = shared.service()?.snapshot().await;
            snapshot.map(|it| snapshot_to_js(&it)).map_err(|refusal| refused(&shared.host, refusal))
        })
    }

    /// Checks the stored record against its hashes, and against a head that was noted elsewhere (JSON).
    #[wasm_bindgen(unchecked_return_type = "Promise<Verification>")]
    pub fn verify(&self, head: Option<String>) -> Promise {
        let head = head.map(|head| read("head", &head)).transpose();
        self.run(async move |shared| shared.answer(shared.service()?.verify(head?).await))
    }

    /// How many commits the record has, as far as this engine knows.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> Result<f64, JsValue> {
        Ok(number(self.answering()?.head().version))
    }

    /// The newest entry of the record.
    #[wasm_bindgen(unchecked_return_type = "Head")]
    pub fn head(&self) -> Result<JsValue, JsValue> {
        let head = self.answering()?.head();
        to_js(&head)
    }

    /// When the next tick is due.
    #[wasm_bindgen(js_name = nextWakeAt, unchecked_return_type = "number | undefined")]
    pub fn next_wake_at(&self) -> Result<JsValue, JsValue> {
        let next = self.answering()?.next_wake_at();
        next.map_or(Ok(JsValue::UNDEFINED), |at| to_js(&at))
    }
}

impl RawEngine {
    fn of(source: Source, host: Rc<JsHost>) -> Self {
        Self(Rc::new(Shared { source, host, scratch: Scratch::new(limits::PATH_BYTES) }))
    }

    /// Runs what takes time beside this object, which may be freed meanwhile; what it has to tell goes out behind it.
    pub(super) fn run<F>(&self, work: impl FnOnce(Rc<Shared>) -> F) -> Promise
    where
        F: Future<Output = Result<JsValue, JsValue>> + 'static,
    {
        let (shared, work) = (Rc::clone(&self.0), work(Rc::clone(&self.0)));
        guarded(async move {
            let answer = work.await;
            shared.send_behind();
            answer
        })
    }

    pub(super) fn answering(&self) -> Result<Answering<'_>, JsValue> {
        self.0.source.answering().map_err(thrown)
    }

    /// The instant a question is about.
    pub(super) fn at(&self, at: Option<f64>) -> Result<Timestamp, JsValue> {
        if let Some(at) = time(at, "at")? {
            return Ok(at);
        }
        self.0.host.now().map_err(|error| {
            let problem = match error {
                HostError::Failed(problem) => problem,
                HostError::Timeout => String::new(),
            };
            refused(&self.0.host, Refusal::HostFailed { callback: "now".to_owned(), problem })
        })
    }
}

impl Shared {
    /// Sends what commands have to tell, without anybody waiting for it. A trap closes the engine.
    fn send_behind(self: &Rc<Self>) {
        let shared = Rc::clone(self);
        spawn_local(async move {
            let sending = Rc::clone(&shared);
            let sent = caught(async move {
                if let Ok(service) = sending.source.service() {
                    service.send_news().await;
                }
            });
            if let (Err(trap), Ok(service)) = (sent.await, shared.source.service()) {
                service.close(trap);
            }
        });
    }

    pub(super) fn service(&self) -> Result<&Service<Rc<JsHost>>, JsValue> {
        self.source.service().map_err(thrown)
    }

    pub(super) fn answer<A: Serialize>(&self, result: Result<A, Refusal>) -> Result<JsValue, JsValue> {
        to_js(&result.map_err(|refusal| refused(&self.host, refusal))?)
    }
}

fn time(millis: Option<f64>, field: &str) -> Result<Option<Timestamp>, JsValue> {
    let refused = |invalid: Invalid| thrown(invalid.inside(field).into());
    millis.map(timestamp).transpose().map_err(refused)
}

fn read_snapshot(snapshot: &str) -> Result<ScopedSnapshot, JsValue> {
    let problem = || "it is no snapshot for one subject".to_owned();
    serde_json::from_str(snapshot).map_err(|_| thrown(Refusal::InvalidSnapshot { problem: problem() }))
}

/// A refusal as it is thrown, with what the host's callback threw.
fn refused(host: &JsHost, refusal: Refusal) -> JsValue {
    let is_of_host = matches!(refusal, Refusal::HostFailed { .. });
    let refused = thrown(refusal);
    if let Some(cause) = host.take_thrown().filter(|_| is_of_host) {
        let _ = Reflect::set(&refused, &"cause".into(), &cause);
    }
    refused
}

/// The memory that the scratch is in.
#[wasm_bindgen(js_name = engineMemory, unchecked_return_type = "WebAssembly.Memory")]
pub fn engine_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// A message (JSON) in words; the options are JSON, too.
#[wasm_bindgen(js_name = renderNotice, unchecked_return_type = "RenderedNotice")]
pub fn render_notice(message: &str, options: &str) -> Result<JsValue, JsValue> {
    let message: Message = read("message", message)?;
    to_js(&notices::render_notice(&message, &read("", options)?))
}
