use serde::{Deserialize, Serialize};

use super::checks::{acting_administrator, check_holders};
use super::consequences::permissions::permission_updated;
use super::patch::{MergePatch, Patchable};
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::permissions::PermissionTerms;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::PermissionId;
use crate::visibility::{acting_subject, visible_permission};

/// Changes of a standing permission: what is left out stays, `null` takes an optional part away (RFC 7396).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct UpdatePermission {
    /// Which permission.
    pub permission_id: PermissionId,
    /// What is otherwise than before.
    #[serde(flatten)]
    pub changes: MergePatch<PermissionTerms>,
}

impl Patchable for PermissionTerms {
    const EXAMPLE: &str = r#"{
        "name": "Example",
        "holders": [{ "type": "subject", "id": "example" }],
        "targets": { "environments": ["example"], "paths": ["/"] },
        "actions": "all"
    }"#;
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &UpdatePermission,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let permission = visible_permission(state, actor, &command.permission_id)?;
    acting_administrator(state, actor)?;
    let terms = command.changes.apply(&permission.terms)?;
    check_holders(state, &terms)?;
    Ok(if terms == permission.terms { Vec::new() } else { vec![permission_updated(permission, terms)] })
}
