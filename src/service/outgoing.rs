use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use async_lock::Semaphore;

use super::HostError;
use super::delivery::Delivery;
use crate::limits;
use crate::notices::Notice;
use crate::record::Commit;
use crate::values::{NoticeId, SubjectId};

/// A notice with its commit, once that is at hand.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) notice: Notice,
    pub(super) commit: OnceCell<Arc<Commit>>,
}

/// A notice on its way to one of its recipients; the message is made when it is sent.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) letter: Rc<Letter>,
    pub(super) to: SubjectId,
    outcome: Cell<Option<Delivery>>,
    /// Opens when the attempt is over.
    over: Semaphore,
}

impl Parcel {
    fn new(letter: Rc<Letter>, to: SubjectId) -> Rc<Self> {
        Rc::new(Self { letter, to, outcome: Cell::new(None), over: Semaphore::new(0) })
    }

    fn all_of(notice: Notice, commit: OnceCell<Arc<Commit>>) -> impl Iterator<Item = Rc<Self>> {
        let recipients: Vec<_> = notice.to.iter().cloned().collect();
        let letter = Rc::new(Letter { notice, commit });
        recipients.into_iter().map(move |to| Self::new(Rc::clone(&letter), to))
    }

    /// Of which message it is.
    fn key(&self) -> (NoticeId, SubjectId) {
        (self.letter.notice.id.clone(), self.to.clone())
    }

    fn close(&self, outcome: Option<Delivery>) {
        self.outcome.set(outcome);
        self.over.add_permits(1);
    }

    /// Waits for the end of the attempt; nothing where the notice is left.
    pub(super) async fn outcome(&self) -> Option<Delivery> {
        drop(self.over.acquire().await);
        self.outcome.get()
    }
}

/// The parcels that somebody keeps an eye on.
pub(super) type Watch = Rc<RefCell<Vec<Rc<Parcel>>>>;

/// The notices on their way: each is in one parcel a recipient, and to a recipient they go one after the other, so that
/// nobody waits for another whose mail hangs.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    /// By recipient, never an empty queue.
    waiting: BTreeMap<SubjectId, VecDeque<Rc<Parcel>>>,
    /// For whom something waits, and nothing is being sent: whoever has waited longest first.
    ready: VecDeque<SubjectId>,
    sending: BTreeMap<SubjectId, Rc<Parcel>>,
    /// What an attempt has failed for, which a host without an outbox forgets.
    left: Vec<Rc<Parcel>>,
    watches: Vec<Weak<RefCell<Vec<Rc<Parcel>>>>>,
}

impl Outgoing {
    /// Adds what a commit has to tell.
    pub(super) fn add(&mut self, commit: Commit) {
        if commit.notices.is_empty() {
            return;
        }
        let commit = Arc::new(commit);
        let parcels = |notice: &Notice| Parcel::all_of(notice.clone(), Arc::clone(&commit).into());
        self.add_parcels(commit.notices.iter().flat_map(parcels).collect());
    }

    fn add_parcels(&mut self, parcels: Vec<Rc<Parcel>>) {
        for watch in self.watches.iter().filter_map(Weak::upgrade) {
            watch.borrow_mut().extend(parcels.iter().cloned());
        }
        self.watches.retain(|watch| watch.strong_count() > 0);
        for parcel in parcels {
            let queue = self.waiting.entry(parcel.to.clone()).or_default();
            if queue.is_empty() && !self.sending.contains_key(&parcel.to) {
                self.ready.push_back(parcel.to.clone());
            }
            queue.push_back(parcel);
        }
    }

    /// All that is on its way now, and what is added for as long as the watch is held.
    pub(super) fn watch(&mut self) -> Watch {
        let under_way = self.sending.values().chain(self.waiting.values().flatten()).cloned().collect();
        let watch = Rc::new(RefCell::new(under_way));
        self.watches.push(Rc::downgrade(&watch));
        watch
    }

    /// Adds what was left by earlier attempts: what the outbox keeps, or where there is none what is left here; but for
    /// what was on its way while the outbox was asked, since that may have arrived.
    pub(super) fn add_left(&mut self, kept: Option<Vec<Notice>>, watch: &Watch) {
        let mut left = mem::take(&mut self.left);
        if let Some(kept) = kept {
            left = kept.into_iter().flat_map(|notice| Parcel::all_of(notice, OnceCell::new())).collect();
        }
        let seen: BTreeSet<_> = watch.borrow().iter().map(|parcel| parcel.key()).collect();
        left.retain(|parcel| !seen.contains(&parcel.key()));
        self.add_parcels(left);
    }

    /// Takes the next parcel that need not wait.
    pub(super) fn take(&mut self) -> Option<Rc<Parcel>> {
        if self.sending.len() >= limits::RECIPIENTS_AT_ONCE {
            return None;
        }
        let to = self.ready.pop_front()?;
        let queue = self.waiting.get_mut(&to)?;
        let parcel = queue.pop_front()?;
        if queue.is_empty() {
            self.waiting.remove(&to);
        }
        self.sending.insert(to, Rc::clone(&parcel));
        Some(parcel)
    }

    /// Notes how an attempt ended, if it was not broken off.
    pub(super) fn end(&mut self, parcel: &Parcel, ended: Option<Result<Delivery, HostError>>) {
        self.sending.remove(&parcel.to);
        match ended {
            Some(Ok(delivery)) => parcel.close(Some(delivery)),
            Some(Err(HostError::Failed(_))) => self.leave(parcel),
            // Each that follows would probably hang as long.
            Some(Err(HostError::Timeout)) => {
                self.leave(parcel);
                let waiting = self.waiting.remove(&parcel.to);
                waiting.iter().flatten().for_each(|waiting| self.leave(waiting));
            }
            // Nobody may be there any more to take up what waits.
            None => {
                self.leave(parcel);
                self.ready.clear();
                let waiting = mem::take(&mut self.waiting);
                waiting.values().flatten().for_each(|waiting| self.leave(waiting));
            }
        }
        if self.waiting.contains_key(&parcel.to) {
            self.ready.push_back(parcel.to.clone());
        }
    }

    fn leave(&mut self, parcel: &Parcel) {
        self.left.push(Parcel::new(Rc::clone(&parcel.letter), parcel.to.clone()));
        parcel.close(None);
    }
}
