use serde::{Deserialize, Serialize};

use crate::events::{AccessEvent, BreakGlassAcknowledged};
use crate::people::{Actor, Personal};
use crate::refusal::Refusal;
use crate::requests::Acknowledgement;
use crate::state::State;
use crate::values::{RequestId, Text, Timestamp};
use crate::visibility::{acting_subject, is_approver, visible_request};

/// Says that a break-glass access has been looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AcknowledgeBreakGlass {
    /// Which request.
    pub request_id: RequestId,
    /// What the approver adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

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
    if state.directory().is_same_person(&request.content.requester, approver) {
        return Err(Refusal::SelfApproval);
    }
    let mut grant = request.grant_id.iter().filter_map(|id| state.grants().get(id));
    let is_approver = grant.any(|grant| is_approver(state, grant, approver));
    if !is_approver && !state.directory().is_administrator(approver) {
        return Err(Refusal::NotAnApprover { step: request.step });
    }
    let comment = command.comment.clone().map(Personal::from);
    let acknowledgement = Acknowledgement { by: approver.clone(), at: now, comment };
    let request_id = request.id.clone();
    Ok(vec![AccessEvent::BreakGlassAcknowledged(BreakGlassAcknowledged { request_id, acknowledgement })])
}
