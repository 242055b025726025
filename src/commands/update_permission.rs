use serde::{Deserialize, Serialize};

use super::checks::{acting_administrator, check_holders};
use super::consequences::permissions::permission_updated;
use super::patch::present;
use crate::conditions::Condition;
use crate::events::AccessEvent;
use crate::limits;
use crate::people::{Actor, Principal};
use crate::permissions::PermissionTerms;
use crate::refusal::Refusal;
use crate::resources::{ActionSet, PolicyTargets};
use crate::state::State;
use crate::values::{AtMost, Name, PermissionId};
use crate::visibility::{acting_subject, visible_permission};

/// Changes of a standing permission: what is left out stays, `null` takes the condition away (RFC 7396).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdatePermission {
    /// Which permission.
    pub permission_id: PermissionId,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Who may.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub holders: Option<AtMost<{ limits::HOLDERS }, Principal>>,
    /// To which resources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<PolicyTargets>,
    /// To do what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<ActionSet>,
    /// What must be so; `null`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "Condition | null"))]
    pub condition: Option<Option<Condition>>,
}

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
    Ok(if terms == permission.terms { Vec::new() } else { vec![permission_updated(permission, terms)] })
}
