use crate::approval::Approval;
use crate::model::{
    AccessEvent, AccessRequest, Actor, CancelReason, Closing, EndReason, Grant, GrantEnd, GrantEnded,
    GrantId, Origin, PolicyId, Refusal, RequestCancelled, RequestId, StepOpened, SubjectId, Text, Timestamp,
};
use crate::state::State;
use crate::visibility::acting_subject;

/// The subject behind a command that only administrators send.
pub(super) fn acting_administrator<'a>(state: &State, actor: &'a Actor) -> Result<&'a SubjectId, Refusal> {
    let subject = acting_subject(state, actor)?;
    if state.directory().is_administrator(subject) { Ok(subject) } else { Err(Refusal::NotAdministrator) }
}

pub(super) fn check_pending(request: &AccessRequest) -> Result<(), Refusal> {
    if request.is_pending() { Ok(()) } else { Err(Refusal::RequestNotPending { status: request.status }) }
}

pub(super) fn check_not_blank(text: &Text) -> Result<(), Refusal> {
    if text.is_blank() { Err(Refusal::ReasonRequired) } else { Ok(()) }
}

/// Whether the reviewer saw the request as it is now.
pub(super) fn check_fresh(request: &AccessRequest, shown: Option<&str>) -> Result<(), Refusal> {
    if shown == Some(&request.content_hash) {
        Ok(())
    } else {
        Err(Refusal::StaleReview { content_hash: request.content_hash.clone() })
    }
}

/// Ids are made from the version of the commit and a counter in it.
fn made(state: &State, prefix: &str, counter: u32) -> String {
    format!("{prefix}_{}_{counter}", state.version().saturating_add(1))
}

pub(super) fn policy_id(state: &State, counter: u32) -> PolicyId {
    PolicyId::made(made(state, "pol", counter))
}

pub(super) fn request_id(state: &State) -> RequestId {
    RequestId::made(made(state, "req", 0))
}

pub(super) fn grant_id(state: &State) -> GrantId {
    GrantId::made(made(state, "grt", 0))
}

pub(super) fn closing(at: Timestamp, by: &Actor) -> Closing {
    Closing { at, by: by.clone(), origin: None, reason: None, note: None }
}

pub(super) fn approved(at: Timestamp, by: &Actor, origin: Origin) -> Closing {
    Closing { origin: Some(origin), ..closing(at, by) }
}

pub(super) fn cancelled(
    request: &AccessRequest,
    at: Timestamp,
    by: &Actor,
    reason: CancelReason,
    note: Option<Text>,
) -> AccessEvent {
    AccessEvent::RequestCancelled(RequestCancelled {
        request_id: request.id.clone(),
        closing: Closing { reason: Some(reason), note, ..closing(at, by) },
    })
}

pub(super) fn ended(
    grant: &Grant,
    at: Timestamp,
    by: &Actor,
    reason: EndReason,
    note: Option<Text>,
) -> AccessEvent {
    let end = GrantEnd { at, reason, by: by.clone(), note };
    AccessEvent::GrantEnded(GrantEnded { grant_id: grant.id.clone(), end })
}

/// Opens a step: everybody eligible for it is asked, except the requester, who knows.
pub(super) fn step_opened(
    approval: Approval<'_>,
    id: &RequestId,
    requester: &SubjectId,
    step: u32,
) -> AccessEvent {
    let asked = approval.eligible(step).into_iter().filter(|person| *person != requester).cloned().collect();
    AccessEvent::StepOpened(StepOpened { request_id: id.clone(), step, asked })
}
