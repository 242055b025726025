//! The class that JavaScript sees: it reads what comes in, asks the engine, and writes the answer.

use std::cell::RefCell;
use std::rc::Rc;

use access_rights::{Asked, Name, Scratch};
use js_sys::{Function, Promise, Reflect};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::batch::RawBatch;
use super::guard::{caught, guarded};
use super::host::{JsHost, snapshot_to_js};
use super::source::{Answering, Source};
use super::values::{number, read, thrown, timestamp, to_js};
use crate::access::{AccessQuery, Hot};
use crate::commands::Command;
use crate::engine::{Engine, Told};
use crate::limits;
use crate::notices;
use crate::notices::Message;
use crate::people::{Actor, Subject};
use crate::refusal::Refusal;
use crate::resources::Resource;
use crate::scoped::{ScopedEngine, ScopedSnapshot};
use crate::service::{CommandOptions, Deliveries, Host, HostError, Service};
use crate::values::{Action, Attributes, Environment, Invalid, InvalidKind, ProjectId, SubjectId, Timestamp};

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
pub struct RawEngine(Rc<Shared>);

struct Shared {
    source: Source,
    /// Of what was opened from a snapshot it has a clock at most.
    host: Rc<JsHost>,
    scratch: Scratch,
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

    /// May this subject do this? The query is JSON.
    #[wasm_bindgen(unchecked_return_type = "Decision")]
    pub fn evaluate(&self, query: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (query, at) = (read("query", query)?, self.at(at)?);
        let decision = self.answering()?.evaluate(&query, at);
        to_js(&decision.map_err(thrown)?)
    }

    /// The same as [`RawEngine::evaluate`] in less time, as JSON, of a query that is five texts: subject, action, type,
    /// environment (none where it is empty) and path, a NUL between them. Nothing where that is no query.
    #[wasm_bindgen(js_name = evaluatePlainly)]
    pub fn evaluate_plainly(&self, query: &str, at: f64) -> Option<String> {
        let mut texts = query.split('\0');
        let mut next = || texts.next();
        let [subject, action, kind, environment, path] = [next()?, next()?, next()?, next()?, next()?];
        // A lone surrogate has become that on its way.
        if next().is_some() || query.contains(char::REPLACEMENT_CHARACTER) {
            return None;
        }
        let environment = Some(environment).filter(|name| !name.is_empty()).map(Environment::try_from);
        let resource = Resource {
            kind: kind.try_into().ok()?,
            environment: environment.transpose().ok()?,
            path: path.try_into().ok()?,
        };
        let query = AccessQuery {
            subject: (&SubjectId::try_from(subject).ok()?).into(),
            action: Action::try_from(action).ok()?.into(),
            resource: resource.into(),
            context: Attributes::default(),
        };
        let decision = self.answering().ok()?.evaluate(&query, timestamp(at).ok()?).ok()?;
        serde_json::to_string(&decision).ok()
    }

    /// Answers many queries (JSON) as of one instant.
    #[wasm_bindgen(js_name = evaluateAll, unchecked_return_type = "Decision[]")]
    pub fn evaluate_all(&self, queries: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (queries, at) = (read::<Vec<_>>("queries", queries)?, self.at(at)?);
        let decisions: Result<Vec<_>, _> = {
            let engine = self.answering()?;
            queries.iter().map(|query| engine.evaluate(query, at)).collect()
        };
        to_js(&decisions.map_err(thrown)?)
    }

    /// Where [`RawEngine::is_allowed`] reads the path.
    pub fn scratch(&self) -> *const u8 {
        self.0.scratch.start()
    }

    /// How many bytes fit.
    #[wasm_bindgen(js_name = scratchSize)]
    pub fn scratch_size(&self) -> usize {
        self.0.scratch.size()
    }

    /// The number of a subject for [`RawEngine::is_allowed`]; -1 as long as there is no such subject. It never changes.
    #[wasm_bindgen(js_name = subjectNumber)]
    pub fn subject_number(&self, id: &str) -> Result<f64, JsValue> {
        self.number(id, Hot::subject)
    }

    /// The same of an action.
    #[wasm_bindgen(js_name = actionNumber)]
    pub fn action_number(&self, name: &str) -> Result<f64, JsValue> {
        self.number(name, Hot::action)
    }

    /// The same of a type.
    #[wasm_bindgen(js_name = typeNumber)]
    pub fn kind_number(&self, name: &str) -> Result<f64, JsValue> {
        self.number(name, Hot::kind)
    }

    /// The same of an environment; the empty text is none.
    #[wasm_bindgen(js_name = environmentNumber)]
    pub fn environment_number(&self, name: &str) -> Result<f64, JsValue> {
        self.number(name, Hot::environment)
    }

