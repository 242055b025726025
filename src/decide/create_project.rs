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
    if command.administrators.iter().all(|subject| subject.disabled) {
        return Err(Refusal::LastAdministrator);
    }
    let CreateProject { project, administrators } = command.clone();
    Ok(vec![AccessEvent::ProjectCreated(ProjectCreated { project, administrators })])
}
