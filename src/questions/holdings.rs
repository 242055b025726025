use serde::Serialize;

use crate::grants;
use crate::grants::Grant;
use crate::permissions::Permission;
use crate::requests::AccessRequest;
use crate::resources::{ActionList, ActionSet, Pattern, PolicyTargets, overlaps};
use crate::state::State;
use crate::values::{GrantId, GrantStatus, Name, PermissionId, Timestamp};
use crate::visibility::is_holder;

/// What a requester holds already of what a request asks for: what meets its target in some resource and some action. Of
/// what he holds beside that, those who see the request learn nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Holdings {
    /// Live and scheduled grants, the one that the request made aside.
    pub grants: Vec<HeldGrant>,
    /// Standing permissions, whether or not their conditions hold.
    pub permissions: Vec<HeldPermission>,
}

/// A grant that a requester has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct HeldGrant {
    /// Its id.
    pub id: GrantId,
    /// What it opens, its exclusions aside.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// The first instant of access.
    pub starts_at: Timestamp,
    /// The first instant without; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
}

/// A standing permission that names a requester, by a group or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct HeldPermission {
    /// Its id.
    pub id: PermissionId,
    /// What people call it.
    pub name: Name,
    /// To which resources.
    pub targets: PolicyTargets,
    /// To do what.
    pub actions: ActionSet,
}

pub(super) fn holdings(state: &State, request: &AccessRequest, at: Timestamp) -> Holdings {
    let requester = &request.content.requester;
    let grants = state.grants().open_of(requester).filter(|grant| meets_grant(request, grant, at));
    let who = state.directory().member(requester);
    let permissions = state
        .permissions()
        .all()
        .iter()
        .filter(|permission| meets_permission(request, permission) && is_holder(state, &who, permission));
    Holdings {
        grants: grants.map(held_grant).collect(),
        permissions: permissions.map(held_permission).collect(),
    }
}

fn meets_grant(request: &AccessRequest, grant: &Grant, at: Timestamp) -> bool {
    let mut actions = request.content.actions.as_slice().iter();
    grant.request_id != request.id
        && grants::status(grant, at) != GrantStatus::Ended
        && actions.any(|action| grant.actions.contains(action))
        && overlaps(&grant.target, &request.content.target)
}

fn meets_permission(request: &AccessRequest, permission: &Permission) -> bool {
    let mut actions = request.content.actions.as_slice().iter();
    let terms = &permission.terms;
    actions.any(|action| terms.actions.contains(action))
        && terms.targets.entries().any(|entry| overlaps(entry, &request.content.target))
}

fn held_grant(grant: &Grant) -> HeldGrant {
    HeldGrant {
        id: grant.id.clone(),
        target: grant.target.clone(),
        actions: grant.actions.clone(),
        starts_at: grant.starts_at,
        ends_at: grant.ends_at,
    }
}

fn held_permission(permission: &Permission) -> HeldPermission {
    HeldPermission {
        id: permission.id.clone(),
        name: permission.terms.name.clone(),
        targets: permission.terms.targets.clone(),
        actions: permission.terms.actions.clone(),
    }
}
