use crate::approval::Approval;
use crate::model::{
    AccessEvent, AcknowledgeBreakGlass, Acknowledgement, Actor, BreakGlassAcknowledged, Refusal, Timestamp,
};
use crate::state::State;
use crate::visibility::{acting_subject, visible_request};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &AcknowledgeBreakGlass,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let approver = acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    let record = request.break_glass.as_ref().ok_or(Refusal::NotBreakGlass)?;
    if let Some(acknowledgement) = &record.acknowledgement {
        return Err(Refusal::AlreadyAcknowledged { by: acknowledgement.by.clone() });
    }
    if request.content.requester == *approver {
        return Err(Refusal::SelfApproval);
    }
    let terms = &state.policy_of(request)?.terms;
    if !Approval::of(state.directory(), state.delegations(), terms, request).is_named(approver) {
        return Err(Refusal::NotAnApprover { step: request.step });
    }
    let acknowledgement = Acknowledgement { by: approver.clone(), at: now, comment: command.comment.clone() };
    let request_id = request.id.clone();
    Ok(vec![AccessEvent::BreakGlassAcknowledged(BreakGlassAcknowledged { request_id, acknowledgement })])
}
