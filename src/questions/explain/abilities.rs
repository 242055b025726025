use serde::Serialize;

use crate::approval::Approval;
use crate::commands::{
    AcknowledgeBreakGlass, AmendRequest, BreakGlass, BreakGlassFor, CancelRequest, Command, EditDuration,
    RequestDraft, ReviewRequest, WithdrawReview,
};
use crate::limits;
use crate::people::{Actor, SubjectRef};
use crate::questions::{Ability, ability, some_text};
use crate::requests::{AccessRequest, Verdict};
use crate::state::State;
use crate::values::{AccessDuration, Person, Seconds, SubjectId, Timestamp};

/// What one actor can do with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Abilities {
    /// Approve the current step.
    pub approve: Ability,
    /// Reject it.
    pub reject: Ability,
    /// Shorten the duration.
    pub edit_duration: Ability,
    /// The same on behalf of each whom the actor stands in for.
    pub on_behalf_of: Vec<ReviewAbilities>,
    /// Take one's review back.
    pub withdraw_review: Ability,
    /// Ask anew under the same id.
    pub amend: Ability,
    /// Take the request back.
    pub cancel: Ability,
    /// Go ahead without approval.
    pub break_glass: Ability,
    /// Say that a break-glass has been looked at.
    pub acknowledge: Ability,
}

/// What one actor can do with the current step, in one approver's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ReviewAbilities {
    /// Whose place that is.
    pub voice: Person,
    /// Approve the current step.
    pub approve: Ability,
    /// Reject it.
    pub reject: Ability,
    /// Shorten the duration.
    pub edit_duration: Ability,
}

pub(super) fn abilities(
    state: &State,
    viewer: &Actor,
    id: &SubjectId,
    request: &AccessRequest,
    approval: Approval<'_>,
    at: Timestamp,
) -> Abilities {
    let can = |command: &Command| ability(state, viewer, command, at);
    let request_id = || request.id.clone();
    let own = review_abilities(state, viewer, id, None, request, approval, at);
    let delegators = state.delegations().delegators(id);
    Abilities {
        approve: own.approve,
        reject: own.reject,
        edit_duration: own.edit_duration,
        on_behalf_of: delegators
            .map(|delegator| review_abilities(state, viewer, id, Some(delegator), request, approval, at))
            .collect(),
        withdraw_review: can(&Command::WithdrawReview(WithdrawReview { request_id: request_id() })),
        amend: amend(can(&Command::AmendRequest(AmendRequest {
            request_id: request_id(),
            draft: RequestDraft::from(&request.content),
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
fn review_abilities(
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
    let approves = review_payload(request, Verdict::Approve, on_behalf_of);
    let mut approve = can(&Command::ReviewRequest(approves.clone()));
    if approve.allowed {
        let mut approved = request.clone();
        approved.add_review(approves.review(request, id, at));
        approve.warning = approval.after(&approved).shortfall(request.step).map(|short| {
            format!("step {short} could then not be filled by the people there are, each counting once")
        });
    }
    ReviewAbilities {
        voice: state.directory().person(voice),
        approve,
        reject: can(&review_command(request, Verdict::Reject, on_behalf_of)),
        edit_duration: can(&Command::EditDuration(EditDuration {
            request_id: request.id.clone(),
            duration: a_little_shorter(request.duration),
            note: some_text(),
            content_hash: Some(request.content_hash.clone()),
            on_behalf_of: on_behalf_of.map(SubjectRef::from),
        })),
    }
}

pub(crate) fn review_command(
    request: &AccessRequest,
    verdict: Verdict,
    on_behalf_of: Option<&SubjectId>,
) -> Command {
    Command::ReviewRequest(review_payload(request, verdict, on_behalf_of))
}

fn review_payload(
    request: &AccessRequest,
    verdict: Verdict,
    on_behalf_of: Option<&SubjectId>,
) -> ReviewRequest {
    ReviewRequest {
        request_id: request.id.clone(),
        verdict,
        content_hash: Some(request.content_hash.clone()),
        on_behalf_of: on_behalf_of.map(SubjectRef::from),
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

/// A request that would be refused if asked for anew as it is may still be amended into one that is not.
fn amend(as_it_is: Ability) -> Ability {
    match as_it_is.refusal {
        Some(refused) if refused.details.is_about_draft() => {
            Ability { allowed: true, refusal: None, warning: Some(refused.message) }
        }
        refusal => Ability { refusal, ..as_it_is },
    }
}