    /// May this subject do this? 1: yes, 0: no, 2: not answered here, ask `evaluate`.
    ///
    /// Nothing is allocated and no object crosses: names are numbers, and the path, all of ASCII, has been written to the
    /// scratch. What is not plainly acceptable or depends on a condition is left to `evaluate`.
    #[wasm_bindgen(js_name = isAllowed)]
    pub fn is_allowed(
        &self,
        subject: u32,
        action: u32,
        kind: u32,
        environment: u32,
        path_length: u32,
        at: f64,
    ) -> u8 {
        let ask = || {
            let at = timestamp(at).ok()?;
            let engine = self.answering().ok()?;
            let [subject, action, kind, environment] =
                [subject, action, kind, environment].map(Name::numbered);
            let path = &*self.0.scratch.path(path_length, limits::PATH_SEGMENTS)?;
            engine.is_plainly_allowed(subject, Asked { action, kind, environment, path, at: 0 }, at)
        };
        ask().map_or(2, u8::from)
    }

    /// Queries (JSON) that are to be asked again and again.
    pub fn batch(&self, queries: &str) -> Result<RawBatch, JsValue> {
        RawBatch::new(read("queries", queries)?).map_err(thrown)
    }

    /// Whether those of a batch with these numbers are allowed, a bit each, the lowest of a byte first.
    #[wasm_bindgen(js_name = areAllowed)]
    pub fn are_allowed(
        &self,
        batch: &RawBatch,
        numbers: &[u32],
        at: Option<f64>,
    ) -> Result<Vec<u8>, JsValue> {
        let at = self.at(at)?;
        batch.are_allowed(&self.answering()?, numbers, at).map_err(thrown)
    }

    /// What would become of a draft. Actor and draft are JSON.
    #[wasm_bindgen(unchecked_return_type = "Preview")]
    pub fn preview(&self, actor: &str, draft: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("draft", draft), at, Engine::preview)
    }

    /// How a request stands. Actor and id are JSON.
    #[wasm_bindgen(unchecked_return_type = "Explanation")]
    pub fn explain(&self, actor: &str, request_id: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("requestId", request_id), at, Engine::explain, ScopedEngine::explain)
    }

    /// What waits for the actor. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<InboxItem, InboxTask>")]
    pub fn inbox(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::inbox, ScopedEngine::inbox)
    }

    /// Requests that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<RequestView, RequestStatus>")]
    pub fn requests(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::requests, ScopedEngine::requests)
    }

    /// Grants that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<GrantView, GrantStatus>")]
    pub fn grants(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::grants, ScopedEngine::grants)
    }

    /// Policies. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "ManagedPage<PolicyView>")]
    pub fn policies(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask_either(actor, ("filter", filter), at, Engine::policies, ScopedEngine::policies)
    }

    /// What commands would bring about. Actor and commands are JSON.
    #[wasm_bindgen(unchecked_return_type = "Simulation")]
    pub fn simulate(&self, actor: &str, commands: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("commands", commands), at, Engine::simulate)
    }

    /// What is wrong before anybody runs into it. The actor is JSON.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn analyze(&self, actor: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (actor, at) = self.asker(actor, at)?;
        let findings = self.answering()?.whole().map_err(thrown)?.analyze(&actor, at);
        to_js(&findings.map_err(thrown)?)
    }

    /// What became of a bundle. Actor and id are JSON.
    #[wasm_bindgen(unchecked_return_type = "BundleView")]
    pub fn bundle(&self, actor: &str, bundle_id: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("bundleId", bundle_id), at, Engine::bundle)
    }

    /// Who may do this. Actor and search are JSON.
    #[wasm_bindgen(js_name = searchSubjects, unchecked_return_type = "Page<Person, Stateless>")]
    pub fn search_subjects(&self, actor: &str, search: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("search", search), at, Engine::search_subjects)
    }

    /// On which resources a subject may do this. Actor and search are JSON.
    #[wasm_bindgen(js_name = searchResources, unchecked_return_type = "Page<Resource, Stateless>")]
    pub fn search_resources(&self, actor: &str, search: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("search", search), at, Engine::search_resources)
    }

    /// What a subject may do here. Actor and search are JSON.
    #[wasm_bindgen(js_name = searchActions, unchecked_return_type = "Page<Action, Stateless>")]
    pub fn search_actions(&self, actor: &str, search: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("search", search), at, Engine::search_actions)
    }

    /// Delegations that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Page<DelegationView, GrantStatus>")]
    pub fn delegations(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("filter", filter), at, Engine::delegations)
    }

    /// Standing permissions that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "ManagedPage<PermissionView>")]
    pub fn permissions(&self, actor: &str, filter: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        self.ask(actor, ("filter", filter), at, Engine::permissions)
    }

    /// What would become of foreign policies. The actor is JSON; the policies are it too, at most 1 MiB.
    #[wasm_bindgen(js_name = importPolicies, unchecked_return_type = "ImportReport")]
    pub fn import_policies(&self, actor: &str, policies: &str, at: Option<f64>) -> Result<JsValue, JsValue> {
        let (actor, at) = self.asker(actor, at)?;
        let report = self.answering()?.whole().map_err(thrown)?.import_policies(&actor, policies, at);
        to_js(&report.map_err(thrown)?)
    }

    /// The live policies, as `createPolicies` takes them. The actor is JSON.
    #[wasm_bindgen(js_name = exportPolicies, unchecked_return_type = "PolicyExport")]
    pub fn export_policies(&self, actor: &str) -> Result<JsValue, JsValue> {
        let actor = read("actor", actor)?;
        let export = self.answering()?.whole().map_err(thrown)?.export_policies(&actor);
        to_js(&export.map_err(thrown)?)
    }

    /// Entries of the record that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(unchecked_return_type = "Promise<RecordPage<HistoryEntry>>")]
    pub fn history(&self, actor: &str, filter: &str, at: Option<f64>) -> Promise {
        self.look_up(actor, filter, at, Told::history)
    }

    /// Archived requests that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(js_name = archivedRequests, unchecked_return_type = "Promise<RecordPage<RequestView>>")]
    pub fn archived_requests(&self, actor: &str, filter: &str, at: Option<f64>) -> Promise {
        self.look_up(actor, filter, at, Told::archived_requests)
    }

    /// Archived grants that the actor may see. Actor and filter are JSON.
    #[wasm_bindgen(js_name = archivedGrants, unchecked_return_type = "Promise<RecordPage<GrantView>>")]
    pub fn archived_grants(&self, actor: &str, filter: &str, at: Option<f64>) -> Promise {
        self.look_up(actor, filter, at, Told::archived_grants)
    }
}

