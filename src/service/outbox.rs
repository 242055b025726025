use std::collections::BTreeMap;

use super::delivery::{Claim, Claimed, Settlement};
use crate::notices::Notice;
use crate::values::{NoticeId, SubjectId, Timestamp};

/// The outbox of a host that keeps none: it is gone with the process.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    letters: BTreeMap<(NoticeId, SubjectId), Letter>,
    /// Recipients to whom something is being sent, and until when at most.
    held: BTreeMap<SubjectId, Timestamp>,
}

#[derive(Debug)]
struct Letter {
    attempts: u32,
    /// When it may be claimed; never where it has failed for good.
    due: Option<Timestamp>,
}

impl Outbox {
    pub(super) fn add(&mut self, notices: &[Notice], at: Timestamp) {
        let letters =
            notices.iter().flat_map(|notice| notice.to.iter().map(|to| (notice.id.clone(), to.clone())));
        self.letters.extend(letters.map(|key| (key, Letter { attempts: 0, due: Some(at) })));
    }

    pub(super) fn claim(&mut self, &Claim { limit, lease_seconds, at }: &Claim) -> Vec<Claimed> {
        let until = at.plus(lease_seconds);
        let mut claimed = Vec::new();
        for ((notice_id, recipient_id), letter) in &mut self.letters {
            if claimed.len() >= limit as usize {
                break;
            }
            let is_held = self.held.get(recipient_id).is_some_and(|until| *until > at);
            if is_held || letter.due.is_none_or(|due| due > at) {
                continue;
            }
            letter.attempts = letter.attempts.saturating_add(1);
            letter.due = Some(until);
            self.held.insert(recipient_id.clone(), until);
            let (notice_id, recipient_id) = (notice_id.clone(), recipient_id.clone());
            claimed.push(Claimed { notice_id, recipient_id, attempt: letter.attempts });
        }
        claimed
    }

    pub(super) fn settle(&mut self, settlement: &Settlement) {
        let Settlement { notice_id, recipient_id, at, failed, .. } = settlement;
        self.held.remove(recipient_id);
        let key = (notice_id.clone(), recipient_id.clone());
        match failed {
            None => drop(self.letters.remove(&key)),
            Some(failure) => {
                let due = failure.retry_after_seconds.map(|seconds| at.plus(seconds));
                self.letters.entry(key).and_modify(|letter| letter.due = due);
            }
        }
    }

    /// What has failed is due now.
    pub(super) fn retry(&mut self, at: Timestamp) {
        for ((_, recipient), letter) in &mut self.letters {
            if !self.held.contains_key(recipient) {
                *letter = Letter { attempts: 0, due: Some(at) };
            }
        }
    }
}
