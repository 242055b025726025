use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use super::outgoing::{Letter, Outgoing, Parcel, Watch};
use super::{Host, HostError, Service, failed};
use crate::notices::{DropReason, Message};
use crate::record::{commit_at, message};
use crate::refusal::Refusal;
use crate::values::{NoticeId, SubjectId, Timestamp};

/// That a message was handed over, or why there was none.
pub(super) type Delivery = Result<(), DropReason>;

/// What became of a notice for one of its recipients.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Settlement {
    /// The notice.
    pub notice_id: NoticeId,
    /// The recipient.
    pub recipient_id: SubjectId,
    /// Why nothing was sent; absent: the message was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<DropReason>,
}

/// What became of the messages that were on their way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Deliveries {
    /// Messages handed over.
    pub sent: u32,
    /// Recipients who are told nothing any more; the outbox notes why.
    pub dropped: u32,
    /// Messages that failed or hung; they are tried again by the next `deliver`.
    pub left: u32,
}

impl<H: Host> Service<H> {
    /// Delivers what is written and not settled yet, to 16 recipients at once and to each one after the other. What is
    /// on its way already is waited for, not sent twice. A recipient whose message hangs gets no other one in this run.
    ///
    /// What others have appended is read before: a message is made of the newest state.
    ///
    /// # Errors
    /// `record_replaced`, and the codes of a host that fails.
    pub async fn deliver(&self) -> Result<Deliveries, Refusal> {
        self.refresh().await?;
        let watch = self.outgoing.borrow_mut().watch();
        let kept = self.host.undelivered().await.map_err(|error| failed("undelivered", error))?;
        self.outgoing.borrow_mut().add_left(kept, &watch);
        Ok(self.see_through(watch).await)
    }

    /// Waits for the commands that were sent before, and for the messages that are on their way.
    pub async fn settled(&self) -> Deliveries {
        drop(self.queue.lock().await);
        let watch = self.outgoing.borrow_mut().watch();
        self.see_through(watch).await
    }

    async fn see_through(&self, watch: Watch) -> Deliveries {
        let parcels = watch.take();
        drop(watch);
        self.send_waiting().await;
        let mut done = Deliveries::default();
        for parcel in parcels {
            let count = match parcel.outcome().await {
                Some(Ok(())) => &mut done.sent,
                Some(Err(_)) => &mut done.dropped,
                None => &mut done.left,
            };
            *count = count.saturating_add(1);
        }
        done
    }

    /// Sends what waits, until all that still does waits for somebody else's attempt to end.
    pub(crate) async fn send_waiting(&self) {
        let take = || self.outgoing.borrow_mut().take();
        let mut attempts = Vec::new();
        poll_fn(|context| {
            loop {
                while let Some(parcel) = take() {
                    attempts.push(Box::pin(self.attempt(parcel)));
                }
                let count = attempts.len();
                attempts.retain_mut(|attempt| attempt.as_mut().poll(context).is_pending());
                match attempts.len() {
                    0 if count == 0 => return Poll::Ready(()),
                    left if left == count => return Poll::Pending,
                    _ => {}
                }
            }
        })
        .await;
    }

    async fn attempt(&self, parcel: Rc<Parcel>) {
        let mut attempt = Attempt { outgoing: &self.outgoing, parcel, ended: None };
        attempt.ended = Some(self.hand_over(&attempt.parcel).await);
    }

    async fn hand_over(&self, parcel: &Parcel) -> Result<Delivery, HostError> {
        let Parcel { letter, to, .. } = parcel;
        let now = self.host.now()?;
        let message = self.message(letter, to, now).await;
        let message = message.map_err(|refusal| HostError::Failed(refusal.to_string()))?;
        if let Ok(message) = &message {
            self.host.send(message).await?;
        }
        let delivery = message.map(drop);
        let (notice_id, recipient_id) = (letter.notice.id.clone(), to.clone());
        self.host.settle(&Settlement { notice_id, recipient_id, dropped: delivery.err() }).await?;
        Ok(delivery)
    }

    async fn message(
        &self,
        letter: &Letter,
        to: &SubjectId,
        now: Timestamp,
    ) -> Result<Result<Message, DropReason>, Refusal> {
        let Letter { notice, commit } = letter;
        if commit.get().is_none() {
            let version = notice.id.made_in();
            let read = commit_at(self, version).await?;
            let read = read.filter(|commit| commit.notices.iter().any(|it| it.id == notice.id));
            let problem = || format!("the record has no notice `{}`", notice.id);
            let read = read.ok_or_else(|| Refusal::CorruptRecord { version, problem: problem() })?;
            commit.get_or_init(|| read);
        }
        let known = self.engine().map(|engine| (engine.state().clone(), engine.time(now)))?;
        match commit.get() {
            Some(commit) => message(known, self, commit, (notice, to)).await,
            None => Ok(Err(DropReason::Over)),
        }
    }
}

/// A parcel that is being sent. It ends also where nobody waits for it any more.
struct Attempt<'a> {
    outgoing: &'a RefCell<Outgoing>,
    parcel: Rc<Parcel>,
    ended: Option<Result<Delivery, HostError>>,
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        self.outgoing.borrow_mut().end(&self.parcel, self.ended.take());
    }
}
