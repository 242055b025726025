//! A trap, such as a panic or memory that ran out, ends the call it happened in and nothing else.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::task::Poll;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::values::thrown;
use crate::refusal::Refusal;

thread_local! {
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = apply)]
    fn apply(function: &mut dyn FnMut(), this: &JsValue, arguments: &Array) -> Result<(), JsValue>;
}

/// Runs a future as a promise. A trap inside rejects it with `engine_poisoned`, where otherwise it would stay
/// pending for ever and the trap would surface as an uncaught exception, which ends a Node process.
pub fn guarded(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    future_to_promise(async { caught(future).await.map_err(thrown)? })
}

/// Runs a future; a trap inside is `engine_poisoned`.
///
/// Each poll is called by way of JavaScript, which can catch what Rust cannot. A future that has trapped is never
/// touched again, not even dropped: what it had borrowed stays borrowed, and its engine must be given up.
pub(super) fn caught<T>(future: impl Future<Output = T>) -> impl Future<Output = Result<T, Refusal>> {
    let mut running = Some(Box::pin(future));
    poll_fn(move |context| {
        let mut outcome = Poll::Pending;
        let mut poll = || {
            if let Some(future) = &mut running {
                outcome = future.as_mut().poll(context);
            }
        };
        match apply(&mut poll, &JsValue::UNDEFINED, &Array::new()) {
            Ok(()) => outcome.map(Ok),
            Err(trap) => {
                std::mem::forget(running.take());
                let problem = last_panic().unwrap_or_else(|| format!("{trap:?}"));
                Poll::Ready(Err(Refusal::EnginePoisoned { problem }))
            }
        }
    })
}

/// What the last panic said, once.
#[wasm_bindgen(js_name = lastPanic)]
pub fn last_panic() -> Option<String> {
    LAST_PANIC.take()
}

#[wasm_bindgen(start)]
fn remember_panics() {
    std::panic::set_hook(Box::new(|panic| {
        LAST_PANIC.set(Some(panic.to_string()));
    }));
}
