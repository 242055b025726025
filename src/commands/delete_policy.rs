use serde::{Deserialize, Serialize};

use super::checks::acting_administrator;
use super::consequences::grants::end_grants;
use super::consequences::requests::cancel_pending;
use super::policies::check_newest;
use crate::events::{AccessEvent, PolicyDeleted};
use crate::grants::EndReason;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::requests::CancelReason;
use crate::state::State;
use crate::values::{PolicyId, Timestamp};
use crate::visibility::acting_subject;

/// What becomes of a policy's live and scheduled grants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum LiveGrants {
    /// They go on.
    #[default]
    Keep,
    /// They end.
    Revoke,
}

/// Deletes a policy and cancels its pending requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeletePolicy {
    /// Which policy.
    pub policy_id: PolicyId,
    /// The version that was looked at; where it is no longer the newest the deletion is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub version: Option<u32>,
    /// What becomes of live and scheduled grants. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub live_grants: LiveGrants,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &DeletePolicy,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let id = &command.policy_id;
    let policy = state.policies().live(id).ok_or_else(|| Refusal::not_found(id))?;
    acting_administrator(state, actor)?;
    check_newest(policy, command.version)?;

    let mut events = vec![AccessEvent::PolicyDeleted(PolicyDeleted { policy_id: id.clone() })];
    events.extend(cancel_pending(state, id, actor, CancelReason::PolicyDeleted, now));
    if command.live_grants == LiveGrants::Revoke {
        end_grants(state, id, actor, EndReason::PolicyDeleted, now, &mut events);
    }
    Ok(events)
}
