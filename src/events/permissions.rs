use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, is_next};
use super::{About, Happening, Teller};
use crate::permissions::Permission;
use crate::state::State;
use crate::values::{Name, PermissionId};

/// A standing permission was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionCreated {
    /// Its first version.
    pub permission: Permission,
}

impl Happening for PermissionCreated {
    fn about(&self) -> About<'_> {
        About { permission_id: Some(&self.permission.id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Permission { id, version, terms, .. } = &self.permission;
        before.is_new(id, id.made_in(), before.state.permissions().get(id).is_some())?;
        is_next(id, 0, *version)?;
        terms.holders.iter().try_for_each(|holder| before.principal(holder))
    }

    fn apply(&self, state: &mut State) {
        state.permissions.save(self.permission.clone());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} made the standing permission {}.", teller.by(), self.permission.terms.name)
    }
}

/// A standing permission got its next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionUpdated {
    /// The new version.
    pub permission: Permission,
}

impl Happening for PermissionUpdated {
    fn about(&self) -> About<'_> {
        About { permission_id: Some(&self.permission.id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Permission { id, version, terms, .. } = &self.permission;
        is_next(id, before.permission(id)?.version, *version)?;
        terms.holders.iter().try_for_each(|holder| before.principal(holder))
    }

    fn apply(&self, state: &mut State) {
        state.permissions.save(self.permission.clone());
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let Permission { version, terms, .. } = &self.permission;
        format!("{} changed the standing permission {} to version {version}.", teller.by(), terms.name)
    }
}

/// A standing permission was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionDeleted {
    /// Which permission.
    pub permission_id: PermissionId,
    /// What people called it.
    pub name: Name,
}

impl Happening for PermissionDeleted {
    fn about(&self) -> About<'_> {
        About { permission_id: Some(&self.permission_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.permission(&self.permission_id).map(drop)
    }

    fn apply(&self, state: &mut State) {
        state.permissions.delete(&self.permission_id);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        format!("{} deleted the standing permission {}.", teller.by(), self.name)
    }
}
