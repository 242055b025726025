use crate::approval::Approval;
use crate::grants;
use crate::model::{
    AccessEvent, AccessRequest, Actor, CancelReason, Closing, Delegation, DelegationEnd, DelegationEndReason,
    DelegationEnded, EndReason, Grant, GrantEnd, GrantEnded, GrantId, GrantStatus, Origin, Refusal,
    RequestCancelled, StepOpened, SubjectId, Text, Timestamp,
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

/// Ends grants, and with each the renewals that would have carried it on: those that have not begun end for the same
/// reason, those that are pending are cancelled.
pub(super) fn ended_with_renewals<'a>(
    state: &'a State,
    grants: impl IntoIterator<Item = &'a Grant>,
    at: Timestamp,
    by: &Actor,
    reason: EndReason,
    note: Option<&Text>,
) -> Vec<AccessEvent> {
    let mut over: Vec<&Grant> = grants.into_iter().collect();
    let mut next = 0;
    while let Some(grant) = over.get(next) {
        let renewals = state.grants().open_of(&grant.holder).filter(|renewal| {
            renewal.renews.as_ref() == Some(&grant.id)
                && grants::status(renewal, at) == GrantStatus::Scheduled
        });
        let more: Vec<&Grant> = renewals.filter(|renewal| !over.contains(renewal)).collect();
        over.extend(more);
        next = next.saturating_add(1);
    }
    let mut events: Vec<_> = over.iter().map(|grant| ended(grant, at, by, reason, note.cloned())).collect();
    let is_over = |id: &GrantId| over.iter().any(|grant| grant.id == *id);
    let pending = state.requests().pending().filter(|request| request.renews.as_ref().is_some_and(is_over));
    events.extend(pending.map(|request| cancelled(request, at, by, CancelReason::GrantRevoked, None)));
    events
}

pub(super) fn delegation_ended(
    delegation: &Delegation,
    at: Timestamp,
    by: &Actor,
    reason: DelegationEndReason,
) -> AccessEvent {
    let end = DelegationEnd { at, reason, by: by.clone() };
    AccessEvent::DelegationEnded(DelegationEnded { delegation_id: delegation.id.clone(), end })
}

/// Opens a step of a request: the eligible and their delegates are asked, and its reminders and escalation are set.
pub(super) fn step_opened(
    approval: Approval<'_>,
    request: &AccessRequest,
    step: u32,
    now: Timestamp,
) -> AccessEvent {
    let terms = approval.step(step);
    let before_expiry = |at: &Timestamp| *at < request.expires_at;
    let escalation = terms.and_then(|step| step.escalate.as_ref()).filter(|_| !approval.is_escalated(step));
    AccessEvent::StepOpened(StepOpened {
        request_id: request.id.clone(),
        step,
        asked: approval.asked(step).into_iter().cloned().collect(),
        escalates_at: escalation.map(|it| now.plus(it.after)).filter(before_expiry),
        reminds_at: terms.and_then(|it| it.remind_every).map(|every| now.plus(every)).filter(before_expiry),
    })
}
