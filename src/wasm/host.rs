//! The host as JavaScript gives it: an object whose callbacks may be missing, throw, lie or never answer.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde_json::value::RawValue;
use wasm_bindgen::prelude::*;

use super::settle::{Failure, settle};
use super::values::{number, timestamp, to_js, to_json};
use crate::engine::Snapshot;
use crate::events::SubjectErased;
use crate::json::read_json;
use crate::notices::Message;
use crate::people::Chance;
use crate::record::{Head, SealedCommit, Sought};
use crate::service::{AppendError, Claim, Claimed, Host, HostError, SendError, Settlement};
use crate::values::{Seconds, Timestamp};

/// The callbacks of the host, each bounded in time.
pub(super) struct JsHost {
    callbacks: JsValue,
    timeout_millis: i32,
    last_thrown: RefCell<Option<JsValue>>,
}

impl JsHost {
    /// A host that may take so long for each callback.
    pub(super) fn new(callbacks: JsValue, timeout_millis: i32) -> Self {
        Self { callbacks, timeout_millis, last_thrown: RefCell::new(None) }
    }

    /// What the last callback that failed has thrown, once: the cause of `host_failed`.
    pub(super) fn take_thrown(&self) -> Option<JsValue> {
        self.last_thrown.take()
    }

    fn callback(&self, callback: &str) -> Result<Option<Function>, Failure> {
        let found = Reflect::get(&self.callbacks, &callback.into()).map_err(Failure::Thrown)?;
        if found.is_undefined() || found.is_null() {
            return Ok(None);
        }
        found.dyn_into().map(Some).map_err(|found| instead_of("a function", &found))
    }

    /// Calls back and waits; nothing where the host has no such callback.
    async fn call(&self, callback: &str, arguments: &Array) -> Result<Option<JsValue>, Failure> {
        let Some(function) = self.callback(callback)? else { return Ok(None) };
        let returned = function.apply(&self.callbacks, arguments).map_err(Failure::Thrown)?;
        settle(returned, self.timeout_millis).await.map(Some)
    }

    /// Calls back and waits; a host without this callback has failed.
    async fn require(&self, callback: &str, arguments: &Array) -> Result<JsValue, Failure> {
        let missing = || Failure::Useless("the host has no such function".to_owned());
        self.call(callback, arguments).await?.ok_or_else(missing)
    }

    fn read_clock(&self) -> Result<Timestamp, Failure> {
        let now = match self.callback("now")? {
            Some(now) => now.call0(&self.callbacks).map_err(Failure::Thrown)?,
            None => js_sys::Date::now().into(),
        };
        let millis = now.as_f64().ok_or_else(|| instead_of("a number", &now))?;
        timestamp(millis).map_err(|invalid| Failure::Useless(invalid.problem))
    }

    /// From the host, or from the machine's own source.
    fn draw(&self) -> Result<Chance, Failure> {
        let drawn = match self.callback("chance")? {
            Some(chance) => chance.call0(&self.callbacks).map_err(Failure::Thrown)?,
            None => random_bytes().map_err(Failure::Thrown)?,
        };
        let bytes = drawn.dyn_ref::<Uint8Array>().and_then(|bytes| <[u8; 32]>::try_from(bytes.to_vec()).ok());
        bytes.map(Chance::new).ok_or_else(|| instead_of("32 bytes", &drawn))
    }

    fn failed(&self, failure: Failure) -> HostError {
        if let Failure::Thrown(thrown) = &failure {
            self.last_thrown.replace(Some(thrown.clone()));
        }
        HostError::from(failure)
    }
}

impl Host for Rc<JsHost> {
    async fn load(&self, after: u64, limit: u32) -> Result<Vec<Box<RawValue>>, HostError> {
        let given = self.require("load", &Array::of2(&number(after).into(), &limit.into())).await;
        given.and_then(|given| list(&given)).map_err(|failure| self.failed(failure))
    }

