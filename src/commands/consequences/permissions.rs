use crate::commands::DirectoryChange;
use crate::events::{AccessEvent, PermissionDeleted, PermissionUpdated};
use crate::people::Principal;
use crate::permissions::{Permission, PermissionTerms};
use crate::state::State;
use crate::values::AtMost;

pub(crate) fn permission_updated(
    permission: &Permission,
    terms: PermissionTerms,
    condition_stated: u64,
) -> AccessEvent {
    let version = permission.version.saturating_add(1);
    let permission = Permission { id: permission.id.clone(), version, terms, condition_stated };
    AccessEvent::PermissionUpdated(PermissionUpdated { permission })
}

/// What becomes of permissions that name somebody who is removed: they name him no more, so that whoever gets the id
/// later inherits nothing; one that would name nobody is deleted.
pub(crate) fn without_removed(state: &State, changes: &[DirectoryChange]) -> Vec<AccessEvent> {
    let is_removed = |holder: &&Principal| {
        changes.iter().any(|change| match (change, holder) {
            (DirectoryChange::RemoveSubject(removed), Principal::Subject(id)) => removed == id,
            (DirectoryChange::RemoveGroup(removed), Principal::Group(id)) => removed == id,
            _ => false,
        })
    };
    let mut events = Vec::new();
    for permission in state.permissions().all() {
        let holders = &permission.terms.holders;
        let left: Vec<_> = holders.iter().filter(|holder| !is_removed(holder)).cloned().collect();
        if left.is_empty() {
            events.push(permission_deleted(permission));
        } else if left.len() < holders.len() {
            let holders = AtMost::try_from(left).unwrap_or_default();
            let terms = PermissionTerms { holders, ..permission.terms.clone() };
            events.push(permission_updated(permission, terms, permission.condition_stated));
        }
    }
    events
}

pub(crate) fn permission_deleted(permission: &Permission) -> AccessEvent {
    let Permission { id, terms, .. } = permission.clone();
    AccessEvent::PermissionDeleted(PermissionDeleted { permission_id: id, name: terms.name })
}
