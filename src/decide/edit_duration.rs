use super::shared::{check_fresh, check_not_blank, check_pending};
use crate::approval::Approval;
use crate::model::{
    AccessDuration, AccessEvent, Actor, DurationEdit, DurationEdited, EditDuration, Refusal, Timestamp,
};
use crate::state::State;
use crate::visibility::{acting_subject, visible_request};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &EditDuration,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let editor = acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    check_pending(request)?;
    let terms = &state.policy_of(request)?.terms;
    Approval::of(state.directory(), state.delegations(), terms, request).check_may_review(
        request.step,
        editor,
        command.on_behalf_of.as_ref(),
    )?;
    check_fresh(request, command.content_hash.as_deref())?;
    let before = request.duration;
    let after = AccessDuration::Temporary(command.duration);
    if before.fits_within(after) {
        return Err(Refusal::DurationNotShorter { duration: before });
    }
    check_not_blank(&command.note)?;
    let edit = DurationEdit {
        editor: editor.clone(),
        on_behalf_of: command.on_behalf_of.clone(),
        before,
        after,
        note: command.note.clone(),
        at: now,
    };
    Ok(vec![AccessEvent::DurationEdited(DurationEdited { request_id: request.id.clone(), edit })])
}
