use serde::{Deserialize, Serialize};

use crate::requests::{AccessRequest, CancelReason, Closing, DurationEdit, RequestContent};
use crate::values::{BundleId, GrantId, RequestId, Timestamp};

/// A request was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestMade {
    /// Its id.
    pub request_id: RequestId,
    /// What was asked for.
    pub content: RequestContent,
    /// SHA-256 over the content.
    pub content_hash: String,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// The bundle that it was asked for in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// When.
    pub at: Timestamp,
    /// From when on it is expired.
    pub expires_at: Timestamp,
}

/// A request was made anew under its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestAmended {
    /// Its id.
    pub request_id: RequestId,
    /// What is asked for now.
    pub content: RequestContent,
    /// SHA-256 over the content.
    pub content_hash: String,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// When.
    pub at: Timestamp,
    /// From when on it is expired; never later than before.
    pub expires_at: Timestamp,
}

impl RequestMade {
    /// The request as it is once made.
    pub(crate) fn opened(&self) -> AccessRequest {
        let (id, content) = (self.request_id.clone(), self.content.clone());
        AccessRequest {
            renews: self.renews.clone(),
            bundle_id: self.bundle_id.clone(),
            ..AccessRequest::opened(id, content, self.content_hash.clone(), self.at, self.expires_at)
        }
    }
}

impl RequestAmended {
    /// The request as it is once amended, its history aside.
    pub(crate) fn opened(&self) -> AccessRequest {
        let (id, content) = (self.request_id.clone(), self.content.clone());
        AccessRequest {
            renews: self.renews.clone(),
            ..AccessRequest::opened(id, content, self.content_hash.clone(), self.at, self.expires_at)
        }
    }
}

/// The duration was shortened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DurationEdited {
    /// Which request.
    pub request_id: RequestId,
    /// Before, after, who, when and why.
    pub edit: DurationEdit,
}

/// A request was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestApproved {
    /// Which request.
    pub request_id: RequestId,
    /// When, by whom, and whether by approval or break-glass.
    pub closing: Closing,
}

/// A request was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestRejected {
    /// Which request.
    pub request_id: RequestId,
    /// When, and by whose last rejection.
    pub closing: Closing,
}

/// A request was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestCancelled {
    /// Which request.
    pub request_id: RequestId,
    /// When, by whom and why.
    pub closing: Closing,
}

impl RequestCancelled {
    /// Why it was cancelled.
    pub fn reason(&self) -> Option<CancelReason> {
        self.closing.reason
    }
}

/// A request was not decided in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestExpired {
    /// Which request.
    pub request_id: RequestId,
    /// When it was due, however late the tick came.
    pub at: Timestamp,
}
