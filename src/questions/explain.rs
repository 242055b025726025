use super::views::{grant_view, request_view};
use super::{ability, some_text};
use crate::Engine;
use crate::approval::Approval;
use crate::model::{
    Abilities, Ability, AccessDuration, AccessRequest, AcknowledgeBreakGlass, Actor, AmendRequest,
    BreakGlass, BreakGlassFor, CancelRequest, Command, EditDuration, Explanation, Origin, Person,
    QuorumExplanation, Refusal, RequestDraft, RequestId, RequestStatus, ReviewAbilities, ReviewRequest,
    Seconds, StandsIn, StepExplanation, StepState, SubjectId, Timestamp, Verdict, WithdrawReview, limits,
};
use crate::state::State;
use crate::visibility::{check_viewer, visible_request};

impl Engine {
    /// How a request stands at `at`: step by step who has spoken, who can act, and what the viewer can do and why not.
    ///
    /// # Errors
    /// `not_found` where the viewer may not see it, and the codes of a viewer that is not known and active.
    pub fn explain(&self, viewer: &Actor, id: &RequestId, at: Timestamp) -> Result<Explanation, Refusal> {
        let at = self.time(at);
        let state = &*self.state_at(at);
        check_viewer(state, viewer)?;
        let request = visible_request(state, viewer, id)?;
        let approval =
            Approval::of(state.directory(), state.delegations(), &state.policy_of(request)?.terms, request);
        let grant = request.grant_id.as_ref().and_then(|id| state.grants().get(id));
        Ok(Explanation {
            request: request_view(state, request),
            steps: steps(state, request, approval, at),
            grant: grant.map(|grant| grant_view(state, viewer, grant, at)),
            you: viewer.subject().map(|id| abilities(state, viewer, id, request, approval, at)),
        })
    }
}

fn steps(
    state: &State,
    request: &AccessRequest,
    approval: Approval<'_>,
    at: Timestamp,
) -> Vec<StepExplanation> {
    let person = |id: &SubjectId| state.directory().person(id);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let explained = approval.steps().map(|(number, step)| StepExplanation {
        step: number,
        state: step_state(request, number),
        quorums: approval
            .tally(number)
            .into_iter()
            .map(|tally| QuorumExplanation {
                required: tally.quorum.required,
                slots: count(tally.slots),
                missing: count(tally.missing()),
                filled_by: tally.filled_by.iter().map(|id| person(id)).collect(),
                approvers: approval.people(number, tally.quorum).into_iter().map(person).collect(),
            })
            .collect(),
        rejections: count(approval.rejections(number)),
        rejections_required: step.rejections_required,
        can_approve: can_approve(state, request, approval, number, at),
        delegates: delegates(state, request, approval, number, at),
    });
    explained.collect()
}

fn step_state(request: &AccessRequest, step: u32) -> StepState {
    let is_approved =
        request.closing.as_ref().is_some_and(|closing| closing.origin == Some(Origin::Approval));
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
) -> Vec<Person> {
    if step_state(request, step) != StepState::Open {
        return Vec::new();
    }
    let accepts = |id: &&SubjectId| accepts_approval(state, request, id, None, at);
    approval.eligible(step).into_iter().filter(accepts).map(|id| state.directory().person(id)).collect()
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
    let pairs = approval.delegates(step).into_iter();
    pairs
        .filter(|(id, delegator)| accepts_approval(state, request, id, Some(delegator), at))
        .map(|(id, delegator)| StandsIn {
            person: state.directory().person(id),
            on_behalf_of: state.directory().person(delegator),
        })
        .collect()
}

fn accepts_approval(
    state: &State,
    request: &AccessRequest,
    id: &SubjectId,
    on_behalf_of: Option<&SubjectId>,
    at: Timestamp,
) -> bool {
    let actor = Actor::Subject(id.clone());
    ability(state, &actor, &review(request, Verdict::Approve, on_behalf_of), at).allowed
}

