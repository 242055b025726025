//! Requests and their reviews, as the events tell them.

use std::collections::BTreeSet;

use access_engine::model::*;

use super::{Deed, Model};

/// A request, as its events tell it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) id: RequestId,
    pub(crate) content: RequestContent,
    pub(crate) hash: String,
    pub(crate) renews: Option<GrantId>,
    pub(crate) bundle_id: Option<BundleId>,
    pub(crate) expires_at: Timestamp,
    pub(crate) duration: AccessDuration,
    pub(crate) step: u32,
    /// Since when the step is open.
    pub(crate) opened_at: Timestamp,
    /// The steps to which further approvers have been called.
    pub(crate) escalated: BTreeSet<u32>,
    pub(crate) reviews: Vec<Said>,
    /// The steps completed since they were last opened.
    pub(crate) completed: BTreeSet<u32>,
    /// What ended it, in order: there should be at most one.
    pub(crate) endings: Vec<(RequestStatus, Option<Closing>, Timestamp)>,
    /// What its policy governed when it was made.
    pub(crate) governed: BTreeSet<Deed>,
    pub(crate) is_acknowledged: bool,
    /// Whether its requester has been disabled since.
    pub(crate) has_lapsed: bool,
}

/// A review with what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) review: Review,
    /// Of a review in another's place: the delegation that was live then.
    pub(crate) under: Option<DelegationId>,
    pub(crate) stands: bool,
    /// Whether its author, or whose place it was given in, has been disabled since.
    pub(crate) has_lapsed: bool,
}

impl Said {
    /// Whose slot it fills: its author's, or that of the approver in whose place it was given.
    pub(crate) fn voice(&self) -> &SubjectId {
        self.review.on_behalf_of.as_ref().unwrap_or(&self.review.reviewer)
    }

    /// Whom it uses up: one person, or two where it was given in another's place.
    pub(crate) fn people(&self) -> BTreeSet<&SubjectId> {
        BTreeSet::from([&self.review.reviewer, self.voice()])
    }
}

impl Asked {
    pub(crate) fn is_pending(&self) -> bool {
        self.endings.is_empty()
    }

    pub(crate) fn standing(&self) -> impl Iterator<Item = &Said> {
        self.reviews.iter().filter(|said| said.stands)
    }

    /// The approvals that stand, of all steps.
    pub(crate) fn approvals(&self) -> impl Iterator<Item = &Said> {
        self.standing().filter(|said| said.review.verdict == Verdict::Approve)
    }

    /// Whose slots the approvals of a step that stand may fill.
    pub(crate) fn voices(&self, step: u32) -> BTreeSet<&SubjectId> {
        self.approvals().filter(|said| said.review.step == step).map(Said::voice).collect()
    }

    /// The rejections of a step that stand.
    pub(crate) fn rejections(&self, step: u32) -> usize {
        let of_step = self.standing().filter(|said| said.review.step == step);
        of_step.filter(|said| said.review.verdict == Verdict::Reject).count()
    }
}

impl Model {
    pub(crate) fn request(&self, id: &RequestId) -> &Asked {
        self.requests.iter().find(|request| request.id == *id).unwrap()
    }

    pub(crate) fn terms_of(&self, request: &Asked) -> &PolicyTerms {
        self.terms(&request.content.policy_id, request.content.policy_version)
    }

    pub(super) fn ask(&mut self, event: &RequestMade) {
        let governed = self.governed(&event.content);
        self.requests.push(Asked {
            id: event.request_id.clone(),
            duration: event.content.duration,
            content: event.content.clone(),
            hash: event.content_hash.clone(),
            renews: event.renews.clone(),
            bundle_id: event.bundle_id.clone(),
            expires_at: event.expires_at,
            step: 1,
            opened_at: self.at,
            escalated: BTreeSet::new(),
            reviews: Vec::new(),
            completed: BTreeSet::new(),
            endings: Vec::new(),
            governed,
            is_acknowledged: false,
            has_lapsed: false,
        });
    }

    pub(super) fn fold_into_request(&mut self, event: &AccessEvent) {
        let (id, at) = (event.request_id().unwrap().clone(), self.at);
        let governed = match event {
            AccessEvent::RequestAmended(event) => self.governed(&event.content),
            _ => BTreeSet::new(),
        };
        let under = match event {
            AccessEvent::RequestReviewed(event) => self.delegation_of(&event.review),
            _ => None,
        };
        let request = self.requests.iter_mut().find(|request| request.id == id).unwrap();
        let mut end =
            |status, closing: Option<&Closing>| request.endings.push((status, closing.cloned(), at));
        match event {
            AccessEvent::RequestApproved(event) => end(RequestStatus::Approved, Some(&event.closing)),
            AccessEvent::RequestRejected(event) => end(RequestStatus::Rejected, Some(&event.closing)),
            AccessEvent::RequestCancelled(event) => end(RequestStatus::Cancelled, Some(&event.closing)),
            AccessEvent::RequestExpired(_) => end(RequestStatus::Expired, None),
            AccessEvent::RequestAmended(event) => {
                request.content = event.content.clone();
                request.duration = event.content.duration;
                request.hash.clone_from(&event.content_hash);
                request.renews.clone_from(&event.renews);
                request.expires_at = event.expires_at;
                request.completed.clear();
                request.escalated.clear();
                request.reviews.iter_mut().for_each(|said| said.stands = false);
                request.governed = governed;
            }
            AccessEvent::StepOpened(event) => {
                request.step = event.step;
                request.opened_at = at;
                request.completed.retain(|step| *step < event.step);
                // A later step begins anew, this one stays escalated.
                request.escalated.retain(|step| *step <= event.step);
            }
            AccessEvent::StepEscalated(event) => drop(request.escalated.insert(event.step)),
            AccessEvent::StepReminded(_) => {}
            AccessEvent::RequestReviewed(event) => {
                let review = event.review.clone();
                let new = Said { review, under, stands: true, has_lapsed: false };
                let is_replaced = |old: &&mut Said| {
                    old.review.step == new.review.step && !old.people().is_disjoint(&new.people())
                };
                request.reviews.iter_mut().filter(is_replaced).for_each(|old| old.stands = false);
                request.reviews.push(new);
            }
            AccessEvent::ReviewVoided(event) => {
                let is_meant = |old: &Review| old.step == event.step && old.reviewer == event.reviewer;
                let meant = request.reviews.iter_mut().filter(|said| is_meant(&said.review));
                meant.for_each(|said| said.stands = false);
            }
            AccessEvent::StepCompleted(event) => drop(request.completed.insert(event.step)),
            AccessEvent::DurationEdited(event) => request.duration = event.edit.after,
            AccessEvent::BreakGlassAcknowledged(_) => request.is_acknowledged = true,
            event => panic!("nobody knows what to do with {event:?}"),
        }
    }
}

pub(crate) fn is_shorter(after: AccessDuration, before: AccessDuration) -> bool {
    match (after, before) {
        (AccessDuration::Temporary(_), AccessDuration::Permanent) => true,
        (AccessDuration::Temporary(after), AccessDuration::Temporary(before)) => after < before,
        (AccessDuration::Permanent, _) => false,
    }
}
