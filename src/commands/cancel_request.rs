use serde::{Deserialize, Serialize};

use super::checks::{check_not_blank, check_pending};
use super::consequences::requests::request_cancelled;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::requests::CancelReason;
use crate::state::State;
use crate::values::{RequestId, Text, Timestamp};
use crate::visibility::{acting_subject, visible_request};

/// Takes a pending request back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelRequest {
    /// Which request.
    pub request_id: RequestId,
    /// Why; an administrator must say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &CancelRequest,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let subject = acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    check_pending(request)?;
    let reason = if request.content.requester == *subject {
        CancelReason::Requester
    } else if state.is_administrator(actor) {
        CancelReason::Administrator
    } else {
        return Err(Refusal::NotRequesterOrAdministrator);
    };
    match (&command.reason, reason) {
        (None, CancelReason::Administrator) => return Err(Refusal::ReasonRequired),
        (Some(text), CancelReason::Administrator) => check_not_blank(text)?,
        _ => {}
    }
    Ok(vec![request_cancelled(request, now, actor, reason, command.reason.clone())])
}
