use super::shared::{cancelled, check_not_blank, check_pending};
use crate::model::{AccessEvent, Actor, CancelReason, CancelRequest, Refusal, Timestamp};
use crate::state::State;
use crate::visibility::{acting_subject, visible_request};

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
    Ok(vec![cancelled(request, now, actor, reason, command.reason.clone())])
}
