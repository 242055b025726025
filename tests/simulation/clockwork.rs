//! Virtual time: an executor on one thread, whose clock stands still while anything can go on, and then goes to the next
//! instant at which something can. Whoever is woken first goes on first.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Milliseconds of virtual time.
pub(crate) type Millis = i64;

/// Names something that goes on by itself.
pub(crate) type TaskId = u64;

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// The executor with its clock; its clones are the same one.
#[derive(Clone, Default)]
pub(crate) struct Clockwork(Rc<Parts>);

#[derive(Default)]
struct Parts {
    now: Cell<Millis>,
    count: Cell<u64>,
    tasks: RefCell<BTreeMap<TaskId, Task>>,
    timers: RefCell<BTreeMap<(Millis, u64), Waker>>,
    woken: Arc<Woken>,
}

/// Who can go on. A waker has to be fit for threads, though there are none.
#[derive(Default)]
struct Woken(Mutex<VecDeque<TaskId>>);

impl Woken {
    fn add(&self, id: TaskId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(id);
    }

    fn next(&self) -> Option<TaskId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

struct Bell {
    id: TaskId,
    woken: Arc<Woken>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.woken.add(self.id);
    }
}

impl Clockwork {
    pub(crate) fn now(&self) -> Millis {
        self.0.now.get()
    }

    /// A number that was not given before.
    pub(crate) fn number(&self) -> u64 {
        self.0.count.set(self.0.count.get() + 1);
        self.0.count.get()
    }

    /// Lets something go on by itself, until it is over or killed.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + 'static) -> TaskId {
        let id = self.number();
        self.0.tasks.borrow_mut().insert(id, Box::pin(task));
        self.0.woken.add(id);
        id
    }

    /// Ends something in the middle of whatever it does. Nobody ends himself.
    pub(crate) fn kill(&self, id: TaskId) {
        let killed = self.0.tasks.borrow_mut().remove(&id);
        drop(killed);
    }

    pub(crate) async fn sleep(&self, length: Millis) {
        self.sleep_until(self.now() + length.max(0)).await;
    }

    pub(crate) async fn sleep_until(&self, at: Millis) {
        let mut is_set = false;
        poll_fn(|context| {
            if self.now() >= at {
                return Poll::Ready(());
            }
            if !is_set {
                self.0.timers.borrow_mut().insert((at, self.number()), context.waker().clone());
                is_set = true;
            }
            Poll::Pending
        })
        .await;
    }

    /// What something comes to, or nothing if it takes longer than that.
    pub(crate) async fn within<T>(&self, length: Millis, work: impl Future<Output = T>) -> Option<T> {
        let (mut work, mut end) = (Box::pin(work), Box::pin(self.sleep(length)));
        poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => end.as_mut().poll(context).map(|()| None),
        })
        .await
    }

    /// Lets everything go on until that instant.
    pub(crate) fn run_until(&self, end: Millis) {
        loop {
            while let Some(id) = self.0.woken.next() {
                self.poll(id);
            }
            let next = self.0.timers.borrow().first_key_value().map(|(key, _)| *key);
            let Some(key) = next.filter(|(at, _)| *at <= end) else { break };
            self.0.now.set(key.0);
            let bell = self.0.timers.borrow_mut().remove(&key);
            bell.into_iter().for_each(Waker::wake);
        }
        self.0.now.set(end);
    }

    fn poll(&self, id: TaskId) {
        // It is out of the map meanwhile: it may look at the map itself.
        let Some(mut task) = self.0.tasks.borrow_mut().remove(&id) else { return };
        let bell = Waker::from(Arc::new(Bell { id, woken: Arc::clone(&self.0.woken) }));
        if task.as_mut().poll(&mut Context::from_waker(&bell)).is_pending() {
            self.0.tasks.borrow_mut().insert(id, task);
        }
    }

    /// Ends everything, so that what goes on keeps nothing alive that keeps it alive.
    pub(crate) fn stop(&self) {
        while let Some((_, task)) = { self.0.tasks.borrow_mut().pop_first() } {
            drop(task);
        }
        self.0.timers.borrow_mut().clear();
    }
}

/// What will be known later, by somebody who may be gone by then.
pub(crate) struct Reply<T>(Rc<RefCell<(Option<T>, Option<Waker>)>>);

impl<T> Clone for Reply<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Default for Reply<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new((None, None))))
    }
}

impl<T> Reply<T> {
    pub(crate) fn give(&self, value: T) {
        let bell = {
            let mut parts = self.0.borrow_mut();
            parts.0 = Some(value);
            parts.1.take()
        };
        bell.into_iter().for_each(Waker::wake);
    }

    pub(crate) async fn taken(self) -> T {
        poll_fn(|context| {
            let mut parts = self.0.borrow_mut();
            match parts.0.take() {
                Some(value) => Poll::Ready(value),
                None => {
                    parts.1 = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}
