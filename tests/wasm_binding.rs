//! The binding against hosts that do everything wrong, in Node and in a browser.
#![cfg(all(target_arch = "wasm32", feature = "wasm"))]

use access_engine::wasm::{RawEngine, engine_memory, guarded, render_notice};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::convert::TryFromJsValue;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test as test;

const OPTIONS: &str = r#"{"project":"acme","administrators":[{"type":"user","id":"ada","name":"Ada"}]}"#;
const TIMEOUT: f64 = 0.05;
const ADA: &str = r#"{"subject":"ada"}"#;
const SYNC: &str =
    r#"{"syncDirectory":{"changes":[{"upsertGroup":{"id":"ops","name":"Ops","members":[]}}]}}"#;
const PERMIT: &str = r#"{"createPermission":{"name":"Apps","holders":[{"subject":"ada"}],
    "targets":{"environments":["production"],"paths":["/app/*"]},"actions":["read"]}}"#;
const QUERY: &str = r#"{"subject":{"subject":"dev"},"action":"read","resource":{"path":"/app"}}"#;

/// A host that works, save for the callbacks given as JavaScript.
fn host(instead: &str) -> JsValue {
    let host = format!(
        "({{ commits: [], now: () => 1000, async send() {{}},
             async load(after) {{ return this.commits.slice(after); }},
             async append(commit) {{ this.commits.push(commit); }},
             {instead} }})"
    );
    js_sys::eval(&host).unwrap()
}

/// The code of a refusal.
fn code(refused: &JsValue) -> String {
    property(refused, "code")
}

fn property(object: &JsValue, name: &str) -> String {
    Reflect::get(object, &name.into()).unwrap().as_string().unwrap_or_default()
}

async fn settled(promise: Promise) -> Result<JsValue, String> {
    JsFuture::from(promise).await.map_err(|refused| code(&refused))
}

async fn open(host: JsValue) -> Result<RawEngine, String> {
    settled(RawEngine::open(OPTIONS, host, TIMEOUT.into()))
        .await
        .map(|engine| RawEngine::try_from_js_value(engine).unwrap())
}

fn execute(engine: &RawEngine, command: &str) -> Promise {
    engine.execute(ADA, command, None, None, None, Function::new_no_args(""))
}

/// Asks as the package does, for which names are numbers and the path is written to memory that both sides know.
fn ask(engine: &RawEngine, [subject, action, kind, environment, path]: [&str; 5], at: f64) -> u8 {
    let numbers = [
        engine.subject_number(subject),
        engine.action_number(action),
        engine.kind_number(kind),
        engine.environment_number(environment),
    ];
    let [subject, action, kind, environment] = numbers.map(Result::unwrap);
    if [subject, action, kind, environment].into_iter().any(|number| number < 0.0) {
        return 2;
    }
    let memory = Reflect::get(&engine_memory(), &"buffer".into()).unwrap();
    let (start, length) = (engine.scratch() as u32, u32::try_from(path.len()).unwrap());
    Uint8Array::new_with_byte_offset_and_length(&memory, start, length).copy_from(path.as_bytes());
    let [subject, action, kind, environment] =
        [subject, action, kind, environment].map(|number| number as u32);
    engine.is_allowed(subject, action, kind, environment, length, at)
}

#[test]
async fn a_host_that_works_is_opened_and_takes_commands() {
    let engine = open(host("")).await.unwrap();
    assert_eq!(engine.version(), Ok(1.0));
    settled(execute(&engine, SYNC)).await.unwrap();
    assert_eq!(engine.version(), Ok(2.0));
    assert_eq!(ask(&engine, ["ada", "read", "secret", "", "/app"], 1000.0), 2, "nothing is called so");
}

#[test]
async fn what_was_appended_is_loaded_again() {
    let host = host("claim() { return []; }");
    settled(execute(&open(host.clone()).await.unwrap(), SYNC)).await.unwrap();
    let again = open(host).await.unwrap();
    assert_eq!(again.version(), Ok(2.0));
    assert_eq!(settled(again.refresh()).await.unwrap(), 2.0);
    let verified = settled(again.verify(None)).await.unwrap();
    assert_eq!(Reflect::get(&verified, &"intact".into()), Ok(JsValue::TRUE));
    assert!(settled(again.deliver(false)).await.is_ok());
}

