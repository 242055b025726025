use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::checks::acting_administrator;
use crate::events::{AccessEvent, AdministratorsSet};
use crate::people::{Actor, SubjectRef};
use crate::policies::check_known;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::SubjectId;

/// Says who the administrators are, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetAdministrators {
    /// All of them; at least one must be active.
    pub administrators: Vec<SubjectRef>,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &SetAdministrators,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    let directory = state.directory();
    let administrators: BTreeSet<_> = command.administrators.iter().map(|it| SubjectId::clone(it)).collect();
    administrators.iter().try_for_each(|id| check_known(directory, &id.into()))?;
    if !administrators.iter().any(|id| directory.is_active(id)) {
        return Err(Refusal::LastAdministrator);
    }
    if administrators == *directory.administrators() {
        return Ok(Vec::new());
    }
    let administrators = administrators.into_iter().collect();
    Ok(vec![AccessEvent::AdministratorsSet(AdministratorsSet { administrators })])
}
