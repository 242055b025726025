use serde::{Deserialize, Serialize};

use super::cancel_request::cancelled;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{BundleId, Text, Timestamp};
use crate::visibility::{acting_subject, sees_request};

/// Takes all pending requests of a bundle back, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelBundle {
    /// Which bundle.
    pub bundle_id: BundleId,
    /// Why; an administrator must say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &CancelBundle,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let requests = state.requests().in_bundle(&command.bundle_id);
    let visible: Vec<_> = requests.filter(|request| sees_request(state, actor, request)).collect();
    let Some(first) = visible.first() else { return Err(Refusal::not_found(&command.bundle_id)) };
    let pending: Vec<_> = visible.iter().filter(|request| request.is_pending()).collect();
    if pending.is_empty() {
        return Err(Refusal::RequestNotPending { status: first.status });
    }
    let reason = command.reason.as_ref();
    pending.into_iter().map(|request| cancelled(state, actor, request, reason, now)).collect()
}
