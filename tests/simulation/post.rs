//! Mail: how a message is handed to a mail server, and how the store is told. All that the trait says of delivery is here.

use std::rc::Rc;

use access_engine::notices::Message;
use access_engine::record::Head;
use access_engine::service::{HostError, SendError, Settlement};

use super::faults::{Doom, Wrong};
use super::host::SimulatedHost;
use super::known::{Mail, name_of};
use super::points::Point;
use super::world::TIMEOUT;

/// Counts a message that is on its way, until it has come or its sender is dead.
struct OnItsWay<'a>(&'a SimulatedHost);

impl<'a> OnItsWay<'a> {
    fn new(host: &'a SimulatedHost) -> Self {
        let sending = &host.world.servers[host.server].sending;
        sending.set(sending.get() + 1);
        Self(host)
    }
}

impl Drop for OnItsWay<'_> {
    fn drop(&mut self) {
        let sending = &self.0.world.servers[self.0.server].sending;
        sending.set(sending.get() - 1);
    }
}

impl SimulatedHost {
    pub(super) async fn send_mail(&self, message: &Message) -> Result<(), SendError> {
        let _on_its_way = OnItsWay::new(self);
        let (world, server) = (&self.world, self.server);
        let (clock, head) = (world.time_at(server), self.head());
        let (length, luck) = {
            let chance = &mut *world.servers[server].chance.borrow_mut();
            (chance.between(20, 300), chance.percent(85))
        };
        let is = |wrong| luck && world.is_wrong(server, wrong);
        world.clock.sleep(length / 2).await;
        world.servers[server].meets(Doom::AsItSends);
        world.clock.sleep(length / 2).await;
        if is(Wrong::MailIsRefused) {
            world.refused.borrow_mut().insert(message.id.clone());
            return Err(HostError::Failed("no connection".to_owned()).into());
        }
        if is(Wrong::MailHangs) {
            world.clock.sleep(TIMEOUT).await;
            return Err(HostError::Timeout.into());
        }
        if is(Wrong::MailBounces) {
            return Err(SendError::Refused("there is nobody of that name".to_owned()));
        }
        let is_answer_lost = is(Wrong::MailAnswersAreLost);
        if world.refused.borrow().contains(&message.id) {
            world.reach(Point::MailRefusedAndSentLater);
        }
        let (at, life) = (world.now(), self.life);
        if let Some(head) = head {
            let mail = Mail { message: message.clone(), at, life, head, clock, is_answer_lost };
            let is_again =
                world.witness.borrow().known.mails.iter().any(|other| other.message.id == message.id);
            if is_again {
                world.reach(Point::MailAcceptedTwice);
            }
            world.witness.borrow_mut().mail(mail);
        }
        world.tell(format_args!("mail: {} {} by server {server}", message.id, name_of(&message.kind)));
        if is_answer_lost { Err(HostError::Timeout.into()) } else { Ok(()) }
    }

    pub(super) async fn settle_mail(&self, settlement: &Settlement) -> Result<(), HostError> {
        let settlement = settlement.clone();
        let message = format!("{}:{}", settlement.notice_id, settlement.recipient_id);
        if settlement.dropped.is_some() {
            self.world.reach(Point::MailDropped);
        }
        if settlement.failed.as_ref().is_some_and(|failed| failed.retry_after_seconds.is_none()) {
            self.world.reach(Point::MailGivenUp);
        }
        // Until it is known that it was noted, nobody knows.
        self.world.witness.borrow_mut().known.noting.insert(message.clone());
        let noted = self.world.ask_store(self.server, move |world, _| {
            let now = world.now();
            world.store.borrow_mut().settle(&settlement, now);
        });
        let noted = noted.await;
        let known = &mut self.world.witness.borrow_mut().known;
        known.noting.remove(&message);
        if noted.is_err() {
            known.unnoted.insert(message);
        }
        noted
    }

    /// What the server has read.
    fn head(&self) -> Option<Head> {
        let service = self.world.servers[self.server].service.borrow().as_ref().map(Rc::clone)?;
        let head = service.engine().ok()?.head();
        Some(head)
    }
}
