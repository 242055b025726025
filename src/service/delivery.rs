use super::{Host, HostError, Service};
use crate::notices::Notice;

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It was handed over.
    Sent,
    /// Its recipient has been disabled since it was written.
    Dropped,
}

/// What a delivery run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Deliveries {
    /// Notices handed over.
    pub sent: u32,
    /// Notices dropped, because their recipients have been disabled since.
    pub dropped: u32,
    /// Notices that failed; they are tried again by the next run.
    pub failed: u32,
}

impl<H: Host> Service<H> {
    /// Delivers the notices of what this service has appended, outside the queue: a mailer may send commands.
    pub(super) async fn deliver_unsent(&self) {
        let unsent = self.unsent.take();
        self.deliver_all(unsent).await;
    }

    pub(super) async fn deliver_all(&self, notices: Vec<Notice>) -> Deliveries {
        let mut done = Deliveries::default();
        for notice in notices {
            let is_active = self.engine.borrow().state().directory().is_active(&notice.recipient.id);
            let delivery = if is_active { Delivery::Sent } else { Delivery::Dropped };
            let settled = self.hand_over(&notice, delivery).await;
            let count = match (settled, delivery) {
                (Ok(()), Delivery::Sent) => &mut done.sent,
                (Ok(()), Delivery::Dropped) => &mut done.dropped,
                (Err(_), _) => {
                    self.unsent.borrow_mut().push(notice);
                    &mut done.failed
                }
            };
            *count = count.saturating_add(1);
        }
        done
    }

    async fn hand_over(&self, notice: &Notice, delivery: Delivery) -> Result<(), HostError> {
        if delivery == Delivery::Sent {
            self.host.send(notice).await?;
        }
        self.host.settle(notice, delivery).await
    }
}
