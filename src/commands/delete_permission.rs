use serde::{Deserialize, Serialize};

use super::checks::acting_administrator;
use super::consequences::permissions::permission_deleted;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::PermissionId;
use crate::visibility::{acting_subject, visible_permission};

/// Deletes a standing permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeletePermission {
    /// Which permission.
    pub permission_id: PermissionId,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &DeletePermission,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let permission = visible_permission(state, actor, &command.permission_id)?;
    acting_administrator(state, actor)?;
    Ok(vec![permission_deleted(permission)])
}