impl RawEngine {
    fn of(source: Source, host: Rc<JsHost>) -> Self {
        Self(Rc::new(Shared { source, host, scratch: Scratch::new(limits::PATH_BYTES) }))
    }

    /// Runs what takes time beside this object, which may be freed meanwhile; what it has to tell goes out behind it.
    fn run<F>(&self, work: impl FnOnce(Rc<Shared>) -> F) -> Promise
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

    /// Of a text that may have lost a lone surrogate on its way nothing is known.
    fn number(&self, text: &str, of: fn(&Hot, &str) -> Name) -> Result<f64, JsValue> {
        let number = of(self.answering()?.hot(), text);
        let is_known = number != Name::UNKNOWN && !text.contains(char::REPLACEMENT_CHARACTER);
        Ok(if is_known { f64::from(number.number()) } else { -1.0 })
    }

    fn answering(&self) -> Result<Answering<'_>, JsValue> {
        self.0.source.answering().map_err(thrown)
    }

    fn ask<M: DeserializeOwned, A: Serialize>(
        &self,
        actor: &str,
        (name, matter): (&str, &str),
        at: Option<f64>,
        question: impl FnOnce(&Engine, &Actor, &M, Timestamp) -> Result<A, Refusal>,
    ) -> Result<JsValue, JsValue> {
        let ((actor, at), matter) = (self.asker(actor, at)?, read(name, matter)?);
        let answer = self.answering()?.whole().and_then(|engine| question(engine, &actor, &matter, at));
        to_js(&answer.map_err(thrown)?)
    }

    /// The same of what a snapshot carries answers to.
    fn ask_either<M: DeserializeOwned, A: Serialize>(
        &self,
        actor: &str,
        (name, matter): (&str, &str),
        at: Option<f64>,
        question: impl FnOnce(&Engine, &Actor, &M, Timestamp) -> Result<A, Refusal>,
        carried: impl FnOnce(&ScopedEngine, &Actor, &M, Timestamp) -> Result<Value, Refusal>,
    ) -> Result<JsValue, JsValue> {
        let ((actor, at), matter) = (self.asker(actor, at)?, read(name, matter)?);
        let answer = match self.answering()? {
            Answering::Whole(engine) => question(&engine, &actor, &matter, at).map(Ok),
            Answering::Scoped(scoped) => carried(&scoped, &actor, &matter, at).map(Err),
        };
        match answer.map_err(thrown)? {
            Ok(answer) => to_js(&answer),
            Err(carried) => to_js(&carried),
        }
    }

    /// Asks what the record is read for.
    fn look_up<F: DeserializeOwned + 'static, A: Serialize>(
        &self,
        actor: &str,
        filter: &str,
        at: Option<f64>,
        question: impl AsyncFnOnce(Told, &Service<Rc<JsHost>>, &Actor, &F) -> Result<A, Refusal> + 'static,
    ) -> Promise {
        let read_all = || {
            let ((actor, at), filter) = (self.asker(actor, at)?, read("filter", filter)?);
            let engine = self.0.service()?.engine().map_err(thrown)?;
            Ok((engine.told_at(at), actor, filter))
        };
        let asked: Result<_, JsValue> = read_all();
        self.run(async move |shared| {
            let (told, actor, filter) = asked?;
            shared.answer(question(told, shared.service()?, &actor, &filter).await)
        })
    }

    /// Who asks a question, and about which instant.
    fn asker(&self, actor: &str, at: Option<f64>) -> Result<(Actor, Timestamp), JsValue> {
        Ok((read("actor", actor)?, self.at(at)?))
    }

    /// The instant a question is about.
    fn at(&self, at: Option<f64>) -> Result<Timestamp, JsValue> {
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

    fn service(&self) -> Result<&Service<Rc<JsHost>>, JsValue> {
        self.source.service().map_err(thrown)
    }

    fn answer<A: Serialize>(&self, result: Result<A, Refusal>) -> Result<JsValue, JsValue> {
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
