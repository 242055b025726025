//! What the record tells, and what the invariants ask about beside the state: when a step opened, what ended how often,
//! and what should have ended since somebody was disabled.

use std::collections::BTreeSet;
use std::ops::Deref;

use access_engine::delegations::Delegation;
use access_engine::events::AccessEvent;
use access_engine::grants::Grant;
use access_engine::policies::Step;
use access_engine::record::Commit;
use access_engine::requests::{AccessRequest, Review, ReviewStatus, Verdict};
use access_engine::values::{DelegationId, RequestId, RequestStatus, SubjectId, Timestamp};

use crate::model::approval::{Reviewer, eligible, eligible_delegates, is_met, standing};
use crate::model::delegations::is_live;
use crate::model::people::People;
use crate::model::record;
use crate::model::state::{self, State, Terms};

/// What the events say so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) state: State,
    /// The time up to which it is known; absent before the first event.
    at: Option<Timestamp>,
    /// Of the requests, in their order.
    courses: Vec<Course>,
    /// Of the grants, in their order.
    ends: Vec<Ends>,
    /// The delegations one of whose two has been disabled since, be it for no longer than a part of a commit.
    lapsed: BTreeSet<DelegationId>,
}

/// What became of a request.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    /// Since when its step is open.
    pub(crate) opened_at: Timestamp,
    /// The steps completed since they were last opened.
    pub(crate) completed: BTreeSet<u32>,
    /// What ended it, in order: there should be at most one.
    pub(crate) endings: Vec<(RequestStatus, Timestamp)>,
    /// Whether its requester has been disabled since.
    pub(crate) has_lapsed: bool,
    /// Of its reviews, in their order.
    reviews: Vec<Basis>,
}

/// What a review rests on.
#[derive(Clone, Debug)]
struct Basis {
    /// Of a review in another's place: the delegation that was live then.
    under: Option<DelegationId>,
    /// Whether its author, or whose place it was given in, has been disabled since.
    has_lapsed: bool,
}

/// What became of a grant.
#[derive(Clone, Debug)]
struct Ends {
    /// When it was made.
    at: Timestamp,
    /// How often it was ended: that should be once at most.
    count: usize,
    /// Whether its holder has been disabled since.
    has_lapsed: bool,
}

/// A request with what became of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) request: &'a AccessRequest,
    pub(crate) course: &'a Course,
}

/// A review of a request with what it rests on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said<'a> {
    pub(crate) review: &'a Review,
    basis: &'a Basis,
}

/// A grant with what became of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) given: &'a state::Given,
    pub(crate) at: Timestamp,
    pub(crate) ends: usize,
    pub(crate) has_lapsed: bool,
}

impl Deref for Asked<'_> {
    type Target = AccessRequest;

    fn deref(&self) -> &AccessRequest {
        self.request
    }
}

impl Deref for Given<'_> {
    type Target = Grant;

    fn deref(&self) -> &Grant {
        &self.given.grant
    }
}

impl<'a> Said<'a> {
    /// Whom it uses up: one person, or two where it was given in another's place.
    pub(crate) fn persons(self, people: &People) -> BTreeSet<String> {
        people.persons(self.accounts()).into_iter().collect()
    }

    /// Who gave it, and in whose place.
    pub(crate) fn accounts(self) -> [&'a SubjectId; 2] {
        [&self.review.reviewer, self.voice()]
    }

    /// Whose slot it fills.
    pub(crate) fn voice(self) -> &'a SubjectId {
        Reviewer::of(self.review).voice()
    }
}

impl<'a> Asked<'a> {
    pub(crate) fn is_pending(self) -> bool {
        self.course.endings.is_empty()
    }

    /// The reviews that stand.
    pub(crate) fn standing(self) -> impl Iterator<Item = Said<'a>> {
        let all = self.request.reviews.iter().zip(&self.course.reviews);
        let standing = all.filter(|(record, _)| record.standing == ReviewStatus::Standing);
        standing.map(|(record, basis)| Said { review: &record.review, basis })
    }

    /// The approvals that stand, of all steps.
    pub(crate) fn approvals(self) -> impl Iterator<Item = Said<'a>> {
        self.standing().filter(|said| said.review.verdict == Verdict::Approve)
    }

    /// The rejections of a step that stand.
    pub(crate) fn rejections(self, step: u32) -> usize {
        let of_step = standing(self.request, step).into_iter();
        of_step.filter(|review| review.verdict == Verdict::Reject).count()
    }
}