#[test]
async fn whatever_a_callback_does_wrong_is_the_hosts_fault() {
    let callbacks = [
        "load() { throw new Error('no'); }",
        "load() { throw null; }",
        "load: () => Promise.reject('no')",
        "load: () => Promise.reject(undefined)",
        "load: () => 7",
        "load: () => 'text'",
        "load: () => undefined",
        "load: () => null",
        "load: () => ({ length: 1 })",
        "load: () => [1n]",
        "load: () => [Symbol.iterator, () => {}, undefined].map((it) => ({ toJSON() { throw it; } }))",
        "load: () => ({ then() { throw new Error('no'); } })",
        "load: () => ({ get then() { throw new Error('no'); } })",
        "load: () => Object.defineProperty(Promise.resolve([]), 'constructor', { get() { throw 1; } })",
        "load: () => new Proxy([], { get() { throw new Error('no'); } })",
        "load: () => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; }",
        "load: () => { const { proxy, revoke } = Proxy.revocable([], { get() { queueMicrotask(revoke); } });
                       return proxy; }",
        "load: 7",
        "load: undefined",
        "get load() { throw new Error('no'); }",
        "append() { throw new Error('no'); }",
        "append: () => Promise.reject({ get name() { throw 1; }, get message() { throw 2; } })",
        "append: null",
        "now: () => NaN",
        "now: () => 1.5",
        "now: () => '1000'",
        "now: () => 1000n",
        "now: async () => 1000",
        "now: () => { throw new Error('no'); }",
        "now: 1000",
    ];
    for callback in callbacks {
        assert_eq!(open(host(callback)).await.err().as_deref(), Some("host_failed"), "{callback}");
    }
}

#[test]
async fn whatever_settles_as_it_should_is_taken() {
    let callbacks = [
        "load() { return this.commits; }",
        "load: () => ({ then(resolve) { resolve([]); } })",
        "load: () => ({ then(resolve, reject) { resolve([]); reject(new Error('no')); throw 1; } })",
        "load: () => Promise.resolve({ then(resolve) { setTimeout(() => resolve([]), 1); } })",
        "append() { return 'anything'; }",
        "append: () => ({ then(resolve) { resolve(Symbol.iterator); } })",
        "now: undefined",
        "now: null",
    ];
    for callback in callbacks {
        assert_eq!(open(host(callback)).await.err(), None, "{callback}");
    }
}

#[test]
async fn what_is_no_commit_is_a_corrupt_record() {
    for list in ["[7]", "[null]", "[undefined]", "[[]]", "[{}]", "[() => {}]", "[Symbol.iterator]"] {
        let refused = open(host(&format!("load: () => {list}"))).await.err();
        assert_eq!(refused.as_deref(), Some("corrupt_record"), "{list}");
    }
}

#[test]
async fn a_callback_that_never_settles_times_out() {
    for callback in ["load", "append"] {
        let never = host(&format!("{callback}: () => new Promise(() => {{}})"));
        assert_eq!(open(never).await.err().as_deref(), Some("host_timeout"), "{callback}");
    }
    for callbacks in [JsValue::UNDEFINED, JsValue::NULL, 7.into(), "host".into()] {
        assert_eq!(open(callbacks).await.err().as_deref(), Some("host_failed"));
    }
}

#[test]
async fn what_a_callback_throws_is_the_cause() {
    let host = host("append() { throw this.reason; }, reason: new Error('the disk is full')");
    let refused = JsFuture::from(RawEngine::open(OPTIONS, host.clone(), TIMEOUT.into())).await.unwrap_err();
    let (cause, reason) = (Reflect::get(&refused, &"cause".into()), Reflect::get(&host, &"reason".into()));
    assert_eq!(cause, reason);
    assert!(property(&refused, "message").contains("the disk is full"));
}

#[test]
async fn a_lost_race_is_known_by_the_name_of_its_error() {
    let late = "append(commit) {
        this.tries = (this.tries ?? 0) + 1;
        if (this.tries < 3) throw Object.assign(new Error('late'), { name: 'ConflictError' });
        this.commits.push(commit);
    }";
    assert_eq!(open(host(late)).await.err(), None);
    let always = "append() { throw { name: 'ConflictError' }; }";
    assert_eq!(open(host(always)).await.err().as_deref(), Some("conflict"));
}

