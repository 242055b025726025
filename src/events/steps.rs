use serde::{Deserialize, Serialize};

use crate::values::{RequestId, SubjectId, Timestamp};

/// A step of a request opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepOpened {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// Whose review is asked for; sorted.
    pub asked: Vec<SubjectId>,
    /// When further approvers will be called, if the step is still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalates_at: Option<Timestamp>,
    /// When approvers will first be reminded, if the step is still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminds_at: Option<Timestamp>,
}

/// Every quorum of a step was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepCompleted {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
}

/// Further approvers were called to a step that nobody had completed in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepEscalated {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// When it was due.
    pub at: Timestamp,
    /// Whose review is asked for now and was not before; sorted.
    pub asked: Vec<SubjectId>,
}

/// Approvers were reminded of an open step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepReminded {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// When it was due, the last time if several were missed.
    pub at: Timestamp,
    /// Who has not answered; sorted.
    pub asked: Vec<SubjectId>,
    /// When they will be reminded next; absent: the request expires before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminds_at: Option<Timestamp>,
}