fn abilities(
    state: &State,
    viewer: &Actor,
    id: &SubjectId,
    request: &AccessRequest,
    approval: Approval<'_>,
    at: Timestamp,
) -> Abilities {
    let can = |command: &Command| ability(state, viewer, command, at);
    let request_id = || request.id.clone();
    let own = reviewing(state, viewer, id, None, request, approval, at);
    let delegators = state.delegations().delegators(id);
    Abilities {
        approve: own.approve,
        reject: own.reject,
        edit_duration: own.edit_duration,
        on_behalf_of: delegators
            .map(|delegator| reviewing(state, viewer, id, Some(delegator), request, approval, at))
            .collect(),
        withdraw_review: can(&Command::WithdrawReview(WithdrawReview { request_id: request_id() })),
        amend: amend(can(&Command::AmendRequest(AmendRequest {
            request_id: request_id(),
            draft: draft_of(request),
        }))),
        cancel: can(&Command::CancelRequest(CancelRequest {
            request_id: request_id(),
            reason: Some(some_text()),
        })),
        break_glass: can(&Command::BreakGlass(BreakGlass {
            subject_matter: BreakGlassFor::RequestId(request_id()),
            justification: some_text(),
        })),
        acknowledge: can(&Command::AcknowledgeBreakGlass(AcknowledgeBreakGlass {
            request_id: request_id(),
            comment: None,
        })),
    }
}

/// What an approver can do in their own place, or in another's.
fn reviewing(
    state: &State,
    viewer: &Actor,
    id: &SubjectId,
    on_behalf_of: Option<&SubjectId>,
    request: &AccessRequest,
    approval: Approval<'_>,
    at: Timestamp,
) -> ReviewAbilities {
    let can = |command: &Command| ability(state, viewer, command, at);
    let voice = on_behalf_of.unwrap_or(id);
    let approves = reviewed(request, Verdict::Approve, on_behalf_of);
    let mut approve = can(&Command::ReviewRequest(approves.clone()));
    if approve.allowed {
        let mut approved = request.clone();
        approved.add_review(request.review(id, &approves, at));
        approve.warning = approval.after(&approved).shortfall(request.step).map(|short| {
            format!("step {short} could then not be filled by the people there are, each counting once")
        });
    }
    ReviewAbilities {
        voice: state.directory().person(voice),
        approve,
        reject: can(&review(request, Verdict::Reject, on_behalf_of)),
        edit_duration: can(&Command::EditDuration(EditDuration {
            request_id: request.id.clone(),
            duration: a_little_shorter(request.duration),
            note: some_text(),
            content_hash: Some(request.content_hash.clone()),
            on_behalf_of: on_behalf_of.cloned(),
        })),
    }
}

pub(super) fn review(request: &AccessRequest, verdict: Verdict, on_behalf_of: Option<&SubjectId>) -> Command {
    Command::ReviewRequest(reviewed(request, verdict, on_behalf_of))
}

fn reviewed(request: &AccessRequest, verdict: Verdict, on_behalf_of: Option<&SubjectId>) -> ReviewRequest {
    ReviewRequest {
        request_id: request.id.clone(),
        verdict,
        content_hash: Some(request.content_hash.clone()),
        on_behalf_of: on_behalf_of.cloned(),
        comment: None,
    }
}

fn a_little_shorter(duration: AccessDuration) -> Seconds {
    match duration {
        AccessDuration::Permanent => Seconds::new(limits::MAX_SECONDS),
        AccessDuration::Temporary(length) => {
            Seconds::new(length.get().saturating_sub(1).max(limits::MIN_SECONDS))
        }
    }
}

/// What the request asks for, as a draft.
fn draft_of(request: &AccessRequest) -> RequestDraft {
    let content = request.content.clone();
    RequestDraft {
        target: content.target,
        actions: content.actions,
        duration: content.duration,
        starts_at: content.starts_at,
        justification: content.justification,
        ticket_url: content.ticket_url,
        renews: request.renews.clone(),
    }
}

/// A request that would be refused if asked for anew as it is may still be amended into one that is not.
fn amend(as_it_is: Ability) -> Ability {
    match as_it_is.refusal {
        Some(refused) if refused.details.is_about_draft() => {
            Ability { allowed: true, refusal: None, warning: Some(refused.message) }
        }
        refusal => Ability { refusal, ..as_it_is },
    }
}