#[test]
async fn overlapping_commands_queue_and_questions_do_not_wait() {
    let slow = "async append(commit) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        this.commits.push(commit);
    }";
    let engine = open(host(slow)).await.unwrap();
    let first = execute(&engine, SYNC);
    let second = execute(&engine, &SYNC.replace("ops", "dev"));
    assert!(engine.evaluate(QUERY, None).is_ok());
    assert_eq!(engine.version(), Ok(1.0));
    settled(second).await.unwrap();
    settled(first).await.unwrap();
    assert_eq!(engine.version(), Ok(3.0));
}

#[test]
async fn freed_while_a_command_is_pending_it_finishes() {
    let host = host("");
    let engine = open(host.clone()).await.unwrap();
    let pending = execute(&engine, SYNC);
    drop(engine);
    settled(pending).await.unwrap();
    assert_eq!(js_sys::Array::from(&Reflect::get(&host, &"commits".into()).unwrap()).length(), 2);
}

#[test]
async fn a_command_is_aborted_right_before_its_append() {
    let engine = open(host("")).await.unwrap();
    for aborted in ["return true", "return 'yes'", "throw new Error('no')"] {
        let command = engine.execute(ADA, SYNC, None, None, None, Function::new_no_args(aborted));
        assert_eq!(settled(command).await.unwrap_err(), "aborted", "{aborted}");
    }
    assert_eq!(engine.version(), Ok(1.0));
}

#[test]
async fn a_time_is_a_whole_number_of_milliseconds() {
    let engine = open(host("")).await.unwrap();
    for time in [f64::NAN, f64::INFINITY, -f64::INFINITY, 0.5, 8.64e15 + 1.0, -8.64e15 - 1.0] {
        assert_eq!(code(&engine.evaluate(QUERY, Some(time)).unwrap_err()), "invalid_time", "{time}");
        assert_eq!(engine.is_allowed(0, 0, 0, 0, 0, time), 2, "{time}");
        let command = engine.execute(ADA, SYNC, None, None, Some(time), Function::new_no_args(""));
        assert_eq!(settled(command).await.unwrap_err(), "invalid_time", "{time}");
    }
    for time in [0.0, -0.0, 8.64e15, -8.64e15] {
        assert!(engine.evaluate(QUERY, Some(time)).is_ok(), "{time}");
    }
}

#[test]
async fn the_fast_path_leaves_what_it_cannot_tell_to_evaluate() {
    let engine = open(host("")).await.unwrap();
    settled(execute(&engine, PERMIT)).await.unwrap();
    let ask = |question| ask(&engine, question, 1000.0);
    assert_eq!(ask(["ada", "read", "secret", "production", "/app/x"]), 1);
    assert_eq!(ask(["ada", "read", "secret", "", "/app/x"]), 0);
    assert_eq!(ask(["ada", "read", "secret", "production", "/app"]), 0);
    for question in [
        ["ad\u{fffd}", "read", "secret", "production", "/app/x"],
        ["dev", "read", "secret", "production", "/app/x"],
        ["ada", "", "secret", "production", "/app/x"],
        ["ada", "production", "secret", "production", "/app/x"],
        ["ada", "read", "", "production", "/app/x"],
        ["ada", "read", "secret", "*", "/app/x"],
        ["ada", "read", "secret", "read", "/app/x"],
        ["ada", "read", "secret", "production", "app"],
        ["ada", "read", "secret", "production", ""],
    ] {
        assert_eq!(ask(question), 2, "{question:?}");
    }
    assert_eq!(engine.is_allowed(u32::MAX, u32::MAX, u32::MAX, u32::MAX, u32::MAX, 1000.0), 2);
}

#[test]
fn a_notice_is_read_before_it_is_rendered() {
    assert_eq!(
        code(&render_notice("{}", r#"{"baseUrl":"https://example.com"}"#).unwrap_err()),
        "invalid_input"
    );
}

#[test]
async fn a_panic_rejects_its_call_and_no_other() {
    let panicking = settled(guarded(async { panic!("for the test") }));
    assert_eq!(panicking.await.unwrap_err(), "engine_poisoned");
    let later = guarded(async {
        JsFuture::from(Promise::resolve(&JsValue::NULL)).await?;
        panic!("for the test, later")
    });
    assert_eq!(settled(later).await.unwrap_err(), "engine_poisoned");
    assert_eq!(settled(guarded(async { Ok(2.into()) })).await.unwrap(), 2);
}
