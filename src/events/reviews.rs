use serde::{Deserialize, Serialize};

use crate::requests::{Review, Standing};
use crate::values::{RequestId, SubjectId};

/// A review was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestReviewed {
    /// Which request.
    pub request_id: RequestId,
    /// What was said.
    pub review: Review,
}

/// A review stopped counting, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewVoided {
    /// Which request.
    pub request_id: RequestId,
    /// The step it was about.
    pub step: u32,
    /// Whose it was.
    pub reviewer: SubjectId,
    /// Why; never `standing`.
    pub reason: Standing,
}
