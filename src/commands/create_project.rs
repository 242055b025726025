use serde::{Deserialize, Serialize};

use crate::events::{AccessEvent, Format, ProjectCreated};
use crate::people::{Actor, Directory, KnownSubject, Subject};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::ProjectId;

/// Makes a project with its first administrators, who enter the directory as active.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateProject {
    /// The project's id.
    pub project: ProjectId,
    /// At least one active subject.
    pub administrators: Vec<Subject>,
}

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
    let CreateProject { project, administrators } = command.clone();
    let administrators: Vec<_> = administrators.into_iter().map(KnownSubject::from).collect();
    administrators.iter().for_each(|subject| directory.upsert_subject(subject.clone(), 1));
    if directory.active_administrators().next().is_none() {
        return Err(Refusal::LastAdministrator);
    }
    Ok(vec![AccessEvent::ProjectCreated(ProjectCreated { format: Format::CURRENT, project, administrators })])
}
