use std::cell::OnceCell;

use serde::Serialize;

use super::abilities::review_command;
use crate::approval::{Approval, QuorumTally};
use crate::limits;
use crate::people::Actor;
use crate::policies::Required;
use crate::questions::ability;
use crate::questions::people::first_people;
use crate::requests::{AccessRequest, GrantOrigin, Verdict};
use crate::state::State;
use crate::values::{Name, Person, RequestStatus, SubjectId, Timestamp};

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StepExplanation {
    /// Which, counted from 1.
    pub step: u32,
    /// Completed, open or still to come.
    pub state: StepState,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Its quorums; none where it has `anyOf`.
    pub quorums: Vec<QuorumExplanation>,
    /// Its lists of quorums, of which one must be met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_of: Option<Vec<Vec<QuorumExplanation>>>,
    /// How many rejections count.
    pub rejections: u32,
    /// How many reject the request.
    pub rejections_required: u32,
    /// Whose approval would be accepted now; the first 100. Empty unless the step is open.
    pub can_approve: Vec<Person>,
    /// How many they are in all.
    pub can_approve_count: u32,
    /// Whose approval would be accepted now on behalf of whom, by a delegation; the first 100.
    pub delegates: Vec<StandsIn>,
}

/// Somebody who may review in another's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StandsIn {
    /// Who.
    pub person: Person,
    /// In whose place.
    pub on_behalf_of: Person,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Its quorums were met.
    Completed,
    /// Waits for reviews.
    Open,
    /// Comes after the open one.
    Waiting,
    /// The request ended before it was completed.
    Closed,
}

/// How a quorum stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct QuorumExplanation {
    /// How many approvals it takes, as the policy says.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "all""#))]
    pub required: Required,
    /// How many that is today.
    pub slots: u32,
    /// Whose approvals fill its slots.
    pub filled_by: Vec<Person>,
    /// How many are missing.
    pub missing: u32,
    /// Whose approval counts in it today, given or not, as in a preview; the first 100.
    pub approvers: Vec<Person>,
    /// How many they are in all.
    pub approver_count: u32,
}

pub(super) fn steps(
    state: &State,
    request: &AccessRequest,
    approval: Approval<'_>,
    at: Timestamp,
) -> Vec<StepExplanation> {
    let person = |id: &SubjectId| state.directory().person(id);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let quorum = |step: u32, tally: &QuorumTally<'_>| {
        let (approvers, approver_count) = first_people(state, approval.candidates(step, tally.quorum));
        QuorumExplanation {
            required: tally.quorum.required,
            slots: count(tally.slots),
            missing: count(tally.missing()),
            filled_by: tally.filled_by.iter().map(|id| person(id)).collect(),
            approvers,
            approver_count,
        }
    };
    let explained = approval.steps().map(|(number, step)| {
        let tallies = approval.tallies(number);
        let lists = tallies.iter().map(|list| list.iter().map(|it| quorum(number, it)).collect());
        let (quorums, any_of) = step.in_form(lists.collect());
        let (can_approve, can_approve_count) = can_approve(state, request, approval, number, at);
        StepExplanation {
            step: number,
            state: step_state(request, number),
            name: step.name.clone(),
            quorums,
            any_of,
            rejections: count(approval.rejections(number)),
            rejections_required: step.rejections_required,
            can_approve,
            can_approve_count,
            delegates: delegates(state, request, approval, number, at),
        }
    });
    explained.collect()
}

fn step_state(request: &AccessRequest, step: u32) -> StepState {
    let is_approved =
        request.closing.as_ref().is_some_and(|closing| closing.origin == Some(GrantOrigin::Approval));
    if step < request.step || is_approved {
        StepState::Completed
    } else if request.status != RequestStatus::Pending {
        StepState::Closed
    } else if step == request.step {
        StepState::Open
    } else {
        StepState::Waiting
    }
}

fn can_approve(
    state: &State,
    request: &AccessRequest,
    approval: Approval<'_>,
    step: u32,
    at: Timestamp,
) -> (Vec<Person>, u32) {
    if step_state(request, step) != StepState::Open {
        return (Vec::new(), 0);
    }
    let accepts = accepting(state, approval, |(id, _)| accepts_approval(state, request, id, None, at));
    first_people(state, approval.eligible(step).into_iter().filter(|id| accepts((id, id))))
}

fn delegates(
    state: &State,
    request: &AccessRequest,
    approval: Approval<'_>,
    step: u32,
    at: Timestamp,
) -> Vec<StandsIn> {
    if step_state(request, step) != StepState::Open {
        return Vec::new();
    }
    let accepts = accepting(state, approval, |(id, delegator)| {
        accepts_approval(state, request, id, Some(delegator), at)
    });
    let pairs = approval.delegates(step).into_iter();
    pairs
        .filter(|pair| accepts(*pair))
        .take(limits::PEOPLE_LISTED)
        .map(|(id, delegator)| StandsIn {
            person: state.directory().person(id),
            on_behalf_of: state.directory().person(delegator),
        })
        .collect()
}

/// Whether an approval would be accepted, of an account on behalf of another: decided for each who is involved, and once
/// for all others.
fn accepting<'a>(
    state: &'a State,
    approval: Approval<'a>,
    decide: impl Fn((&SubjectId, &SubjectId)) -> bool + 'a,
) -> impl Fn((&SubjectId, &SubjectId)) -> bool + 'a {
    let (involved, of_others) = (approval.involved_people(), OnceCell::new());
    move |pair| {
        let is_involved = |id| involved.contains(state.directory().person_behind(id));
        if is_involved(pair.0) || is_involved(pair.1) {
            decide(pair)
        } else {
            *of_others.get_or_init(|| decide(pair))
        }
    }
}

fn accepts_approval(
    state: &State,
    request: &AccessRequest,
    id: &SubjectId,
    on_behalf_of: Option<&SubjectId>,
    at: Timestamp,
) -> bool {
    let actor = Actor::Subject(id.clone());
    ability(state, &actor, &review_command(request, Verdict::Approve, on_behalf_of), at).allowed
}
