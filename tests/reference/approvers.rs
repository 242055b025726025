//! Who may review, and when a step is met (SEMANTICS §5).

use access_engine::model::{
    AccessRequest, Approver, PolicyTerms, Quorum, Required, Review, Standing, SubjectId, Verdict,
};

use super::directory::{active, members};
use super::state::{Code, State};

/// Who is active and named by a quorum, sorted.
fn named(state: &State, requester: &SubjectId, quorum: &Quorum) -> Vec<SubjectId> {
    let mut ids = Vec::new();
    for approver in quorum.approvers.iter() {
        match approver {
            Approver::Subject { id } => ids.push(id.clone()),
            Approver::Group { id } => ids.extend(members(&state.people, id)),
            Approver::Manager => {
                ids.extend(state.people.subject(requester).and_then(|subject| subject.manager.clone()));
            }
        }
    }
    active(&state.people, ids)
}

/// Who is active and named by a step, counted from 1.
pub(crate) fn named_by_step(
    state: &State,
    requester: &SubjectId,
    terms: &PolicyTerms,
    step: u32,
) -> Vec<SubjectId> {
    let step = &terms.steps[step as usize - 1];
    active(&state.people, step.quorums.iter().flat_map(|quorum| named(state, requester, quorum)).collect())
}

/// Who could review a step of a request that nobody has reviewed yet.
pub(crate) fn eligible_at_first(
    state: &State,
    requester: &SubjectId,
    terms: &PolicyTerms,
    step: u32,
) -> Vec<SubjectId> {
    let named = named_by_step(state, requester, terms, step).into_iter();
    named.filter(|id| terms.self_approval || id != requester).collect()
}

pub(crate) fn step_count(terms: &PolicyTerms) -> u32 {
    u32::try_from(terms.steps.len()).expect("at most 20")
}

/// Whether any step names the person today.
pub(crate) fn names_anywhere(state: &State, request: &AccessRequest, id: &SubjectId) -> bool {
    let terms = state.pinned(request);
    let requester = &request.content.requester;
    (1..=step_count(terms)).any(|step| named_by_step(state, requester, terms, step).contains(id))
}

/// The reviews of a step that stand.
pub(crate) fn standing(request: &AccessRequest, step: u32) -> Vec<&Review> {
    let all = request.reviews.iter().filter(|record| record.standing == Standing::Standing);
    all.map(|record| &record.review).filter(|review| review.step == step).collect()
}

fn approvals(request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    let reviews = standing(request, step).into_iter();
    reviews
        .filter(|review| review.verdict == Verdict::Approve)
        .map(|review| review.reviewer.clone())
        .collect()
}

/// The earlier step that a person approved, where the policy wants distinct people.
fn approved_earlier(terms: &PolicyTerms, request: &AccessRequest, step: u32, id: &SubjectId) -> bool {
    terms.distinct_approvers && (1..step).any(|earlier| approvals(request, earlier).contains(id))
}

/// Why a person may not review or edit at a step; `None`: may.
pub(crate) fn ineligible(state: &State, request: &AccessRequest, step: u32, id: &SubjectId) -> Option<Code> {
    let terms = state.pinned(request);
    let requester = &request.content.requester;
    if !named_by_step(state, requester, terms, step).contains(id) {
        Some("not_an_approver")
    } else if id == requester && !terms.self_approval {
        Some("self_approval")
    } else if approved_earlier(terms, request, step, id) {
        Some("approved_earlier_step")
    } else {
        None
    }
}

pub(crate) fn eligible(state: &State, request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    let all = state.people.subjects.iter().map(|subject| subject.id.clone());
    active(&state.people, all.filter(|id| ineligible(state, request, step, id).is_none()).collect())
}

/// Whether the approvals that stand fill every slot of a step.
pub(crate) fn is_met(state: &State, request: &AccessRequest, step: u32) -> bool {
    let terms = state.pinned(request);
    let people = approvals(request, step);
    // One list of possible people for each slot.
    let mut slots: Vec<Vec<SubjectId>> = Vec::new();
    for quorum in terms.steps[step as usize - 1].quorums.iter() {
        let named = named(state, &request.content.requester, quorum);
        let countable = |id: &&SubjectId| ineligible(state, request, step, id).is_none();
        let may: Vec<SubjectId> = named.iter().filter(countable).cloned().collect();
        let count = match quorum.required {
            Required::Count(count) => count as usize,
            Required::All => may.len().max(1),
        };
        let able: Vec<SubjectId> = people.iter().filter(|id| may.contains(id)).cloned().collect();
        if !terms.distinct_approvers && able.len() < count {
            return false;
        }
        slots.extend(std::iter::repeat_n(able, count));
    }
    !terms.distinct_approvers || can_fill(&slots, &mut Vec::new())
}

/// Whether different people can be found for all slots, by trying.
fn can_fill(slots: &[Vec<SubjectId>], taken: &mut Vec<SubjectId>) -> bool {
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

/// Whether the current step would be completed by an approval: its quorums are met, and of the last step somebody
/// other than the requester has approved some step.
pub(crate) fn is_complete(state: &State, request: &AccessRequest) -> bool {
    let terms = state.pinned(request);
    let is_last = request.step == step_count(terms);
    let requester = &request.content.requester;
    let has_other =
        || (1..=request.step).any(|step| approvals(request, step).iter().any(|id| id != requester));
    is_met(state, request, request.step) && (!is_last || has_other())
}

/// Whether a review by this person now would be refused, the content hash aside.
pub(crate) fn refused(
    state: &State,
    request: &AccessRequest,
    id: &SubjectId,
    verdict: Verdict,
) -> Option<Code> {
    let step = request.step;
    if let Some(code) = ineligible(state, request, step, id) {
        return Some(code);
    }
    let own = standing(request, step).into_iter().find(|review| review.reviewer == *id);
    let repeats = own.is_some_and(|own| {
        let is_again = own.verdict == Verdict::Approve && verdict == Verdict::Approve;
        !(is_again && is_complete(state, request))
    });
    repeats.then_some("already_reviewed")
}

/// Who can approve a request now.
pub(crate) fn can_approve(state: &State, request: &AccessRequest) -> Vec<SubjectId> {
    let all = eligible(state, request, request.step).into_iter();
    all.filter(|id| refused(state, request, id, Verdict::Approve).is_none()).collect()
}
