use serde::{Deserialize, Serialize};

use super::checks::{check_fresh, check_pending, check_reason};
use crate::approval::Approval;
use crate::events::{AccessEvent, DurationEdited};
use crate::limits;
use crate::people::{Actor, SubjectRef};
use crate::refusal::Refusal;
use crate::requests::DurationEdit;
use crate::state::State;
use crate::values::{AccessDuration, Invalid, InvalidKind, RequestId, Seconds, Text, Timestamp, duration};
use crate::visibility::{acting_subject, visible_request};

/// Shortens the duration of a pending request, or makes permanent temporary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditDuration {
    /// Which request.
    pub request_id: RequestId,
    /// The new, shorter duration.
    #[serde(with = "duration")]
    #[cfg_attr(feature = "wasm", tsify(type = "Duration"))]
    pub duration: Seconds,
    /// Why; not blank.
    pub note: Text,
    /// The content hash that was shown; another one is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
    /// The approver in whose place the actor does it, by a delegation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectRef>,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &EditDuration,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    let editor = acting_subject(state, actor)?;
    let request = visible_request(state, actor, &command.request_id)?;
    check_pending(request)?;
    let policy = state.policy_of(request)?;
    Approval::of(state.directory(), state.delegations(), policy, request).check_may_review(
        request.step,
        editor,
        command.on_behalf_of.as_deref(),
    )?;
    check_fresh(request, command.content_hash.as_deref())?;
    let before = request.duration;
    let after = AccessDuration::Temporary(command.duration);
    if before.fits_within(after) {
        return Err(Refusal::DurationNotShorter { duration_seconds: before });
    }
    check_reason("note", Some(&command.note))?;
    if request.edits.len() >= limits::DURATION_EDITS {
        let problem =
            format!("the duration was shortened {} times: approve or reject", limits::DURATION_EDITS);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    let edit = DurationEdit {
        editor: editor.clone(),
        on_behalf_of: command.on_behalf_of.as_deref().cloned(),
        before,
        after,
        note: command.note.clone().into(),
        at: now,
    };
    Ok(vec![AccessEvent::DurationEdited(DurationEdited { request_id: request.id.clone(), edit })])
}
