//! Who may review, and when a step is met (`review.*`, `quorum.*`, `delegation.*`).

use access_engine::people::Principal;
use access_engine::policies::{Approver, Quorum, Required, Step};
use access_engine::requests::{AccessRequest, Review, ReviewStatus, Verdict};
use access_engine::values::{PolicyId, RequestId, SubjectId, Timestamp};

use super::delegations::delegators;
use super::people::{People, active, members};
use super::state::{Code, State, Terms};

/// Who reviews or edits, in person or in the place of another (docs/delegation.md).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reviewer<'a> {
    pub(crate) by: &'a SubjectId,
    pub(crate) on_behalf_of: Option<&'a SubjectId>,
}

impl<'a> Reviewer<'a> {
    pub(crate) fn in_person(by: &'a SubjectId) -> Self {
        Self { by, on_behalf_of: None }
    }

    pub(crate) fn of(review: &'a Review) -> Self {
        Self { by: &review.reviewer, on_behalf_of: review.on_behalf_of.as_ref() }
    }

    /// Whose slot it is about.
    pub(crate) fn voice(self) -> &'a SubjectId {
        self.on_behalf_of.unwrap_or(self.by)
    }

    /// Whether it uses up the person whose account that is.
    pub(crate) fn involves(self, people: &People, id: &SubjectId) -> bool {
        people.is_same_person(self.by, id) || people.is_same_person(self.voice(), id)
    }
}

/// The lists of a step, of which one must be met.
pub(crate) fn lists(step: &Step) -> Vec<&[Quorum]> {
    if step.any_of.is_empty() {
        return vec![&step.quorums];
    }
    step.any_of.iter().map(|list| &list[..]).collect()
}

/// Who is active and one of these approvers of some terms, sorted; nobody who has taken over an id since.
fn named<'a>(
    state: &State,
    requester: &SubjectId,
    terms: &Terms,
    approvers: impl IntoIterator<Item = &'a Approver>,
) -> Vec<SubjectId> {
    let is_meant = |principal: Principal| state.people.is_since(&principal, terms.stated.steps);
    let mut ids = Vec::new();
    for approver in approvers {
        match approver {
            Approver::Subject(id) if is_meant(id.into()) => ids.push(id.clone()),
            Approver::Group(id) if is_meant(id.into()) => ids.extend(members(&state.people, id)),
            Approver::Subject(_) | Approver::Group(_) => {}
            Approver::Manager => {
                ids.extend(state.people.subject(requester).and_then(|subject| subject.manager.clone()));
            }
        }
    }
    active(&state.people, ids)
}

/// Who is active and named by a step, counted from 1.
fn named_by_step(state: &State, requester: &SubjectId, terms: &Terms, step: u32) -> Vec<SubjectId> {
    let quorums = lists(&terms.steps[step as usize - 1]).concat();
    named(state, requester, terms, quorums.iter().flat_map(|quorum| quorum.approvers.iter()))
}

/// Who has been called to a step by escalation, as it is today.
fn called(state: &State, request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    let terms = state.pinned(request);
    let escalation = terms.steps[step as usize - 1].escalate.as_ref();
    let escalation = escalation.filter(|_| request.escalated.contains(&step));
    let approvers = escalation.into_iter().flat_map(|escalation| escalation.approvers.iter());
    named(state, &request.content.requester, terms, approvers)
}

/// Who is active and there for a step of a request today: named by a quorum of it, or called by escalation.
pub(crate) fn named_today(state: &State, request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    let quorums = named_by_step(state, &request.content.requester, state.pinned(request), step);
    active(&state.people, [quorums, called(state, request, step)].concat())
}

/// Who could review a step of a request that nobody has reviewed yet.
pub(crate) fn eligible_at_first(
    state: &State,
    requester: &SubjectId,
    terms: &Terms,
    step: u32,
) -> Vec<SubjectId> {
    let named = named_by_step(state, requester, terms, step).into_iter();
    named.filter(|id| terms.self_approval || !state.people.is_same_person(id, requester)).collect()
}

pub(crate) fn step_count(terms: &Terms) -> u32 {
    u32::try_from(terms.steps.len()).expect("at most 20")
}

/// Whether any step names the person today.
pub(crate) fn names_anywhere(state: &State, request: &AccessRequest, id: &SubjectId) -> bool {
    let terms = state.pinned(request);
    (1..=step_count(terms)).any(|step| named_today(state, request, step).contains(id))
}

