use serde::{Deserialize, Serialize};

use super::checks::{acting_administrator, check_newest};
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
    /// The version that was looked at; where it is no longer the newest this is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub version: Option<u32>,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &DeletePermission,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let permission = visible_permission(state, actor, &command.permission_id)?;
    acting_administrator(state, actor)?;
    check_newest(permission, command.version)?;
    Ok(vec![permission_deleted(permission)])
}
