use serde::{Deserialize, Serialize};

use super::checks::{acting_administrator, check_holders, check_newest};
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
    /// The version that was looked at; where it is no longer the newest this is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub version: Option<u32>,
    /// What is otherwise than before.
    #[serde(flatten)]
    pub changes: MergePatch<PermissionTerms>,
}

impl Patchable for PermissionTerms {
    const EXAMPLE: &str = r#"{
        "name": "Example",
        "holders": [{ "subject": "example" }],
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
    check_newest(permission, command.version)?;
    let terms = command.changes.apply(&permission.terms)?;
    check_holders(state, &terms)?;
    let before = permission.condition_stated;
    let is_stated = command.changes.states(&["condition"]);
    // Stated again, a condition knows those who have come since.
    let names_others =
        is_stated && terms.condition.is_some() && state.directory().has_changed_hands_since(before);
    if terms == permission.terms && !names_others {
        return Ok(Vec::new());
    }
    let condition_stated = if is_stated { state.next_version() } else { before };
    Ok(vec![permission_updated(permission, terms, condition_stated)])
}
