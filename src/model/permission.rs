use serde::{Deserialize, Serialize};

use super::{ActionSet, AtMost, Condition, Name, PermissionId, PolicyTargets, Principal, limits};

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
}