/// Whether any step of the version of a policy that a grant of the request is under names the person today.
pub(crate) fn names_under(
    state: &State,
    request: &AccessRequest,
    (policy, version): (&PolicyId, u32),
    id: &SubjectId,
) -> bool {
    let content = &request.content;
    // Escalation has called people to the steps of the pinned version.
    if content.policy_id == *policy && content.policy_version == version {
        return names_anywhere(state, request, id);
    }
    let terms = state.terms(policy, version);
    (1..=step_count(terms)).any(|step| named_by_step(state, &content.requester, terms, step).contains(id))
}

/// The reviews of a step that stand.
pub(crate) fn standing(request: &AccessRequest, step: u32) -> Vec<&Review> {
    let all = request.reviews.iter().filter(|record| record.standing == ReviewStatus::Standing);
    all.map(|record| &record.review).filter(|review| review.step == step).collect()
}

/// Those whose slots approvals of a step may fill.
fn voices(request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    approvals(request, step).map(|review| Reviewer::of(review).voice().clone()).collect()
}

fn approvals(request: &AccessRequest, step: u32) -> impl Iterator<Item = &Review> {
    standing(request, step).into_iter().filter(|review| review.verdict == Verdict::Approve)
}

/// Whether the policy wants distinct people, and an approval of an earlier step used a person up.
fn approved_earlier(state: &State, request: &AccessRequest, step: u32, id: &SubjectId) -> bool {
    let terms = state.pinned(request);
    let uses_up = |review: &Review| Reviewer::of(review).involves(&state.people, id);
    terms.distinct_approvers && (1..step).any(|earlier| approvals(request, earlier).any(uses_up))
}

/// Why somebody may not review or edit at a step; `None`: may. Of a delegation that there is none is not said here.
pub(crate) fn ineligible(
    state: &State,
    request: &AccessRequest,
    step: u32,
    reviewer: Reviewer<'_>,
) -> Option<Code> {
    ineligible_of(&named_today(state, request, step), state, request, step, reviewer)
}

/// The same, of whoever is named today: many are asked about with one list.
fn ineligible_of(
    named: &[SubjectId],
    state: &State,
    request: &AccessRequest,
    step: u32,
    reviewer: Reviewer<'_>,
) -> Option<Code> {
    let terms = state.pinned(request);
    let requester = &request.content.requester;
    let is_allowed_own = terms.self_approval && reviewer.on_behalf_of.is_none();
    let is_own = reviewer.involves(&state.people, requester);
    let approved_earlier = |id| approved_earlier(state, request, step, id);
    if reviewer.on_behalf_of.is_some() && is_own {
        return Some("self_approval");
    }
    if !named.contains(reviewer.voice()) {
        Some("not_an_approver")
    } else if is_own && !is_allowed_own {
        Some("self_approval")
    } else if approved_earlier(reviewer.by) || approved_earlier(reviewer.voice()) {
        Some("approved_earlier_step")
    } else {
        None
    }
}

pub(crate) fn eligible(state: &State, request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    let named = named_today(state, request, step);
    let may =
        |id: &&SubjectId| ineligible_of(&named, state, request, step, Reviewer::in_person(id)).is_none();
    named.iter().filter(may).cloned().collect()
}

/// Who could review a step in whose place at an instant.
pub(crate) fn eligible_delegates(
    state: &State,
    request: &AccessRequest,
    step: u32,
    at: Timestamp,
) -> Vec<(SubjectId, SubjectId)> {
    let named = named_today(state, request, step);
    let mut pairs = Vec::new();
    for delegate in state.people.subjects.iter().map(|subject| &subject.id) {
        for delegator in delegators(state, delegate, at) {
            let reviewer = Reviewer { by: delegate, on_behalf_of: Some(&delegator) };
            if ineligible_of(&named, state, request, step, reviewer).is_none() {
                pairs.push((delegate.clone(), delegator));
            }
        }
    }
    pairs
}

/// Whether the approvals that stand fill every slot of one of the lists of a step.
pub(crate) fn is_met(state: &State, request: &AccessRequest, step: u32) -> bool {
    is_met_by(state, request, step, &voices(request, step))
}

fn is_met_by(state: &State, request: &AccessRequest, step: u32, voices: &[SubjectId]) -> bool {
    let lists = lists(&state.pinned(request).steps[step as usize - 1]);
    lists.iter().any(|quorums| is_list_met(state, request, step, quorums, voices))
}

/// The pending requests whose step could not be filled by all who may approve it and all whom it would still call.
pub(crate) fn stuck(state: &State) -> Vec<RequestId> {
    let is_stuck = |request: &&AccessRequest| {
        let mut ahead = (*request).clone();
        if ahead.escalates_at.is_some() {
            ahead.escalated.push(ahead.step);
        }
        let able = eligible(state, &ahead, ahead.step);
        // Nobody alone approves a request of his own.
        let is_another = |id: &SubjectId| !state.people.is_same_person(id, &ahead.content.requester);
        let mut earlier = (1..ahead.step).flat_map(|step| approvals(&ahead, step));
        let is_alone = ahead.step == step_count(state.pinned(&ahead))
            && !earlier.any(|review| is_another(&review.reviewer))
            && !able.iter().any(is_another);
        is_alone || !is_met_by(state, &ahead, ahead.step, &able)
    };
    state.pending().filter(is_stuck).map(|request| request.id.clone()).collect()
}