impl Given<'_> {
    pub(crate) fn is_live(&self, at: Timestamp) -> bool {
        self.is_to_come(at) && self.starts_at <= at
    }

    /// Whether it opens something now or later.
    pub(crate) fn is_to_come(&self, at: Timestamp) -> bool {
        self.ends == 0 && self.ends_at.is_none_or(|end| at < end)
    }
}

/// What there is.
impl History {
    pub(crate) fn of<'a>(log: impl Iterator<Item = &'a Commit>) -> Self {
        let mut history = Self::default();
        for commit in log {
            record::timed(commit).for_each(|(event, at)| history.fold(event, at));
            history.end_of_commit(commit);
        }
        history
    }

    /// All events of a commit are known.
    pub(crate) fn end_of_commit(&mut self, commit: &Commit) {
        record::end_of_commit(&mut self.state, commit);
    }

    pub(crate) fn at(&self) -> Timestamp {
        self.at.expect("something has happened")
    }

    pub(crate) fn wait_until(&mut self, at: Timestamp) {
        self.at = Some(at);
    }

    pub(crate) fn requests(&self) -> impl DoubleEndedIterator<Item = Asked<'_>> {
        let both = self.state.requests.iter().zip(&self.courses);
        both.map(|(asked, course)| Asked { request: &asked.request, course })
    }

    pub(crate) fn pending(&self) -> impl DoubleEndedIterator<Item = Asked<'_>> {
        self.requests().filter(|asked| asked.is_pending())
    }

    pub(crate) fn request(&self, id: &RequestId) -> Asked<'_> {
        self.requests().find(|asked| asked.id == *id).expect("it was made before")
    }

    pub(crate) fn grants(&self) -> impl Iterator<Item = Given<'_>> {
        self.state.grants.iter().zip(&self.ends).map(|(given, ends)| Given {
            given,
            at: ends.at,
            ends: ends.count,
            has_lapsed: ends.has_lapsed,
        })
    }

    pub(crate) fn terms_of(&self, asked: Asked<'_>) -> &Terms {
        self.state.pinned(asked.request)
    }

    pub(crate) fn step_of(&self, asked: Asked<'_>, step: u32) -> &Step {
        &self.terms_of(asked).steps[step as usize - 1]
    }

    pub(crate) fn has_lapsed(&self, delegation: &Delegation) -> bool {
        self.lapsed.contains(&delegation.id)
    }
}

/// What may be.
impl History {
    /// Whether a delegation counts now, whatever has been said of its end.
    pub(crate) fn is_live(&self, delegation: &Delegation) -> bool {
        is_live(delegation, self.at())
            && !self.has_lapsed(delegation)
            && [&delegation.delegator, &delegation.delegate]
                .into_iter()
                .all(|id| self.state.people.is_active(id))
    }

    fn live_delegations(&self) -> impl Iterator<Item = &Delegation> {
        self.state.delegations.iter().filter(|delegation| self.is_live(delegation))
    }

    /// Who may review a step in whose place: first the delegate, then the delegator.
    pub(crate) fn deputies(&self, asked: Asked<'_>, step: u32) -> Vec<(SubjectId, SubjectId)> {
        let mut pairs = eligible_delegates(&self.state, asked.request, step, self.at());
        pairs.retain(|(delegate, delegator)| {
            let mut live = self.live_delegations();
            live.any(|delegation| delegation.delegate == *delegate && delegation.delegator == *delegator)
        });
        pairs
    }

    /// Whether somebody may review a step of a request, in their own place or another's.
    pub(crate) fn may_review(
        &self,
        asked: Asked<'_>,
        step: u32,
        reviewer: &SubjectId,
        on_behalf_of: Option<&SubjectId>,
    ) -> bool {
        match on_behalf_of {
            None => eligible(&self.state, asked.request, step).contains(reviewer),
            Some(delegator) => self.deputies(asked, step).contains(&(reviewer.clone(), delegator.clone())),
        }
    }

    /// Whether a review may go on standing: its author may give it still, and under the same delegation.
    pub(crate) fn may_stand(&self, asked: Asked<'_>, said: Said<'_>) -> bool {
        let Review { step, reviewer, on_behalf_of, .. } = said.review;
        let is_under = |id: &DelegationId| self.live_delegations().any(|delegation| delegation.id == *id);
        let has_ended = said.basis.has_lapsed || !said.basis.under.as_ref().is_none_or(is_under);
        !has_ended && self.may_review(asked, *step, reviewer, on_behalf_of.as_ref())
    }

    /// Whether the standing approvals of a step meet its quorums.
    pub(crate) fn is_met(&self, asked: Asked<'_>, step: u32) -> bool {
        is_met(&self.state, asked.request, step)
    }

