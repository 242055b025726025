use super::create_permission::check_holders;
use super::delete_permission::deleted;
use super::shared::acting_administrator;
use crate::model::{
    AccessEvent, Actor, AtMost, DirectoryChange, Permission, PermissionTerms, PermissionUpdated, Principal,
    Refusal, UpdatePermission,
};
use crate::state::State;
use crate::visibility::{acting_subject, visible_permission};

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &UpdatePermission,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let permission = visible_permission(state, actor, &command.permission_id)?;
    acting_administrator(state, actor)?;
    let UpdatePermission { permission_id: _, name, holders, targets, actions, condition } = command.clone();
    let current = permission.terms.clone();
    let terms = PermissionTerms {
        name: name.unwrap_or(current.name),
        holders: holders.unwrap_or(current.holders),
        targets: targets.unwrap_or(current.targets),
        actions: actions.unwrap_or(current.actions),
        condition: condition.unwrap_or(current.condition),
    };
    check_holders(state, &terms)?;
    Ok(if terms == permission.terms { Vec::new() } else { vec![updated(permission, terms)] })
}

fn updated(permission: &Permission, terms: PermissionTerms) -> AccessEvent {
    let version = permission.version.saturating_add(1);
    let permission = Permission { id: permission.id.clone(), version, terms };
    AccessEvent::PermissionUpdated(PermissionUpdated { permission })
}

/// What becomes of permissions that name somebody who is removed: they name him no more, so that whoever gets the id
/// later inherits nothing; one that would name nobody is deleted.
pub(super) fn without_removed(state: &State, changes: &[DirectoryChange]) -> Vec<AccessEvent> {
    let is_removed = |holder: &&Principal| {
        changes.iter().any(|change| match (change, holder) {
            (DirectoryChange::RemoveSubject(removed), Principal::Subject { id }) => removed == id,
            (DirectoryChange::RemoveGroup(removed), Principal::Group { id }) => removed == id,
            _ => false,
        })
    };
    let mut events = Vec::new();
    for permission in state.permissions().all() {
        let holders = &permission.terms.holders;
        let left: Vec<_> = holders.iter().filter(|holder| !is_removed(holder)).cloned().collect();
        if left.is_empty() {
            events.push(deleted(permission));
        } else if left.len() < holders.len() {
            let holders = AtMost::try_from(left).unwrap_or_default();
            events.push(updated(permission, PermissionTerms { holders, ..permission.terms.clone() }));
        }
    }
    events
}
