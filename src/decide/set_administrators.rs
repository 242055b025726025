use super::shared::acting_administrator;
use crate::model::{AccessEvent, Actor, AdministratorsSet, Refusal, SetAdministrators, gather};
use crate::sorted::SortedSet;
use crate::state::State;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &SetAdministrators,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    let directory = state.directory();
    let administrators: SortedSet<_> = gather(command.administrators.iter().cloned());
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
