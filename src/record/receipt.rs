use serde::Serialize;

use crate::events::AccessEvent;
use crate::values::{BundleId, DelegationId, GrantId, PermissionId, PolicyId, RequestId, Seconds, Timestamp};

/// What a command did: the answer to it, and to its repetition under the same idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The version of the record after it. Where nothing had to change, the one before.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// The policy it made or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<PolicyId>,
    /// Every policy it made or changed, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub policy_ids: Vec<PolicyId>,
    /// The standing permission it made, changed or deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_id: Option<PermissionId>,
    /// The request it made or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// Every request it made or changed, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub request_ids: Vec<RequestId>,
    /// The grant it made or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// The bundle it asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// The delegation it made or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<DelegationId>,
    /// Of a break-glass: the length of the access where the policy shortened it.
    #[serde(rename = "shortenedToSeconds", skip_serializing_if = "Option::is_none")]
    pub shortened_to: Option<Seconds>,
    /// What happened, in order.
    pub events: Vec<AccessEvent>,
}
