use crate::directory::Directory;
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
    let mut directory = Directory::default();
    directory.set_administrators(command.administrators.iter().map(|subject| subject.id.clone()));
    command.administrators.iter().for_each(|subject| directory.upsert_subject(subject.clone()));
    if directory.active_administrators().next().is_none() {
        return Err(Refusal::LastAdministrator);
    }
    let CreateProject { project, administrators } = command.clone();
    Ok(vec![AccessEvent::ProjectCreated(ProjectCreated { project, administrators })])
}