fn is_list_met(
    state: &State,
    request: &AccessRequest,
    step: u32,
    quorums: &[Quorum],
    voices: &[SubjectId],
) -> bool {
    let terms = state.pinned(request);
    let countable = eligible(state, request, step);
    let is_countable = |id: &&SubjectId| countable.contains(id);
    let called: Vec<SubjectId> = called(state, request, step).iter().filter(is_countable).cloned().collect();
    // One list of possible persons for each slot.
    let mut slots: Vec<Vec<String>> = Vec::new();
    for quorum in quorums {
        let named = named(state, &request.content.requester, terms, quorum.approvers.iter());
        let may: Vec<SubjectId> = named.iter().filter(is_countable).cloned().collect();
        let count = match quorum.required {
            Required::Count(count) => count as usize,
            Required::All => state.people.persons(&may).len().max(1),
        };
        let able = voices.iter().filter(|id| may.contains(id) || called.contains(id));
        let able = state.people.persons(able);
        if !terms.distinct_approvers && able.len() < count {
            return false;
        }
        slots.extend(std::iter::repeat_n(able, count));
    }
    !terms.distinct_approvers || can_fill(&slots, &mut Vec::new())
}

/// Whether different persons can be found for all slots, by trying.
fn can_fill(slots: &[Vec<String>], taken: &mut Vec<String>) -> bool {
    let Some((first, rest)) = slots.split_first() else { return true };
    for person in first {
        if !taken.contains(person) {
            taken.push(person.clone());
            if can_fill(rest, taken) {
                return true;
            }
            taken.pop();
        }
    }
    false
}

/// Whether the current step would be completed by an approval: one of its lists is met, and of the last step a person
/// other than the requester has approved some step.
pub(crate) fn is_complete(state: &State, request: &AccessRequest) -> bool {
    let terms = state.pinned(request);
    let is_last = request.step == step_count(terms);
    let is_other = |id: &SubjectId| !state.people.is_same_person(id, &request.content.requester);
    let has_other = || (1..=request.step).any(|step| voices(request, step).iter().any(is_other));
    is_met(state, request, request.step) && (!is_last || has_other())
}

/// Whether a review now would be refused, the content hash aside.
pub(crate) fn refused(
    state: &State,
    request: &AccessRequest,
    reviewer: Reviewer<'_>,
    verdict: Verdict,
) -> Option<Code> {
    ineligible(state, request, request.step, reviewer).or_else(|| repeated(state, request, reviewer, verdict))
}

/// Whether a review now by somebody who may review would be one too many.
fn repeated(
    state: &State,
    request: &AccessRequest,
    reviewer: Reviewer<'_>,
    verdict: Verdict,
) -> Option<Code> {
    let own: Vec<_> = standing(request, request.step)
        .into_iter()
        .filter(|review| is_same(&state.people, reviewer, review))
        .collect();
    let is_again = match own[..] {
        [own] => verdict == Verdict::Approve && own.verdict == Verdict::Approve,
        _ => false,
    };
    let may = own.is_empty() || is_again && is_complete(state, request);
    (!may).then_some("already_reviewed")
}

/// Whether a review uses up one of those that this reviewer would.
pub(crate) fn is_same(people: &People, reviewer: Reviewer<'_>, review: &Review) -> bool {
    let other = Reviewer::of(review);
    other.involves(people, reviewer.by) || other.involves(people, reviewer.voice())
}

/// Who can approve a request now.
pub(crate) fn can_approve(state: &State, request: &AccessRequest) -> Vec<SubjectId> {
    let all = eligible(state, request, request.step).into_iter();
    let may = |id: &SubjectId| repeated(state, request, Reviewer::in_person(id), Verdict::Approve).is_none();
    all.filter(may).collect()
}

/// Who can approve a request in whose place at an instant.
pub(crate) fn can_stand_in(
    state: &State,
    request: &AccessRequest,
    at: Timestamp,
) -> Vec<(SubjectId, SubjectId)> {
    let mut pairs = eligible_delegates(state, request, request.step, at);
    pairs.retain(|(by, delegator)| {
        let reviewer = Reviewer { by, on_behalf_of: Some(delegator) };
        repeated(state, request, reviewer, Verdict::Approve).is_none()
    });
    pairs.sort();
    pairs
}
