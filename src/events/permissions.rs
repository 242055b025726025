use serde::{Deserialize, Serialize};

use crate::permissions::Permission;
use crate::values::{Name, PermissionId};

/// A standing permission was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionCreated {
    /// Its first version.
    pub permission: Permission,
}

/// A standing permission got its next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionUpdated {
    /// The new version.
    pub permission: Permission,
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
