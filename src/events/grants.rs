use serde::{Deserialize, Serialize};

use crate::grants::{Grant, GrantEnd};
use crate::requests::Acknowledgement;
use crate::values::{AccessDuration, GrantId, RequestId, Text, Timestamp};

/// Access was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantCreated {
    /// The grant.
    pub grant: Grant,
    /// When it was made; it may begin later.
    pub at: Timestamp,
    /// Of a break-glass: its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// Of a break-glass that lasts shorter than the duration in force: that duration.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub shortened_from: Option<AccessDuration>,
}

/// Access is about to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEndingSoon {
    /// Which grant.
    pub grant_id: GrantId,
    /// When the warning was due.
    pub at: Timestamp,
}

/// Access ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEnded {
    /// Which grant.
    pub grant_id: GrantId,
    /// When, by whom and why.
    pub end: GrantEnd,
}

/// A break-glass access was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassAcknowledged {
    /// Which request.
    pub request_id: RequestId,
    /// Who and when.
    pub acknowledgement: Acknowledgement,
}
