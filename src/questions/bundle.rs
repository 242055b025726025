use serde::Serialize;

use super::requests::{RequestView, request_view};
use crate::engine::Engine;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::values::{BundleId, RequestStatus, Timestamp};
use crate::visibility::{check_viewer, sees_request};

/// A bundle: it has no state of its own, only what its requests make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    /// Its id.
    pub id: BundleId,
    /// What became of it.
    pub status: BundleStatus,
    /// Its requests, as far as the reader sees them, in the order in which they were asked for.
    pub requests: Vec<RequestView>,
}

/// What became of the requests of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum BundleStatus {
    /// One waits at least.
    Pending,
    /// All were approved.
    Approved,
    /// All were rejected.
    Rejected,
    /// All were cancelled.
    Cancelled,
    /// All expired.
    Expired,
    /// They ended differently.
    Partial,
}

impl Engine {
    /// What became of a bundle at `at`: of those of its requests that the viewer sees.
    ///
    /// # Errors
    /// `not_found` where the viewer sees none of them, and the codes of a viewer that is not known and active.
    pub fn bundle(&self, viewer: &Actor, id: &BundleId, at: Timestamp) -> Result<BundleView, Refusal> {
        let at = self.time(at);
        let state = &self.state_at(at);
        check_viewer(state, viewer)?;
        let seen = state.requests().in_bundle(id).filter(|request| sees_request(state, viewer, request));
        let requests: Vec<RequestView> = seen.map(|request| request_view(state, request)).collect();
        match requests.first() {
            None => Err(Refusal::not_found(id)),
            Some(first) => {
                let status = status(first.status, &requests);
                Ok(BundleView { id: id.clone(), status, requests })
            }
        }
    }
}

fn status(first: RequestStatus, requests: &[RequestView]) -> BundleStatus {
    if requests.iter().any(|request| request.status == RequestStatus::Pending) {
        return BundleStatus::Pending;
    }
    if requests.iter().any(|request| request.status != first) {
        return BundleStatus::Partial;
    }
    match first {
        RequestStatus::Pending => BundleStatus::Pending,
        RequestStatus::Approved => BundleStatus::Approved,
        RequestStatus::Rejected => BundleStatus::Rejected,
        RequestStatus::Cancelled => BundleStatus::Cancelled,
        RequestStatus::Expired => BundleStatus::Expired,
    }
}
