use super::shared::acting_administrator;
use crate::model::{AccessEvent, Actor, DeletePermission, Permission, PermissionDeleted, Refusal};
use crate::state::State;
use crate::visibility::{acting_subject, visible_permission};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &DeletePermission,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let permission = visible_permission(state, actor, &command.permission_id)?;
    acting_administrator(state, actor)?;
    Ok(vec![deleted(permission)])
}

pub(super) fn deleted(permission: &Permission) -> AccessEvent {
    let Permission { id, terms, .. } = permission.clone();
    AccessEvent::PermissionDeleted(PermissionDeleted { permission_id: id, name: terms.name })
}
