use std::collections::BTreeSet;

use super::shared::acting_administrator;
use crate::model::{AccessEvent, Actor, AdministratorsSet, Refusal, SetAdministrators};
use crate::state::State;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &SetAdministrators,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    let directory = state.directory();
    let administrators: BTreeSet<_> = command.administrators.iter().cloned().collect();
    if let Some(unknown) = administrators.iter().find(|id| directory.subject(id).is_none()) {
        return Err(Refusal::UnknownSubject { subject_id: unknown.clone() });
    }
    if !administrators.iter().any(|id| directory.is_active(id)) {
        return Err(Refusal::LastAdministrator);
    }
    if administrators == *directory.administrators() {
        return Ok(Vec::new());
    }
    let administrators = administrators.into_iter().collect();
    Ok(vec![AccessEvent::AdministratorsSet(AdministratorsSet { administrators })])
}
