use std::collections::{BTreeMap, BTreeSet};

use super::request::AccessRequest;
use crate::limits;
use crate::values::{RequestId, Seconds, SubjectId, Timestamp};

/// All requests there have been.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    by_id: BTreeMap<RequestId, AccessRequest>,
    pending: BTreeSet<RequestId>,
    asked_at: BTreeMap<SubjectId, Vec<Timestamp>>,
}

impl Requests {
    /// A request.
    pub fn get(&self, id: &RequestId) -> Option<&AccessRequest> {
        self.by_id.get(id)
    }

    /// All requests, the newest first.
    pub fn newest_first(&self) -> impl DoubleEndedIterator<Item = &AccessRequest> {
        self.by_id.values().rev()
    }

    /// The requests that wait for a decision, by id.
    pub fn pending(&self) -> impl Iterator<Item = &AccessRequest> {
        self.pending.iter().filter_map(|id| self.by_id.get(id))
    }

    /// When the subject asked or amended, as far back as any limit looks.
    pub(crate) fn asked_at(&self, requester: &SubjectId) -> impl Iterator<Item = Timestamp> {
        self.asked_at.get(requester).into_iter().flatten().copied()
    }

    /// Adds a request, or puts it in the place of the one with its id.
    pub(crate) fn open(&mut self, request: AccessRequest, at: Timestamp) {
        let asked_at = self.asked_at.entry(request.content.requester.clone()).or_default();
        asked_at.retain(|&earlier| earlier > at.minus(Seconds::new(limits::REQUEST_WINDOW)));
        asked_at.push(at);
        self.pending.insert(request.id.clone());
        self.by_id.insert(request.id.clone(), request);
    }

    /// Forgets whom an id was, for whoever has it next.
    pub(crate) fn forget(&mut self, id: &SubjectId) {
        self.asked_at.remove(id);
        for request in &self.pending {
            if let Some(request) = self.by_id.get_mut(request) {
                request.asked.retain(|asked| asked != id);
            }
        }
    }

    /// Changes what is written in every request.
    pub(crate) fn change_each(&mut self, change: impl FnMut(&mut AccessRequest)) {
        self.by_id.values_mut().for_each(change);
    }

    /// Changes a request that is known.
    pub(crate) fn change(&mut self, id: &RequestId, change: impl FnOnce(&mut AccessRequest)) {
        let Some(request) = self.by_id.get_mut(id) else { return };
        change(request);
        if !request.is_pending() {
            self.pending.remove(id);
        }
    }
}
