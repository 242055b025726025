use std::collections::BTreeMap;

use crate::model::{AccessEvent, Actor, CreateProject, ProjectCreated, Refusal};
use crate::state::State;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &CreateProject,
) -> Result<Vec<AccessEvent>, Refusal> {
    if *actor != Actor::Host {
        return Err(Refusal::HostRequired);
    }
    if state.project().is_some() {
        return Err(Refusal::ProjectExists);
    }
    // As the directory will have them: of two with one id the later counts.
    let administrators: BTreeMap<_, _> =
        command.administrators.iter().map(|subject| (&subject.id, subject.disabled)).collect();
    if administrators.values().all(|is_disabled| *is_disabled) {
        return Err(Refusal::LastAdministrator);
    }
    let CreateProject { project, administrators } = command.clone();
    Ok(vec![AccessEvent::ProjectCreated(ProjectCreated { project, administrators })])
}
