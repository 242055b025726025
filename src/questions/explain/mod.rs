//! How a request stands, who can act, and what the viewer can do and why not.

pub(super) mod abilities;
mod steps;

use serde::Serialize;

use self::abilities::abilities;
use self::steps::steps;
use super::grants::{GrantView, grant_view};
use super::holdings::{Holdings, holdings};
use super::requests::{RequestView, request_view};
use crate::approval::Approval;
use crate::engine::Engine;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::values::{RequestId, Timestamp};
use crate::visibility::{check_viewer, visible_request};

pub(super) use self::abilities::Abilities;
pub(super) use self::steps::StepExplanation;

/// How a request stands: step by step who has spoken, who can, and what the reader can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The request.
    pub request: RequestView,
    /// Its steps.
    pub steps: Vec<StepExplanation>,
    /// What its requester holds of it already.
    pub holds: Holdings,
    /// The grant it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantView>,
    /// What the reader can do and why not; absent where the host asks for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub you: Option<Abilities>,
}

impl Engine {
    /// How a request stands at `at`: step by step who has spoken, who can act, and what the viewer can do and why not.
    ///
    /// # Errors
    /// `not_found` where the viewer may not see it, and the codes of a viewer that is not known and active.
    pub fn explain(&self, viewer: &Actor, id: &RequestId, at: Timestamp) -> Result<Explanation, Refusal> {
        let at = self.time(at);
        let state = &self.state_at(at);
        check_viewer(state, viewer)?;
        let request = visible_request(state, viewer, id)?;
        let approval =
            Approval::of(state.directory(), state.delegations(), state.policy_of(request)?, request);
        let grant = request.grant_id.as_ref().and_then(|id| state.grants().get(id));
        Ok(Explanation {
            request: request_view(state, request),
            steps: steps(state, request, approval, at),
            holds: holdings(state, request, at),
            grant: grant.map(|grant| grant_view(state, viewer, grant, at)),
            you: viewer.subject().map(|id| abilities(state, viewer, id, request, approval, at)),
        })
    }
}
