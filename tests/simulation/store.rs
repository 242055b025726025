//! The one store of all servers: record, outbox and snapshot, as a database would keep them.

use std::collections::BTreeMap;

use access_engine::engine::Snapshot;
use access_engine::events::SubjectErased;
use access_engine::notices::Notice;
use access_engine::record::{Commit, Head, SealedCommit};
use access_engine::values::{NoticeId, SubjectId};
use serde_json::Value;
use serde_json::value::RawValue;

use super::clockwork::Millis;
use super::known::made_in;

/// A server from its start to its death.
pub(crate) type Life = u64;

#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) commit: Commit,
    stored: String,
    /// When it was written.
    at: Millis,
}

/// A message that is to be sent, by notice and recipient.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    notice: Notice,
    /// Who has taken it on, and until when nobody else does.
    pub(crate) held: Option<(Life, Millis)>,
    pub(crate) settled: Option<Millis>,
}

#[derive(Default)]
pub(crate) struct Store {
    pub(crate) kept: Vec<Kept>,
    pub(crate) outbox: BTreeMap<(NoticeId, SubjectId), Due>,
    pub(crate) snapshot: Option<(String, Head)>,
}

/// For so long nobody else sends what somebody has taken on.
pub(crate) const LEASE: Millis = 60_000;

impl Store {
    pub(crate) fn head(&self) -> Option<Head> {
        self.kept.last().map(|kept| Head { version: kept.commit.version, hash: kept.commit.hash.clone() })
    }

    pub(crate) fn load(&self, after: u64, limit: u32) -> Vec<Box<RawValue>> {
        let later = self.kept.iter().skip(usize::try_from(after).unwrap()).take(limit as usize);
        later.map(|kept| RawValue::from_string(kept.stored.clone()).unwrap()).collect()
    }

    /// Whether it was written.
    pub(crate) fn append(&mut self, sealed: &SealedCommit, expected: &Head, (life, at): (Life, Millis)) -> bool {
        let is_expected = self.head().map_or(expected.version == 0, |head| head == *expected);
        if is_expected {
            let SealedCommit { commit, stored } = sealed.clone();
            for notice in &commit.notices {
                for to in &notice.to {
                    let due = Due { notice: notice.clone(), held: Some((life, at + LEASE)), settled: None };
                    self.outbox.insert((notice.id.clone(), to.clone()), due);
                }
            }
            self.kept.push(Kept { commit, stored, at });
        }
        is_expected
    }

    /// What is to be sent and nobody holds is held by that server now.
    pub(crate) fn take_due(&mut self, life: Life, at: Millis) -> Vec<Notice> {
        let mut taken: Vec<Notice> = Vec::new();
        for ((_, to), due) in &mut self.outbox {
            let is_held = due.held.is_some_and(|(by, until)| by != life && at < until);
            if due.settled.is_some() || is_held {
                continue;
            }
            due.held = Some((life, at + LEASE));
            match taken.last_mut().filter(|last| last.id == due.notice.id) {
                Some(last) => drop(last.to.insert(to.clone())),
                None => taken.push(Notice { to: [to.clone()].into(), ..due.notice.clone() }),
            }
        }
        taken
    }

    pub(crate) fn settle(&mut self, notice: &NoticeId, to: &SubjectId, at: Millis) {
        if let Some(due) = self.outbox.get_mut(&(notice.clone(), to.clone())) {
            due.settled.get_or_insert(at);
        }
    }

    pub(crate) fn erase(&mut self, erasure: &SubjectErased) {
        let SubjectErased { subject_id, up_to } = erasure;
        let goes = |text: &Value| text["of"][subject_id.as_str()].as_u64().is_some_and(|own| own <= *up_to);
        for kept in &mut self.kept {
            let mut commit: Value = serde_json::from_str(&kept.stored).unwrap();
            if let Some(texts) = commit.get_mut("texts").and_then(Value::as_object_mut) {
                texts.retain(|_, text| !goes(text));
            }
            kept.stored = commit.to_string();
        }
        self.snapshot = None;
    }

    pub(crate) fn save(&mut self, snapshot: &Snapshot) {
        self.snapshot = Some((snapshot.data.clone(), snapshot.head.clone()));
    }

    /// Puts everything but the snapshots back to how it was at that time; the commits that are lost by it.
    pub(crate) fn restore(&mut self, to: Millis) -> Vec<Commit> {
        // Nobody makes a copy of a project before it is made.
        let count = self.kept.iter().take_while(|kept| kept.at <= to || kept.commit.version <= 5).count();
        let lost: Vec<Commit> = self.kept.drain(count..).map(|kept| kept.commit).collect();
        self.outbox.retain(|(notice, _), _| made_in(notice.as_str()) <= count as u64);
        for due in self.outbox.values_mut() {
            due.settled = due.settled.filter(|at| *at <= to);
        }
        lost
    }
}
