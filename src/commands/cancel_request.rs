use serde::{Deserialize, Serialize};

use super::checks::{check_pending, check_reason};
use super::consequences::requests::request_cancelled;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::requests::{AccessRequest, CancelReason};
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
    acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    check_pending(request)?;
    Ok(vec![cancelled(state, actor, request, command.reason.as_ref(), now)?])
}

/// A pending request is taken back by its requester, or by an administrator who says why.
pub(super) fn cancelled(
    state: &State,
    actor: &Actor,
    request: &AccessRequest,
    note: Option<&Text>,
    now: Timestamp,
) -> Result<AccessEvent, Refusal> {
    let reason = if actor.subject() == Some(&request.content.requester) {
        CancelReason::Requester
    } else if state.is_administrator(actor) {
        check_reason("reason", note)?;
        CancelReason::Administrator
    } else {
        return Err(Refusal::NotRequesterOrAdministrator);
    };
    Ok(request_cancelled(request, now, actor, reason, note.cloned()))
}
