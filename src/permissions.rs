//! Standing permissions: who may do what without asking.

use crate::model::{Permission, PermissionId};

/// The standing permissions, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions(Vec<Permission>);

impl Permissions {
    /// The permission of that id.
    pub fn get(&self, id: &PermissionId) -> Option<&Permission> {
        self.0.iter().find(|permission| permission.id == *id)
    }

    /// All of them.
    pub fn all(&self) -> &[Permission] {
        &self.0
    }

    /// Adds a permission, or puts its next version in its place.
    pub(crate) fn save(&mut self, permission: Permission) {
        match self.0.iter_mut().find(|current| current.id == permission.id) {
            Some(current) => *current = permission,
            None => self.0.push(permission),
        }
    }

    /// Takes a permission out.
    pub(crate) fn delete(&mut self, id: &PermissionId) {
        self.0.retain(|permission| permission.id != *id);
    }
}
