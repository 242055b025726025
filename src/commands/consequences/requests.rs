use crate::events::{AccessEvent, RequestCancelled};
use crate::people::{Actor, Personal};
use crate::requests::{AccessRequest, CancelReason, Closing, GrantOrigin};
use crate::state::State;
use crate::values::{PolicyId, Text, Timestamp};

pub(crate) fn closing(at: Timestamp, by: &Actor) -> Closing {
    Closing { at, by: by.clone(), origin: None, reason: None, note: None }
}

pub(crate) fn approval_closing(at: Timestamp, by: &Actor, origin: GrantOrigin) -> Closing {
    Closing { origin: Some(origin), ..closing(at, by) }
}

pub(crate) fn request_cancelled(
    request: &AccessRequest,
    at: Timestamp,
    by: &Actor,
    reason: CancelReason,
    note: Option<Text>,
) -> AccessEvent {
    AccessEvent::RequestCancelled(RequestCancelled {
        request_id: request.id.clone(),
        closing: Closing { reason: Some(reason), note: note.map(Personal::from), ..closing(at, by) },
    })
}

/// Cancels all pending requests that a policy decides.
pub(crate) fn cancel_pending(
    state: &State,
    id: &PolicyId,
    actor: &Actor,
    reason: CancelReason,
    now: Timestamp,
) -> impl Iterator<Item = AccessEvent> {
    let concerned = state.requests().pending().filter(move |request| request.content.policy_id == *id);
    concerned.map(move |request| request_cancelled(request, now, actor, reason, None))
}
