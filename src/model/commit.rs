use serde::{Deserialize, Serialize};

use super::{
    AccessEvent, Actor, BundleId, DelegationId, GrantId, IdempotencyKey, Notice, PermissionId, PolicyId,
    ProjectId, RequestId, Seconds, Timestamp,
};

/// One entry of a project's record: what one command or tick did, whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Commit {
    /// The project.
    pub project: ProjectId,
    /// 1 for the first, then one more each.
    pub version: u64,
    /// When; never earlier than the commit before.
    pub at: Timestamp,
    /// Whose command it was.
    pub actor: Actor,
    /// What makes a repeated command recognisable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency: Option<Idempotency>,
    /// What happened, in order.
    pub events: Vec<AccessEvent>,
    /// Whom to tell.
    pub notices: Vec<Notice>,
    /// The hash of the commit before; of the first: SHA-256 of the project id.
    pub previous_hash: String,
    /// SHA-256 over the 32 raw bytes of `previousHash` and the RFC 8785 form of this commit without `hash`.
    pub hash: String,
}

/// What makes a repeated command recognisable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Idempotency {
    /// The caller's key.
    pub key: IdempotencyKey,
    /// SHA-256 over the command's RFC 8785 form.
    pub command_hash: String,
}

/// The newest entry of a record, for anchoring it elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Head {
    /// The number of commits.
    pub version: u64,
    /// The hash of the last; of an empty record SHA-256 of the project id.
    pub hash: String,
}

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
    /// The standing permission it made, changed or deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_id: Option<PermissionId>,
    /// The request it made or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// The grant it made or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// The bundle it asked for; the events name its requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// The delegation it made or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<DelegationId>,
    /// Of a break-glass: the length of the access where the policy shortened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortened_to: Option<Seconds>,
    /// What happened, in order.
    pub events: Vec<AccessEvent>,
}
