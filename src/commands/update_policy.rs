use serde::{Deserialize, Serialize};

use super::checks::acting_administrator;
use super::consequences::grants::end_grants;
use super::consequences::requests::cancel_pending;
use super::delete_policy::LiveGrants;
use super::patch::{MergePatch, Patchable};
use crate::events::{AccessEvent, PolicyUpdated};
use crate::grants::EndReason;
use crate::people::Actor;
use crate::policies::{Policy, PolicyTerms, check_terms};
use crate::refusal::Refusal;
use crate::requests::CancelReason;
use crate::state::State;
use crate::values::{PolicyId, Timestamp};
use crate::visibility::acting_subject;

/// Changes of a policy: what is left out stays, `null` takes an optional part away or back to its default (RFC 7396).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct UpdatePolicy {
    /// Which policy.
    pub policy_id: PolicyId,
    /// What is otherwise than before.
    #[serde(flatten)]
    pub changes: MergePatch<PolicyTerms>,
    /// What becomes of pending requests, which go on under the version they were made under. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub pending_requests: PendingRequests,
    /// What becomes of live and scheduled grants. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub live_grants: LiveGrants,
}

impl Patchable for PolicyTerms {
    const EXAMPLE: &str = r#"{
        "name": "Example",
        "targets": { "environments": ["example"], "paths": ["/"] },
        "actions": "all",
        "steps": [{ "quorums": [{ "approvers": [{ "type": "manager" }], "required": 1 }] }],
        "breakGlass": { "bypassers": [] }
    }"#;
}

/// What becomes of a policy's pending requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PendingRequests {
    /// They go on.
    #[default]
    Keep,
    /// They are cancelled.
    Cancel,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &UpdatePolicy,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let id = &command.policy_id;
    let current = state.policies().live(id).ok_or_else(|| Refusal::not_found(id))?;
    acting_administrator(state, actor)?;
    let terms = command.changes.apply(&current.terms)?;
    check_terms(state.directory(), state.policies(), &terms, Some(id))?;

    let mut events = Vec::new();
    if terms != current.terms {
        let policy = Policy { id: id.clone(), version: current.version.saturating_add(1), terms };
        events.push(AccessEvent::PolicyUpdated(PolicyUpdated { policy }));
    }
    if command.pending_requests == PendingRequests::Cancel {
        events.extend(cancel_pending(state, id, actor, CancelReason::PolicyUpdated, now));
    }
    if command.live_grants == LiveGrants::Revoke {
        end_grants(state, id, actor, EndReason::Revoked, now, &mut events);
    }
    Ok(events)
}
