//! Standing permissions: who may do what without asking.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::conditions::Condition;
use crate::limits;
use crate::people::Principal;
use crate::resources::{ActionSet, PolicyTargets};
use crate::values::{AtMost, Name, PermissionId};

/// Who may do what without asking: everything an administrator says about a standing permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionTerms {
    /// What people call it.
    pub name: Name,
    /// Who may; 1 to 100 subjects and groups.
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub holders: AtMost<{ limits::HOLDERS }, Principal>,
    /// To which resources; no policy takes any of them away.
    pub targets: PolicyTargets,
    /// To do what: a list, or `"all"`.
    pub actions: ActionSet,
    /// What must be so when somebody wants to; absent: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// A standing permission as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Permission {
    /// Made by the engine.
    pub id: PermissionId,
    /// 1 for the first; each update makes the next.
    pub version: u32,
    /// What the administrator said.
    pub terms: PermissionTerms,
    /// In which commit the condition was last stated: it knows nobody who has taken over an id since.
    pub condition_stated: u64,
}

/// The standing permissions, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions(Arc<Vec<Permission>>);

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
        let all = Arc::make_mut(&mut self.0);
        match all.iter_mut().find(|current| current.id == permission.id) {
            Some(current) => *current = permission,
            None => all.push(permission),
        }
    }

    /// Takes a permission out.
    pub(crate) fn delete(&mut self, id: &PermissionId) {
        Arc::make_mut(&mut self.0).retain(|permission| permission.id != *id);
    }
}