    /// Whether everybody whose review of a step stands may give it still.
    pub(crate) fn are_eligible(&self, asked: Asked<'_>, step: u32) -> bool {
        let mut of_step = asked.standing().filter(|said| said.review.step == step);
        of_step.all(|said| self.may_stand(asked, said))
    }
}

/// What happens.
impl History {
    /// Carries one event in, without a judgement of it.
    pub(crate) fn fold(&mut self, event: &AccessEvent, at: Timestamp) {
        self.at = Some(at);
        match event {
            AccessEvent::SubjectUpserted(event) if event.subject.disabled => self.lapse(&event.subject.id),
            AccessEvent::SubjectRemoved(event) => self.lapse(&event.subject_id),
            AccessEvent::RequestMade(_) => self.courses.push(Course {
                opened_at: at,
                completed: BTreeSet::new(),
                endings: Vec::new(),
                has_lapsed: false,
                reviews: Vec::new(),
            }),
            AccessEvent::GrantCreated(event) => {
                self.ends.push(Ends { at: event.at, count: 0, has_lapsed: false });
            }
            AccessEvent::GrantEnded(event) => {
                let number = self.state.grants.iter().position(|given| given.grant.id == event.grant_id);
                self.ends[number.expect("it was made before")].count += 1;
            }
            AccessEvent::RequestsArchived(event) => self.leave(&event.request_ids),
            event => self.fold_into_course(event, at),
        }
        record::fold(&mut self.state, event);
    }

    /// Of what is archived nothing is to be asked any more.
    fn leave(&mut self, ids: &[RequestId]) {
        let (mut requests, mut grants) = (self.state.requests.iter(), self.state.grants.iter());
        self.courses.retain(|_| requests.next().is_some_and(|asked| !ids.contains(&asked.request.id)));
        self.ends.retain(|_| grants.next().is_some_and(|given| !ids.contains(&given.grant.request_id)));
    }

    fn fold_into_course(&mut self, event: &AccessEvent, at: Timestamp) {
        let Some(id) = event.about().request_id else { return };
        let under = match event {
            AccessEvent::RequestReviewed(event) => self.delegation_of(&event.review),
            _ => None,
        };
        let number = self.state.requests.iter().position(|asked| asked.request.id == *id);
        let course = &mut self.courses[number.expect("it was made before")];
        match event {
            AccessEvent::RequestApproved(_) => course.endings.push((RequestStatus::Approved, at)),
            AccessEvent::RequestRejected(_) => course.endings.push((RequestStatus::Rejected, at)),
            AccessEvent::RequestCancelled(_) => course.endings.push((RequestStatus::Cancelled, at)),
            AccessEvent::RequestExpired(_) => course.endings.push((RequestStatus::Expired, at)),
            AccessEvent::RequestAmended(_) => course.completed.clear(),
            AccessEvent::StepOpened(event) => {
                course.opened_at = at;
                course.completed.retain(|step| *step < event.step);
            }
            AccessEvent::StepCompleted(event) => drop(course.completed.insert(event.step)),
            AccessEvent::RequestReviewed(_) => course.reviews.push(Basis { under, has_lapsed: false }),
            _ => {}
        }
    }

    /// What somebody has who is disabled ends, and is not restored where the same commit enables them again.
    fn lapse(&mut self, id: &SubjectId) {
        for (asked, course) in self.state.requests.iter().zip(&mut self.courses) {
            course.has_lapsed |= asked.request.content.requester == *id;
            for (record, basis) in asked.request.reviews.iter().zip(&mut course.reviews) {
                let reviewer = Reviewer::of(&record.review);
                basis.has_lapsed |= reviewer.by == id || reviewer.voice() == id;
            }
        }
        for (given, ends) in self.state.grants.iter().zip(&mut self.ends) {
            ends.has_lapsed |= given.grant.holder == *id;
        }
        let is_of = |delegation: &&Delegation| delegation.delegator == *id || delegation.delegate == *id;
        let lapsed = self.state.delegations.iter().filter(is_of);
        self.lapsed.extend(lapsed.map(|delegation| delegation.id.clone()));
    }

    /// The delegation under which a review in another's place is given now.
    fn delegation_of(&self, review: &Review) -> Option<DelegationId> {
        let is_between = |delegation: &&Delegation| {
            delegation.delegate == review.reviewer
                && review.on_behalf_of.as_ref() == Some(&delegation.delegator)
        };
        self.live_delegations().find(is_between).map(|delegation| delegation.id.clone())
    }
}
