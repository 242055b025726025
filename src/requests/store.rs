use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::request::AccessRequest;
use crate::limits;
use crate::policies::PolicyVersion;
use crate::values::{
    BundleId, GrantId, Index, Map, RequestId, RequestStatus, Seconds, Set, SubjectId, Timestamp,
};

/// The requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    by_id: Map<RequestId, AccessRequest>,
    /// How many there are in each state.
    #[serde(skip)]
    counts: BTreeMap<RequestStatus, usize>,
    #[serde(skip)]
    pending: Set<RequestId>,
    /// The same by requester.
    #[serde(skip)]
    pending_of: Index<SubjectId, RequestId>,
    /// Those with a break-glass that nobody has looked at.
    #[serde(skip)]
    unacknowledged: Set<RequestId>,
    /// Those that somebody has made or reviewed.
    #[serde(skip)]
    by_person: Index<SubjectId, RequestId>,
    /// By the version of the policy that they pin, and that of their grant.
    #[serde(skip)]
    under: Index<PolicyVersion, RequestId>,
    /// Those that are to carry on a grant, or do.
    #[serde(skip)]
    renewals: Index<GrantId, RequestId>,
    asked_at: Map<SubjectId, Vec<Timestamp>>,
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

    /// How many requests there are in each state; a state in which there are none is missing.
    pub(crate) fn counts(&self) -> &BTreeMap<RequestStatus, usize> {
        &self.counts
    }

    fn count(&mut self, before: Option<RequestStatus>, now: Option<RequestStatus>) {
        if let Some(status) = now {
            let count = self.counts.entry(status).or_default();
            *count = count.saturating_add(1);
        }
        if let Some(count) = before.and_then(|status| self.counts.get_mut(&status)) {
            *count = count.saturating_sub(1);
        }
        self.counts.retain(|_, count| *count > 0);
    }

    /// The requests that wait for a decision, by id.
    pub fn pending(&self) -> impl Iterator<Item = &AccessRequest> {
        self.pending.iter().filter_map(|id| self.by_id.get(id))
    }

    /// The requests of a requester that wait for a decision, by id.
    pub(crate) fn pending_of(&self, requester: &SubjectId) -> impl Iterator<Item = &AccessRequest> {
        self.pending_of.found(requester).filter_map(|id| self.by_id.get(id))
    }

    /// The requests with which somebody has something to do: to review them, or to look at a break-glass; those of both come
    /// twice.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &AccessRequest> {
        self.pending.iter().chain(&self.unacknowledged).filter_map(|id| self.by_id.get(id))
    }

    /// The requests that somebody has made or reviewed, whoever had the id then.
    pub(crate) fn with_part_of<'a>(
        &'a self,
        id: &SubjectId,
    ) -> impl DoubleEndedIterator<Item = &'a RequestId> + use<'a> {
        self.by_person.found(id)
    }

    /// The requests that pin a version of a policy, or have a grant under it.
    pub(crate) fn under<'a>(
        &'a self,
        policy: &PolicyVersion,
    ) -> impl Iterator<Item = &'a RequestId> + use<'a> {
        self.under.found(policy)
    }

    /// The requests of a bundle, by id: one commit made them and it.
    pub(crate) fn in_bundle<'a>(&'a self, bundle: &'a BundleId) -> impl Iterator<Item = &'a AccessRequest> {
        let version = bundle.made_in();
        let made = self.by_id.range(RequestId::first_of(version)..).map(|(_, one)| one);
        let together = made.take_while(move |one| one.id.made_in() == version);
        together.filter(move |one| one.bundle_id.as_ref() == Some(bundle))
    }

    /// The requests of its bundle, itself included, by id.
    pub(crate) fn bundled_with<'a>(
        &'a self,
        request: &'a AccessRequest,
    ) -> impl Iterator<Item = &'a AccessRequest> {
        let alone = Some(request).filter(|request| request.bundle_id.is_none());
        alone.into_iter().chain(request.bundle_id.iter().flat_map(|bundle| self.in_bundle(bundle)))
    }

    /// The requests that are to carry on a grant, or do, by id.
    pub(crate) fn renewals_of(&self, grant: &GrantId) -> impl Iterator<Item = &AccessRequest> {
        self.renewals.found(grant).filter_map(|id| self.by_id.get(id))
    }

    /// When the subject asked or amended, as far back as any limit looks.
    pub(crate) fn asked_at(&self, requester: &SubjectId) -> impl Iterator<Item = Timestamp> {
        self.asked_at.get(requester).into_iter().flatten().copied()
    }

    /// Adds a request, or puts it in the place of the one with its id.
    pub(crate) fn open(&mut self, request: AccessRequest, at: Timestamp) {
        self.asked_at.change(&request.content.requester, |asked_at| {
            asked_at.retain(|&earlier| earlier > at.minus(Seconds::new(limits::REQUEST_WINDOW)));
            asked_at.push(at);
        });
        self.remove(&request.id);
        self.index_one(&request);
        self.by_id.insert(request.id.clone(), request);
    }

    /// Makes what is found by something anew.
    pub(crate) fn index(&mut self) {
        let all = self.by_id.clone();
        all.values().for_each(|request| self.index_one(request));
    }

    fn index_one(&mut self, request: &AccessRequest) {
        let AccessRequest { id, content, .. } = request;
        if let Some(renewed) = &content.renews {
            self.renewals.add(renewed, id.clone());
        }
        self.count(None, Some(request.status));
        if request.is_pending() {
            self.pending.insert(id.clone());
            self.pending_of.add(&content.requester, id.clone());
        }
        self.under.add(&content.policy(), id.clone());
        if request.is_unacknowledged() {
            self.unacknowledged.insert(id.clone());
        }
        for person in with_part(request) {
            self.by_person.add(person, id.clone());
        }
    }

    /// Lets a request be found by the version of a policy that its grant is under.
    pub(crate) fn add_under(&mut self, policy: &PolicyVersion, id: &RequestId) {
        self.under.add(policy, id.clone());
    }

    /// Lets it be found so no longer.
    pub(crate) fn take_under(&mut self, policy: &PolicyVersion, id: &RequestId) {
        self.under.take(policy, id);
    }

    /// Takes a request out.
    pub(crate) fn remove(&mut self, id: &RequestId) -> Option<AccessRequest> {
        let request = self.by_id.remove(id)?;
        self.count(Some(request.status), None);
        self.pending.remove(id);
        self.unacknowledged.remove(id);
        self.pending_of.take(&request.content.requester, id);
        self.under.take(&request.content.policy(), id);
        for person in with_part(&request) {
            self.by_person.take(person, id);
        }
        if let Some(renewed) = &request.content.renews {
            self.renewals.take(renewed, id);
        }
        Some(request)
    }

    /// Forgets whom an id was, for whoever has it next.
    pub(crate) fn forget(&mut self, id: &SubjectId) {
        self.asked_at.remove(id);
        let was_asked = |request: &AccessRequest| request.is_pending() && request.asked.contains(id);
        self.by_id.change_where(was_asked, |request| request.asked.retain(|asked| asked != id));
    }

    /// Changes what is written in the requests for which there is something to change.
    pub(crate) fn change_where(
        &mut self,
        is_one: impl Fn(&AccessRequest) -> bool,
        change: impl FnMut(&mut AccessRequest),
    ) {
        self.by_id.change_where(is_one, change);
    }

    /// Changes a request that is known.
    pub(crate) fn change(&mut self, id: &RequestId, change: impl FnOnce(&mut AccessRequest)) {
        let Some(request) = self.by_id.get_mut(id) else { return };
        let (before, reviewers) = (request.status, request.reviewed_in.len());
        change(request);
        let now = request.status;
        if request.reviewed_in.len() > reviewers {
            request.reviewed_in.keys().for_each(|person| self.by_person.add(person, id.clone()));
        }
        if request.is_unacknowledged() {
            self.unacknowledged.insert(id.clone());
        } else {
            self.unacknowledged.remove(id);
        }
        if !request.is_pending() {
            self.pending.remove(id);
            self.pending_of.take(&request.content.requester, id);
        }
        self.count(Some(before), Some(now));
    }
}

/// Whoever has made a request or reviewed it.
fn with_part(request: &AccessRequest) -> impl Iterator<Item = &SubjectId> {
    request.reviewed_in.keys().chain([&request.content.requester])
}
