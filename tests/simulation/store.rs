//! The one store of all servers: record, outbox and snapshot, as a database would keep them.

use std::collections::{BTreeMap, BTreeSet};

use access_engine::engine::Snapshot;
use access_engine::events::SubjectErased;
use access_engine::record::{Commit, Head, SealedCommit};
use access_engine::service::{Claim, Claimed, Settlement};
use access_engine::values::{NoticeId, Seconds, SubjectId};
use serde_json::Value;
use serde_json::value::RawValue;

use super::clockwork::Millis;
use super::known::made_in;

/// A server from its start to its death.
pub(crate) type Life = u64;

#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) commit: Commit,
    stored: Box<RawValue>,
    /// What stood there before something was erased, and when that was.
    whole: Vec<(Millis, Box<RawValue>)>,
    /// When it was written.
    at: Millis,
}

/// A message that is to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    attempts: u32,
    /// From when on it may be claimed; never where it has failed for good.
    pub(crate) due: Option<Millis>,
    /// Until when it is somebody's who sends it.
    held: Millis,
    /// When it was said that nothing is left to be done.
    pub(crate) settled: Option<Millis>,
}

#[derive(Default)]
pub(crate) struct Store {
    pub(crate) kept: Vec<Kept>,
    pub(crate) outbox: BTreeMap<(NoticeId, SubjectId), Due>,
    pub(crate) snapshot: Option<(String, Head)>,
}

impl Store {
    pub(crate) fn head(&self) -> Option<Head> {
        self.kept.last().map(|kept| Head { version: kept.commit.version, hash: kept.commit.hash.clone() })
    }

    pub(crate) fn load(&self, after: u64, limit: u32) -> Vec<Box<RawValue>> {
        let later = self.kept.iter().skip(usize::try_from(after).unwrap()).take(limit as usize);
        later.map(|kept| kept.stored.clone()).collect()
    }

    /// Whether it was written.
    pub(crate) fn append(&mut self, sealed: &SealedCommit, expected: &Head, at: Millis) -> bool {
        let is_expected = self.head().map_or(expected.version == 0, |head| head == *expected);
        if is_expected {
            let SealedCommit { commit, stored } = sealed.clone();
            for notice in &commit.notices {
                for to in &notice.to {
                    let due = Due { attempts: 0, due: Some(at), held: 0, settled: None };
                    self.outbox.insert((notice.id.clone(), to.clone()), due);
                }
            }
            self.kept.push(Kept { commit, stored: raw(stored), whole: Vec::new(), at });
        }
        is_expected
    }

    /// Gives messages that are due to somebody who sends them, by the store's own clock, which all servers share.
    pub(crate) fn claim(&mut self, claim: &Claim, now: Millis) -> Vec<Claimed> {
        let until = now + millis(claim.lease_seconds);
        let is_held = |due: &Due| due.settled.is_none() && due.held > now;
        let held = self.outbox.iter().filter(|(_, due)| is_held(due)).map(|((_, to), _)| to.clone());
        let mut taken: BTreeSet<SubjectId> = held.collect();
        let mut claimed = Vec::new();
        // First what has waited longest.
        let mut waiting: Vec<_> = self.outbox.iter_mut().collect();
        waiting.sort_by_key(|(_, due)| due.due);
        for ((notice_id, to), due) in waiting {
            let is_due = due.settled.is_none() && due.due.is_some_and(|at| at <= now);
            if claimed.len() == claim.limit as usize || !is_due || !taken.insert(to.clone()) {
                continue;
            }
            due.attempts += 1;
            due.held = until;
            let (notice_id, recipient_id) = (notice_id.clone(), to.clone());
            claimed.push(Claimed { notice_id, recipient_id, attempt: due.attempts });
        }
        claimed
    }

    pub(crate) fn settle(&mut self, settlement: &Settlement, now: Millis) {
        let key = (settlement.notice_id.clone(), settlement.recipient_id.clone());
        let Some(due) = self.outbox.get_mut(&key) else { return };
        match &settlement.failed {
            None => drop(due.settled.get_or_insert(now)),
            Some(_) if settlement.attempt != due.attempts => {}
            Some(failure) => {
                due.due = failure.retry_after_seconds.map(|after| now + millis(after));
                due.held = 0;
            }
        }
    }

    /// What has failed is due now.
    pub(crate) fn retry(&mut self, now: Millis) {
        let failed = self.outbox.values_mut().filter(|due| due.settled.is_none() && due.held <= now);
        failed.for_each(|due| (due.attempts, due.due) = (0, Some(now)));
    }

    pub(crate) fn erase(&mut self, erasure: &SubjectErased, at: Millis) {
        let SubjectErased { subject_id, up_to } = erasure;
        let goes = |text: &Value| text["of"][subject_id.as_str()].as_u64().is_some_and(|own| own <= *up_to);
        for kept in &mut self.kept {
            let mut commit: Value = serde_json::from_str(kept.stored.get()).unwrap();
            if let Some(texts) = commit.get_mut("texts").and_then(Value::as_object_mut) {
                texts.retain(|_, text| !goes(text));
            }
            let erased = raw(commit.to_string());
            kept.whole.push((at, std::mem::replace(&mut kept.stored, erased)));
        }
        self.snapshot = None;
    }

    pub(crate) fn save(&mut self, snapshot: &Snapshot) {
        self.snapshot = Some((snapshot.data.clone(), snapshot.head.clone()));
    }

    /// Puts everything but the snapshots back to how it was at that time; the commits that are lost by it.
    pub(crate) fn restore(&mut self, to: Millis) -> Vec<Commit> {
        // Nobody makes a copy of a project before it is made.
        let count = self.kept.iter().take_while(|kept| kept.at <= to || kept.commit.version <= 6).count();
        let lost: Vec<Commit> = self.kept.drain(count..).map(|kept| kept.commit).collect();
        for kept in &mut self.kept {
            while let Some((_, whole)) = kept.whole.pop_if(|(at, _)| *at > to) {
                kept.stored = whole;
            }
        }
        self.outbox.retain(|(notice, _), _| made_in(notice.as_str()) <= count as u64);
        for due in self.outbox.values_mut() {
            due.settled = due.settled.filter(|at| *at <= to);
        }
        lost
    }
}

fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).unwrap()
}

fn millis(length: Seconds) -> Millis {
    Millis::try_from(length.get()).unwrap() * 1_000
}
