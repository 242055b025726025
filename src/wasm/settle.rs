//! Waiting for what a callback of the host returned, whatever it is, for a bounded time.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// How a callback failed.
pub(super) enum Failure {
    /// It threw this, or its promise was rejected with it.
    Thrown(JsValue),
    /// It did not settle in time. It may still do what it was asked for.
    Timeout,
    /// It is not there, or gave something that is of no use.
    Useless(String),
}

/// Waits for a value, a promise or anything with a `then`, for at most so many milliseconds.
pub(super) async fn settle(returned: JsValue, millis: i32) -> Result<JsValue, Failure> {
    // Not `Promise.resolve`: it reads `returned.constructor`, and what that throws would get past us.
    let promise = Promise::new(&mut |resolve, _| {
        let _ = resolve.call1(&JsValue::UNDEFINED, &returned);
    });
    let mut settled = JsFuture::from(promise);
    let timer = Timer::start(millis);
    poll_fn(|context| match Pin::new(&mut settled).poll(context) {
        Poll::Ready(result) => Poll::Ready(result.map_err(Failure::Thrown)),
        Poll::Pending => timer.poll(context).map(|()| Err(Failure::Timeout)),
    })
    .await
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, millis: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// A timer of JavaScript, cleared when dropped so that it keeps no process alive.
struct Timer {
    elapsed: Rc<Cell<bool>>,
    waiting: Rc<RefCell<Option<Waker>>>,
    handle: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    fn start(millis: i32) -> Self {
        let elapsed = Rc::new(Cell::new(false));
        let waiting = Rc::new(RefCell::new(None::<Waker>));
        let callback = Closure::new({
            let (elapsed, waiting) = (Rc::clone(&elapsed), Rc::clone(&waiting));
            move || {
                elapsed.set(true);
                if let Some(waker) = waiting.take() {
                    waker.wake();
                }
            }
        });
        let handle = set_timeout(callback.as_ref().unchecked_ref(), millis);
        Self { elapsed, waiting, handle, _callback: callback }
    }

    fn poll(&self, context: &Context<'_>) -> Poll<()> {
        if self.elapsed.get() {
            return Poll::Ready(());
        }
        self.waiting.replace(Some(context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.handle);
    }
}
