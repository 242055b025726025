use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::outbox::Outbox;
use super::{Host, HostError, SendError, Service, failed};
use crate::limits;
use crate::notices::{DropReason, Message};
use crate::record::{Commit, commit_at, message};
use crate::refusal::Refusal;
use crate::values::{NoticeId, Seconds, SubjectId, Timestamp};

/// Asks an outbox for messages to send.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// How many at most.
    pub limit: u32,
    /// For how long nobody else is given them.
    pub lease_seconds: Seconds,
    /// The time by the engine's clock. A store with a clock that all servers share goes by that.
    pub at: Timestamp,
}

/// A message that whoever claimed it is to send.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Claimed {
    /// The notice.
    pub notice_id: NoticeId,
    /// The recipient.
    pub recipient_id: SubjectId,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

/// What became of a message that was claimed: it was handed over unless a reason or a failure is given.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Settlement {
    /// The notice.
    pub notice_id: NoticeId,
    /// The recipient.
    pub recipient_id: SubjectId,
    /// Of which attempt.
    pub attempt: u32,
    /// The time by the engine's clock.
    pub at: Timestamp,
    /// Why nothing was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<DropReason>,
    /// Why it could not be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<DeliveryFailure>,
}

/// Why a message could not be sent.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DeliveryFailure {
    /// What went wrong, in words.
    pub problem: String,
    /// When it is tried again; absent: it has failed for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<Seconds>,
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
    /// Messages that failed or hung. They are tried again later, [`limits::DELIVERY_ATTEMPTS`] times in all.
    pub left: u32,
}

/// The messages that are being sent, and what became of those before.
#[derive(Debug, Default)]
pub(super) struct Delivering {
    /// The outbox of a host without one.
    pub(super) outbox: Outbox,
    /// Whether something was written that nobody has looked for yet.
    pub(super) has_news: bool,
    begun: u64,
    under_way: BTreeSet<u64>,
    done: Deliveries,
    waiting: Vec<Waker>,
    /// What became of messages, where the outbox could not note it.
    unsettled: BTreeMap<(NoticeId, SubjectId), Settlement>,
    /// Commits that were told of last.
    commits: VecDeque<Arc<Commit>>,
}

impl Delivering {
    /// Keeps a commit at hand for its messages.
    pub(super) fn keep(&mut self, commit: Arc<Commit>) {
        self.commits.push_back(commit);
        if self.commits.len() > COMMITS_AT_HAND {
            self.commits.pop_front();
        }
    }

    /// Forgets what may have been erased.
    pub(super) fn forget_commits(&mut self) {
        self.commits.clear();
    }
}

const COMMITS_AT_HAND: usize = 8;

impl<H: Host> Service<H> {
    /// Sends what is due, to 16 recipients at once and to each one after the other, and waits for what is on its way
    /// already. A message is claimed first: of several servers one sends it. What others have appended is read before:
    /// a message is made of the newest state.
    ///
    /// # Errors
    /// `record_replaced`, and the codes of a host that fails.
    pub async fn deliver(&self) -> Result<Deliveries, Refusal> {
        self.refresh().await?;
        let before = self.delivered();
        let sent = self.send_all(|_| true).await;
        sent.map(|()| self.delivered().since(before))
    }

    /// Makes due what waits for its next attempt, and what has failed for good.
    ///
    /// # Errors
    /// The codes of a host that fails.
    pub async fn retry(&self) -> Result<(), Refusal> {
        let now = self.present()?;
        if self.host.has_outbox() {
            return self.host.retry(now).await.map_err(|error| failed("retry", error));
        }
        self.delivering.borrow_mut().outbox.retry(now);
        Ok(())
    }

    /// Waits for the commands that were sent before, and for what they tell; after the first message that fails no other
    /// one is begun.
    pub async fn settled(&self) -> Deliveries {
        drop(self.queue.lock().await);
        let before = self.delivered();
        // What fails is left to the next delivery.
        let _left = self.send_all(|done| done.left == before.left).await;
        self.delivered().since(before)
    }

    /// Sends what the last commands tell.
    pub async fn send_news(&self) {
        if mem::take(&mut self.delivering.borrow_mut().has_news) {
            // What fails is left to the next delivery.
            let _left = self.send_due(|_| true).await;
        }
    }

    /// What became of all messages so far.
    fn delivered(&self) -> Deliveries {
        self.delivering.borrow().done
    }

    /// Sends what is due, and waits for what others here have begun, and begin meanwhile.
    async fn send_all(&self, goes_on: impl Fn(&Deliveries) -> bool) -> Result<(), Refusal> {
        loop {
            let sent = self.send_due(&goes_on).await;
            let has_waited = self.see_through().await;
            if sent.is_err() || !has_waited || !goes_on(&self.delivered()) {
                return sent;
            }
        }
    }

