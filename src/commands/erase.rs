use serde::{Deserialize, Serialize};

use crate::events::{AccessEvent, SubjectErased};
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::SubjectId;
use crate::visibility::check_administers;

/// Erases what a subject that is gone was called and wrote, and what others wrote on its requests and grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Erase {
    /// Who; disabled or removed. Of an id that somebody else has since, whoever had it before.
    pub subject: SubjectId,
}

pub(super) fn decide(state: &State, actor: &Actor, command: &Erase) -> Result<Vec<AccessEvent>, Refusal> {
    if state.project().is_none() {
        return Err(Refusal::NoProject);
    }
    check_administers(state, actor)?;
    let subject_id = command.subject.clone();
    let directory = state.directory();
    if !directory.has_known(&subject_id) {
        return Err(Refusal::UnknownSubject { subject_id });
    }
    let erased = state.erased_up_to(&subject_id);
    let up_to = if directory.is_active(&subject_id) {
        let before = directory.returned_in(&(&subject_id).into()).map(|version| version.saturating_sub(1));
        before
            .filter(|before| *before > erased)
            .ok_or_else(|| Refusal::SubjectActive { subject_id: subject_id.clone() })?
    } else {
        state.version()
    };
    let open = state.requests().newest_first().find(|request| {
        let is_open = request.break_glass.as_ref().is_some_and(|record| record.acknowledgement.is_none());
        is_open && request.content.requester == subject_id && request.id.made_in() <= up_to
    });
    if let Some(request) = open {
        return Err(Refusal::NotAcknowledged { request_id: request.id.clone() });
    }
    // Who has had the id since may have left something of which only the record tells.
    let is_left = || {
        directory.was_taken_over_since(&(&subject_id).into(), erased)
            || state.clone().erase(&subject_id, up_to)
    };
    if erased > 0 && !is_left() {
        return Ok(Vec::new());
    }
    Ok(vec![AccessEvent::SubjectErased(SubjectErased { subject_id, up_to })])
}
