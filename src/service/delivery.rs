use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use super::outgoing::{Outgoing, Parcel, Watch};
use super::{Host, HostError, Service, failed};
use crate::notices::Notice;
use crate::refusal::Refusal;

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It was handed over.
    Sent,
    /// Its recipient has been disabled since it was written.
    Dropped,
}

/// What became of the notices that were on their way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Deliveries {
    /// Notices handed over.
    pub sent: u32,
    /// Notices dropped, because their recipients have been disabled since.
    pub dropped: u32,
    /// Notices that failed or hung; they are tried again by the next `deliver`.
    pub left: u32,
}

impl<H: Host> Service<H> {
    /// Delivers what is written and not settled yet, to 16 recipients at once and to each one after the other. What is
    /// on its way already is waited for, not sent twice. A recipient whose notice hangs gets no other one in this run.
    ///
    /// # Errors
    /// `record_replaced`, and the codes of a host that cannot say what that is.
    pub async fn deliver(&self) -> Result<Deliveries, Refusal> {
        self.engine()?;
        let watch = self.outgoing.borrow_mut().watch();
        let kept = self.host.undelivered().await.map_err(|error| failed("undelivered", error))?;
        self.outgoing.borrow_mut().add_left(kept, &watch);
        Ok(self.see_through(watch).await)
    }

    /// Waits for the commands that were sent before, and for the notices that are on their way.
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
                Some(Delivery::Sent) => &mut done.sent,
                Some(Delivery::Dropped) => &mut done.dropped,
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
        attempt.ended = Some(self.hand_over(&attempt.parcel.notice).await);
    }

    async fn hand_over(&self, notice: &Notice) -> Result<Delivery, HostError> {
        let is_active =
            self.engine().map(|engine| engine.state().directory().is_active(&notice.recipient.id));
        let delivery = match is_active {
            Ok(true) => Delivery::Sent,
            Ok(false) => Delivery::Dropped,
            Err(refusal) => return Err(HostError::Failed(refusal.to_string())),
        };
        if delivery == Delivery::Sent {
            self.host.send(notice).await?;
        }
        self.host.settle(notice, delivery).await?;
        Ok(delivery)
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
