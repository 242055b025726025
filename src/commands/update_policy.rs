use serde::{Deserialize, Serialize};

use super::amend_request::restarted;
use super::checks::acting_administrator;
use super::consequences::grants::end_grants;
use super::consequences::requests::{cancel_pending, request_cancelled};
use super::delete_policy::LiveGrants;
use super::patch::{MergePatch, Patchable};
use super::policies::check_newest;
use crate::events::{AccessEvent, PolicyUpdated, apply};
use crate::grants::EndReason;
use crate::json::or_default;
use crate::people::Actor;
use crate::policies::{Policy, PolicyTerms, Stated, check_policy};
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
    /// The version that the changes were made on; where it is no longer the newest they are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub version: Option<u32>,
    /// What is otherwise than before.
    #[serde(flatten)]
    pub changes: MergePatch<PolicyTerms>,
    /// What becomes of pending requests, which go on under the version they were made under. Default keep.
    #[serde(default, deserialize_with = "or_default")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub pending_requests: PendingRequests,
    /// What becomes of live and scheduled grants. Default keep.
    #[serde(default, deserialize_with = "or_default")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub live_grants: LiveGrants,
}

impl Patchable for PolicyTerms {
    const EXAMPLE: &str = r#"{
        "name": "Example",
        "targets": { "environments": ["example"], "paths": ["/"] },
        "actions": "all",
        "steps": [{ "quorums": [{ "approvers": ["manager"], "required": 1 }] }],
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
    /// They begin anew under the policy that governs now, as if their requesters had amended them to the same; those that
    /// would be refused are cancelled.
    Restart,
}

/// The next version. What is stated again names whoever has the id now; what is left as it was, nobody new.
fn changed(state: &State, current: &Policy, changes: &MergePatch<PolicyTerms>) -> Result<Policy, Refusal> {
    let now = state.next_version();
    let stated = |part: &[&str], before: u64| if changes.states(part) { now } else { before };
    Ok(Policy {
        id: current.id.clone(),
        version: current.version.saturating_add(1),
        terms: changes.apply(&current.terms)?,
        stated: Stated {
            steps: stated(&["steps"], current.stated.steps),
            bypassers: stated(&["breakGlass", "bypassers"], current.stated.bypassers),
            condition: stated(&["condition"], current.stated.condition),
        },
    })
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
    check_newest(current, command.version)?;
    let policy = changed(state, current, &command.changes)?;
    check_policy(state.directory(), state.policies(), &policy, Some(current))?;

    let mut events = Vec::new();
    if policy.terms != current.terms || policy.means_others_than(current, state.directory()) {
        events.push(AccessEvent::PolicyUpdated(PolicyUpdated { policy }));
    }
    match command.pending_requests {
        PendingRequests::Keep => {}
        PendingRequests::Cancel => {
            events.extend(cancel_pending(state, id, actor, CancelReason::PolicyUpdated, now));
        }
        PendingRequests::Restart => restart_pending(state, id, actor, now, &mut events),
    }
    if command.live_grants == LiveGrants::Revoke {
        end_grants(state, id, actor, EndReason::Revoked, now, &mut events);
    }
    Ok(events)
}

/// Restarts the policy's pending requests under what governs once these events have happened; those that would be
/// refused are cancelled.
fn restart_pending(
    state: &State,
    id: &PolicyId,
    actor: &Actor,
    now: Timestamp,
    events: &mut Vec<AccessEvent>,
) {
    let mut ahead = state.clone();
    events.iter().for_each(|event| apply(&mut ahead, event));
    for request in state.requests().pending().filter(|request| request.content.policy_id == *id) {
        let restarted = restarted(&ahead, request, now).unwrap_or_else(|_| {
            vec![request_cancelled(request, now, actor, CancelReason::PolicyUpdated, None)]
        });
        restarted.iter().for_each(|event| apply(&mut ahead, event));
        events.extend(restarted);
    }
}