    /// Waits for the messages that are under way, if there are any.
    async fn see_through(&self) -> bool {
        let begun = self.delivering.borrow().begun;
        let mut has_waited = false;
        poll_fn(|context| {
            let mut delivering = self.delivering.borrow_mut();
            if delivering.under_way.first().is_none_or(|first| *first >= begun) {
                return Poll::Ready(has_waited);
            }
            has_waited = true;
            delivering.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Claims and sends, until nothing is due to anybody to whom nothing is on its way.
    async fn send_due(&self, goes_on: impl Fn(&Deliveries) -> bool) -> Result<(), Refusal> {
        let mut attempts = Vec::new();
        let mut answer = Ok(());
        loop {
            while answer.is_ok() && goes_on(&self.delivered()) {
                match beside(&mut attempts, self.claim()).await {
                    Ok(claimed) if claimed.is_empty() => break,
                    Ok(claimed) => attempts.extend(claimed.into_iter().map(|it| Box::pin(self.attempt(it)))),
                    Err(refusal) => answer = Err(refusal),
                }
            }
            if attempts.is_empty() {
                return answer;
            }
            any_of(&mut attempts).await;
        }
    }

    /// As many messages as may be begun, for whoever asks to send.
    async fn claim(&self) -> Result<Vec<Attempt<'_>>, Refusal> {
        self.engine()?;
        let _turn = self.claims.lock().await;
        self.settle_what_is_left().await?;
        let under_way = self.delivering.borrow().under_way.len();
        let limit = u32::try_from(limits::RECIPIENTS_AT_ONCE.saturating_sub(under_way)).unwrap_or(0);
        if limit == 0 {
            return Ok(Vec::new());
        }
        let claim = Claim { limit, lease_seconds: self.lease(), at: self.present()? };
        let claimed = match self.host.has_outbox() {
            true => self.host.claim(&claim).await.map_err(|error| failed("claim", error))?,
            false => self.delivering.borrow_mut().outbox.claim(&claim),
        };
        Ok(claimed.into_iter().map(|claimed| Attempt::begin(&self.delivering, claimed, claim.at)).collect())
    }

    /// Half of it is for making a message, the rest for sending it and noting that, each for as long as it may take.
    fn lease(&self) -> Seconds {
        self.timeouts(6)
    }

    fn timeouts(&self, count: u64) -> Seconds {
        Seconds::new(self.host.timeout().get().saturating_mul(count))
    }

    async fn settle_what_is_left(&self) -> Result<(), Refusal> {
        loop {
            let Some((_, settlement)) = self.delivering.borrow_mut().unsettled.pop_first() else {
                return Ok(());
            };
            self.settle(settlement).await.map_err(|error| failed("settle", error))?;
        }
    }

    async fn settle(&self, settlement: Settlement) -> Result<(), HostError> {
        if !self.host.has_outbox() {
            self.delivering.borrow_mut().outbox.settle(&settlement);
            return Ok(());
        }
        let settled = self.host.settle(&settlement).await;
        if settled.is_err() {
            let key = (settlement.notice_id.clone(), settlement.recipient_id.clone());
            self.delivering.borrow_mut().unsettled.insert(key, settlement);
        }
        settled
    }

    async fn attempt(&self, mut attempt: Attempt<'_>) {
        let sent = self.hand_over(&attempt).await;
        let Ok(at) = self.present() else { return };
        let Claimed { notice_id, recipient_id, attempt: number } = attempt.claimed.clone();
        let (dropped, failed) = match sent {
            Ok(delivery) => (delivery.err(), None),
            Err(error) => (None, Some(DeliveryFailure::of(error, number))),
        };
        attempt.counts_as = match (&dropped, &failed) {
            (None, None) => |done| &mut done.sent,
            (Some(_), _) => |done| &mut done.dropped,
            (_, Some(_)) => |done| &mut done.left,
        };
        // Where the outbox cannot note it now, it is asked before the next message.
        let _settled =
            self.settle(Settlement { notice_id, recipient_id, attempt: number, at, dropped, failed }).await;
    }

    async fn hand_over(&self, attempt: &Attempt<'_>) -> Result<Result<(), DropReason>, SendError> {
        let made = async || Ok((self.message(&attempt.claimed).await?, self.present()?));
        let (message, now) =
            made().await.map_err(|refusal: Refusal| HostError::Failed(refusal.to_string()))?;
        if now.plus(self.timeouts(3)) > attempt.since.plus(self.lease()) {
            return Err(HostError::Failed("too much time has passed since it was claimed".to_owned()).into());
        }
        match message {
            Ok(message) => self.host.send(&message).await.map(Ok),
            Err(reason) => Ok(Err(reason)),
        }
    }

    async fn message(&self, claimed: &Claimed) -> Result<Result<Message, DropReason>, Refusal> {
        let Claimed { notice_id, recipient_id, .. } = claimed;
        let version = notice_id.made_in();
        if self.engine()?.version() < version {
            self.refresh().await?;
        }
        let commit = self.commit_told(version).await?;
        let notice = commit.iter().flat_map(|commit| &commit.notices).find(|it| it.id == *notice_id);
        let (Some(commit), Some(notice)) = (&commit, notice) else {
            return Err(Refusal::CorruptRecord {
                version,
                problem: format!("the record has no notice `{notice_id}`"),
            });
        };
        let known = (self.engine()?.state().clone(), self.present()?);
        message(known, self, commit, (notice, recipient_id)).await
    }

    /// The time as commands have it, never earlier than the last commit's.
    fn present(&self) -> Result<Timestamp, Refusal> {
        let now = self.time(None)?;
        Ok(self.engine()?.time(now))
    }

    async fn commit_told(&self, version: u64) -> Result<Option<Arc<Commit>>, Refusal> {
        let kept = self.delivering.borrow().commits.iter().find(|it| it.version == version).cloned();
        if kept.is_some() {
            return Ok(kept);
        }
        let read = commit_at(self, version).await?;
        read.iter().for_each(|commit| self.delivering.borrow_mut().keep(Arc::clone(commit)));
        Ok(read)
    }
}

impl Deliveries {
    fn since(self, before: Self) -> Self {
        Self {
            sent: self.sent.wrapping_sub(before.sent),
            dropped: self.dropped.wrapping_sub(before.dropped),
            left: self.left.wrapping_sub(before.left),
        }
    }
}

impl DeliveryFailure {
    /// Tried again after 30 seconds, then after twice as long each time, or as late as the receiver asks for, up to 6 hours.
    fn of(error: SendError, attempt: u32) -> Self {
        let (problem, asked, is_final) = match error {
            SendError::Failed(HostError::Failed(problem), asked) => (problem, asked, false),
            SendError::Failed(HostError::Timeout, asked) => {
                ("it did not answer in time".to_owned(), asked, false)
            }
            SendError::Refused(problem) => (problem, None, true),
        };
        // Whatever a mail server says: no store keeps a NUL, and nobody writes a line of ours.
        let problem = problem.chars().map(|it| if it.is_control() { ' ' } else { it });
        let problem = problem.take(limits::PROBLEM_CHARS).collect();
        let doublings = attempt.saturating_sub(1).min(u64::BITS - 1);
        let doubled = Seconds::new(limits::RETRY_FIRST_SECONDS.saturating_mul(1 << doublings));
        let after =
            asked.map_or(doubled, |asked| asked.max(doubled)).min(Seconds::new(limits::RETRY_LAST_SECONDS));
        let is_last = is_final || attempt >= limits::DELIVERY_ATTEMPTS;
        Self { problem, retry_after_seconds: (!is_last).then_some(after) }
    }
}

/// A message that is being sent. It ends also where nobody waits for it any more.
struct Attempt<'a> {
    delivering: &'a RefCell<Delivering>,
    number: u64,
    claimed: Claimed,
    since: Timestamp,
    counts_as: fn(&mut Deliveries) -> &mut u32,
}

impl<'a> Attempt<'a> {
    fn begin(delivering: &'a RefCell<Delivering>, claimed: Claimed, since: Timestamp) -> Self {
        let mut begun = delivering.borrow_mut();
        let number = begun.begun;
        begun.begun = number.saturating_add(1);
        begun.under_way.insert(number);
        Self { delivering, number, claimed, since, counts_as: |done| &mut done.left }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let mut delivering = self.delivering.borrow_mut();
        delivering.under_way.remove(&self.number);
        let count = (self.counts_as)(&mut delivering.done);
        *count = count.wrapping_add(1);
        delivering.waiting.drain(..).for_each(Waker::wake);
    }
}

/// Goes on with all, until at least one is over.
async fn any_of<A: Future<Output = ()>>(attempts: &mut Vec<Pin<Box<A>>>) {
    let count = attempts.len();
    poll_fn(|context| {
        poll_all(attempts, context);
        if attempts.len() < count { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// Goes on with all while an answer is waited for.
async fn beside<A: Future<Output = ()>, T>(
    attempts: &mut Vec<Pin<Box<A>>>,
    answer: impl Future<Output = T>,
) -> T {
    let mut answer = pin!(answer);
    poll_fn(|context| {
        let polled = answer.as_mut().poll(context);
        if polled.is_pending() {
            poll_all(attempts, context);
        }
        polled
    })
    .await
}

/// Those that are over go.
fn poll_all<A: Future<Output = ()>>(attempts: &mut Vec<Pin<Box<A>>>, context: &mut Context<'_>) {
    attempts.retain_mut(|attempt| attempt.as_mut().poll(context).is_pending());
}
