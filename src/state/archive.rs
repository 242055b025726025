//! What leaves the working state, and when: what is over for long, then what nothing left in it names. The record's form
//! says so, for ever: every edition must make the same of the same events.

use std::collections::BTreeSet;

use super::State;
use super::deadlines::{Deadline, of_request, to_archive};
use crate::delegations::Delegation;
use crate::grants::{Grant, Grants};
use crate::limits;
use crate::people::Visit;
use crate::policies::Exclusion;
use crate::requests::{AccessRequest, Requests};
use crate::values::{PolicyId, RequestId, Seconds, SubjectId, Timestamp};

const AFTER: Seconds = Seconds::new(limits::ARCHIVED_AFTER);

impl State {
    /// From when on a request may leave: 35 days after it has closed and its grant has ended, its break-glass being
    /// acknowledged, no renewal of its grant pending or scheduled, and each request of its bundle as far. `None` while
    /// something of that is open.
    pub(crate) fn leaves_at(&self, request: &AccessRequest) -> Option<Timestamp> {
        self.requests.bundled_with(request).try_fold(request.made_at, |latest, one| {
            let at = self.settled_at(one)?;
            Some(latest.max(at))
        })
    }

    /// The same of one request, whatever its bundle.
    fn settled_at(&self, request: &AccessRequest) -> Option<Timestamp> {
        let closed_at = request.closing.as_ref()?.at;
        let mut at = closed_at.plus(AFTER);
        if let Some(id) = &request.grant_id {
            at = at.max(self.grants.get(id)?.end.as_ref()?.at.plus(AFTER));
            at = at.max(request.renewal_left_at.unwrap_or(at));
            for renewal in self.requests.renewals_of(id) {
                at = at.max(self.under_way_at(renewal)?);
            }
        }
        if let Some(record) = &request.break_glass {
            at = at.max(record.acknowledgement.as_ref()?.at);
        }
        Some(at)
    }

    /// From when on a renewal is neither pending nor scheduled: it begins, or nothing comes of it.
    fn under_way_at(&self, renewal: &AccessRequest) -> Option<Timestamp> {
        let closed_at = renewal.closing.as_ref()?.at;
        let grant = renewal.grant_id.as_ref().and_then(|id| self.grants.get(id));
        Some(grant.map_or(closed_at, |grant| {
            grant.end.as_ref().map_or(grant.starts_at, |end| end.at.min(grant.starts_at))
        }))
    }

    /// The requests on whose deadlines a change of this one tells: it, and the one whose grant it renews.
    pub(super) fn touched_by(&self, request: &AccessRequest) -> BTreeSet<RequestId> {
        let renewed = request.content.renews.as_ref().and_then(|id| self.grants.get(id));
        renewed.map(|grant| &grant.request_id).into_iter().chain([&request.id]).cloned().collect()
    }

    /// The same of a change of a grant.
    pub(super) fn touched_by_grant(&self, grant: &Grant) -> BTreeSet<RequestId> {
        let request = self.requests.get(&grant.request_id);
        request.map(|request| self.touched_by(request)).unwrap_or_default()
    }

    /// What is due of some requests, and with the archiving of each that of its bundle.
    pub(crate) fn deadlines_of(&self, ids: &BTreeSet<RequestId>) -> Vec<Deadline> {
        let requests = ids.iter().filter_map(|id| self.requests.get(id));
        let of_each = |request| {
            let leaves_at = self.leaves_at(request);
            let bundled = leaves_at
                .into_iter()
                .flat_map(move |at| self.requests.bundled_with(request).map(move |one| to_archive(one, at)));
            of_request(request).into_iter().chain(bundled)
        };
        requests.flat_map(of_each).collect()
    }

    /// Takes requests with their grants out, then what nothing that is left names.
    pub(crate) fn archive(&mut self, ids: &[RequestId], at: Timestamp) {
        let requests = ids.iter().filter_map(|id| self.requests.get(id));
        let touched = requests.flat_map(|request| self.touched_by(request)).collect();
        self.change_deadlines(&touched, |state| {
            for id in ids {
                let Some(mut request) = state.requests.remove(id) else { continue };
                let grant = request.grant_id.as_ref().and_then(|id| state.grants.remove(id));
                grant.iter().for_each(|grant| state.requests.take_under(&grant.policy(), id));
                state.note_erasable(&mut request, grant);
            }
        });
        self.sweep(at);
    }

    /// Whoever was erased and has something in what leaves may have written it since: he can be erased again.
    fn note_erasable(&mut self, request: &mut AccessRequest, grant: Option<Grant>) {
        let Self { erased, archived_since, .. } = self;
        let mut note = |id: &SubjectId| {
            if erased.contains_key(id) {
                archived_since.insert(id.clone());
            }
        };
        note(&request.content.requester);
        let visit: &mut Visit<'_> = &mut |_, author| author.into_iter().for_each(&mut note);
        request.personal(visit);
        grant.into_iter().for_each(|mut grant| grant.personal(visit));
    }

    /// Takes out what is over and what nothing that is left names.
    fn sweep(&mut self, at: Timestamp) {
        let is_over =
            |delegation: &Delegation| delegation.end.as_ref().is_some_and(|end| end.at.plus(AFTER) <= at);
        self.delegations.retain(|delegation| !is_over(delegation));
        let named = named_by_requests(&self.requests).chain(named_by_grants(&self.grants)).collect();
        self.policies.retain_named(&named);
        let mut unnamed = self.directory.removed_subjects();
        if !unnamed.is_empty() {
            self.each_named(|id| {
                unnamed.remove(id);
            });
        }
        unnamed.iter().for_each(|id| self.directory.forget_subject(id));
    }

    /// Calls for everybody whom a request, a grant, a delegation or a policy names.
    fn each_named(&self, mut call: impl FnMut(&SubjectId)) {
        self.requests.newest_first().flat_map(AccessRequest::subjects).for_each(&mut call);
        self.grants.newest_first().flat_map(Grant::subjects).for_each(&mut call);
        self.delegations.all().flat_map(Delegation::subjects).for_each(&mut call);
        self.policies.subjects().for_each(|id| call(&id));
    }
}

/// The versions of policies that requests are under, or that governed what they leave out.
fn named_by_requests(requests: &Requests) -> impl Iterator<Item = (&PolicyId, u32)> {
    let contents = requests.newest_first().map(|request| &request.content);
    contents.flat_map(|content| named(&content.policy_id, content.policy_version, &content.exclusions))
}

/// The same of grants.
fn named_by_grants(grants: &Grants) -> impl Iterator<Item = (&PolicyId, u32)> {
    let grants = grants.newest_first();
    grants.flat_map(|grant| named(&grant.policy_id, grant.policy_version, &grant.exclusions))
}

fn named<'a>(
    id: &'a PolicyId,
    version: u32,
    exclusions: &'a [Exclusion],
) -> impl Iterator<Item = (&'a PolicyId, u32)> {
    exclusions.iter().map(|part| (&part.policy_id, part.policy_version)).chain([(id, version)])
}