    async fn append(&self, commit: &SealedCommit, expected: &Head) -> Result<(), AppendError> {
        let stored = JSON::parse(&commit.stored).unwrap_or(JsValue::UNDEFINED);
        let arguments = Array::of2(&stored, &written(expected));
        match self.require("append", &arguments).await {
            Ok(_) => Ok(()),
            Err(Failure::Thrown(thrown)) if is_conflict(&thrown) => Err(AppendError::Conflict),
            Err(failure) => Err(AppendError::Failed(self.failed(failure))),
        }
    }

    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let sent = self.require("send", &Array::of1(&written(message))).await;
        sent.map(drop).map_err(undelivered)
    }

    fn has_outbox(&self) -> bool {
        self.callback("claim").is_ok_and(|found| found.is_some())
    }

    async fn claim(&self, claim: &Claim) -> Result<Vec<Claimed>, HostError> {
        let given = self.require("claim", &Array::of1(&written(claim))).await;
        let list = given.and_then(|given| list(&given)).map_err(|failure| self.failed(failure))?;
        let claimed = list.iter().map(|claimed| read_json(claimed.get())).collect::<Result<_, _>>();
        claimed.map_err(|refusal| HostError::Failed(refusal.to_string()))
    }

    async fn settle(&self, settlement: &Settlement) -> Result<(), HostError> {
        let settled = self.require("settle", &Array::of1(&written(settlement))).await;
        settled.map(drop).map_err(|failure| self.failed(failure))
    }

    async fn retry(&self, at: Timestamp) -> Result<(), HostError> {
        let retried = self.require("retry", &Array::of1(&written(&at))).await;
        retried.map(drop).map_err(|failure| self.failed(failure))
    }

    async fn snapshot(&self) -> Result<Option<String>, HostError> {
        let given = self.call("snapshot", &Array::new()).await.map_err(|failure| self.failed(failure))?;
        let Some(given) = given.filter(|given| !given.is_undefined() && !given.is_null()) else {
            return Ok(None);
        };
        let data = Reflect::get(&given, &"data".into()).unwrap_or(JsValue::UNDEFINED);
        let bytes = data.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
        let failed = || self.failed(instead_of("a snapshot", &given));
        bytes.map(|bytes| String::from_utf8(bytes).ok()).ok_or_else(failed)
    }

    async fn save_snapshot(&self, snapshot: &Snapshot) -> Result<(), HostError> {
        let saved = self.call("saveSnapshot", &Array::of1(&snapshot_to_js(snapshot))).await;
        saved.map(drop).map_err(|failure| self.failed(failure))
    }

    async fn find(&self, sought: &Sought) -> Result<Option<Vec<u64>>, HostError> {
        let found = self.call("find", &Array::of1(&written(sought))).await;
        let Some(found) = found.map_err(|failure| self.failed(failure))? else { return Ok(None) };
        let versions = to_json(&found).ok().flatten().and_then(|json| serde_json::from_str(&json).ok());
        versions.map(Some).ok_or_else(|| self.failed(instead_of("a list of versions", &found)))
    }

    fn can_erase(&self) -> bool {
        self.callback("erase").is_ok_and(|found| found.is_some())
    }

    async fn erase(&self, erasure: &SubjectErased) -> Result<(), HostError> {
        let erased = self.require("erase", &Array::of1(&written(erasure))).await;
        erased.map(drop).map_err(|failure| self.failed(failure))
    }

    fn chance(&self) -> Result<Chance, HostError> {
        self.draw().map_err(|failure| self.failed(failure))
    }

    fn timeout(&self) -> Seconds {
        Seconds::new(u64::try_from(self.timeout_millis).unwrap_or(0).div_ceil(1000))
    }

    fn now(&self) -> Result<Timestamp, HostError> {
        self.read_clock().map_err(|failure| self.failed(failure))
    }
}

/// 32 bytes of `crypto.getRandomValues`, which browsers, Node, Deno, Bun and edge workers have.
fn random_bytes() -> Result<JsValue, JsValue> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into())?;
    let fill: Function = Reflect::get(&crypto, &"getRandomValues".into())?.dyn_into()?;
    fill.call1(&crypto, &Uint8Array::new_with_length(32))
}

/// What refuses nothing, such as a message that fails behind a command, is the cause of no refusal, either.
impl From<Failure> for HostError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Timeout => Self::Timeout,
            Failure::Useless(problem) => Self::Failed(problem),
            Failure::Thrown(thrown) => Self::Failed(in_words(&thrown)),
        }
    }
}

/// A snapshot as JavaScript has it: its data are bytes, since a text may be no longer than 512 MB.
pub(super) fn snapshot_to_js(snapshot: &Snapshot) -> JsValue {
    let Snapshot { head: Head { version, hash }, digest, data } = snapshot;
    let object = Object::new();
    let fields: [(&str, JsValue); 4] = [
        ("version", number(*version).into()),
        ("hash", hash.into()),
        ("digest", digest.into()),
        ("data", Uint8Array::from(data.as_bytes()).into()),
    ];
    for (name, value) in fields {
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// What a callback is given. The engine's own values always have a JSON form.
fn written(value: &impl Serialize) -> JsValue {
    to_js(value).unwrap_or(JsValue::UNDEFINED)
}

/// A list that a callback gave. `Array.isArray` is not asked: it may throw.
fn list(given: &JsValue) -> Result<Vec<Box<RawValue>>, Failure> {
    let json = to_json(given).map_err(Failure::Thrown)?;
    json.and_then(|json| serde_json::from_str(&json).ok()).ok_or_else(|| instead_of("an array", given))
}

/// By its name, so that the error of another copy of the package, or of a hand-written store, counts too.
fn is_conflict(thrown: &JsValue) -> bool {
    property(thrown, "name").is_some_and(|name| name == "ConflictError")
}

/// By its name, so that the error of another copy of the package, or of a hand-written mailer, counts too.
fn undelivered(failure: Failure) -> SendError {
    let Failure::Thrown(thrown) = &failure else { return HostError::from(failure).into() };
    if property(thrown, "name").is_none_or(|name| name != "DeliveryError") {
        return HostError::from(failure).into();
    }
    let said = |name: &str| Reflect::get(thrown, &name.into()).ok();
    if said("isFinal").is_some_and(|it| it.is_truthy()) {
        return SendError::Refused(in_words(thrown));
    }
    let asked = said("retryAfterSeconds").and_then(|it| it.as_f64()).map(whole_seconds);
    SendError::Failed(failure.into(), asked)
}

/// As many as there are: what is no number of seconds is none, or as many as can be counted.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from floating point saturates"
)]
fn whole_seconds(seconds: f64) -> Seconds {
    Seconds::new(seconds.ceil() as u64)
}

fn property(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

fn in_words(thrown: &JsValue) -> String {
    thrown
        .as_string()
        .or_else(|| property(thrown, "message"))
        .unwrap_or_else(|| format!("it threw {}", kind(thrown)))
}

fn instead_of(wanted: &str, found: &JsValue) -> Failure {
    Failure::Useless(format!("it gave {} instead of {wanted}", kind(found)))
}

fn kind(value: &JsValue) -> String {
    let kind = value.js_typeof().as_string().unwrap_or_default();
    match kind.as_str() {
        "undefined" => kind,
        _ if value.is_null() => "null".to_owned(),
        "object" => "an object".to_owned(),
        _ => format!("a {kind}"),
    }
}
